package io.ternmq.client.consumer.pulling;

/**
 * How much of one queue a consumer holds before it stops pulling.
 *
 * @param count messages not done with
 * @param bytes bytes of their bodies
 * @param span offsets between the first and the last of them, for one that stays behind holds back the commit of all
 */
public record QueueLimits(int count, long bytes, long span) {

    /**
     * The limits of each of several queues, so that all of them together hold no more than {@code most} messages; one
     * message is let to each, however many there are.
     */
    public QueueLimits sharing(long most, int queues) {
        long share = most / Math.max(1, queues);
        return new QueueLimits((int) Math.max(1, Math.min(count, share)), bytes, span);
    }
}
