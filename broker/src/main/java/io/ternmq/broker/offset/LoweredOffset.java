package io.ternmq.broker.offset;

/**
 * An offset that lay above its queue's end, since the end of the log was lost and the table was not. Left as it was, the
 * next messages of the queue would be skipped in silence.
 *
 * @param owner the group, or what else goes by the offset
 * @param was what had been saved
 * @param now the queue's end
 */
public record LoweredOffset(String owner, String topic, int queueId, long was, long now) {}
