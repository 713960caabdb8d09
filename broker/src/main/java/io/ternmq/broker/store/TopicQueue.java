package io.ternmq.broker.store;

/**
 * Names one queue of a topic in this store.
 *
 * <p>Compared by methods of its own: the JVM makes those of a record at their first use, while a broker starts.
 *
 * @param queueId 0 or more
 */
public record TopicQueue(String topic, int queueId) {
    @Override
    public boolean equals(Object other) {
        return other instanceof TopicQueue queue && queueId == queue.queueId && topic.equals(queue.topic);
    }

    @Override
    public int hashCode() {
        return 31 * topic.hashCode() + queueId;
    }
}
