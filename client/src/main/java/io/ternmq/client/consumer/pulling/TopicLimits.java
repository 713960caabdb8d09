package io.ternmq.client.consumer.pulling;

/**
 * How much of a topic a consumer holds before it stops pulling.
 *
 * @param ofQueue of each queue, as long as the topic has no limit of its own
 * @param count messages of all queues of the topic together; below 1 for no limit of its own
 * @param bytes bytes of their bodies, likewise
 */
public record TopicLimits(QueueLimits ofQueue, int count, long bytes) {

    /** The share of each of the topic's queues that this consumer has, at least one message and one byte. */
    public QueueLimits among(int queues) {
        int shares = Math.max(1, queues);
        return new QueueLimits(
                count < 1 ? ofQueue.count() : Math.max(1, count / shares),
                bytes < 1 ? ofQueue.bytes() : Math.max(1, bytes / shares),
                ofQueue.span());
    }
}
