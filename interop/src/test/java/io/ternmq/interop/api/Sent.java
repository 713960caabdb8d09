package io.ternmq.interop.api;

/**
 * What a producer was told about one send.
 *
 * @param status such as {@code SEND_OK}
 * @param messageId the id that the client gave
 * @param offsetMessageId the id that the broker gave
 * @param queue where it was stored
 * @param queueOffset of the message, or of the first one of a batch
 */
public record Sent(String status, String messageId, String offsetMessageId, Queue queue, long queueOffset) {}
