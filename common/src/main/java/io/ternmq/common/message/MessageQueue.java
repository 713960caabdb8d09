package io.ternmq.common.message;

import java.util.Comparator;
import java.util.Objects;

/**
 * Names one queue of a topic on one broker. Immutable. Ordered by topic, broker name (both by UTF-16 units) and queue
 * id, which is the order every member of a consumer group must use to share queues out.
 */
public final class MessageQueue implements Comparable<MessageQueue> {
    private static final Comparator<MessageQueue> ORDER = Comparator.comparing(MessageQueue::getTopic)
            .thenComparing(MessageQueue::getBrokerName)
            .thenComparingInt(MessageQueue::getQueueId);

    private final String topic;
    private final String brokerName;
    private final int queueId;

    public MessageQueue(String topic, String brokerName, int queueId) {
        this.topic = Objects.requireNonNull(topic, "topic");
        this.brokerName = Objects.requireNonNull(brokerName, "brokerName");
        this.queueId = queueId;
    }

    public String getTopic() {
        return topic;
    }

    public String getBrokerName() {
        return brokerName;
    }

    public int getQueueId() {
        return queueId;
    }

    @Override
    public int compareTo(MessageQueue other) {
        return ORDER.compare(this, other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MessageQueue that
                && queueId == that.queueId
                && topic.equals(that.topic)
                && brokerName.equals(that.brokerName);
    }

    @Override
    public int hashCode() {
        return Objects.hash(topic, brokerName, queueId);
    }

    /** The text that consistent hashing of queues is computed from by all clients of this protocol: do not change it. */
    @Override
    public String toString() {
        return "MessageQueue [topic=" + topic + ", brokerName=" + brokerName + ", queueId=" + queueId + "]";
    }
}
