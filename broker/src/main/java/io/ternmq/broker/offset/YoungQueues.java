package io.ternmq.broker.offset;

/** Knows which queues are so young that a new group is to begin with their first message. */
@FunctionalInterface
public interface YoungQueues {

    /** Whether the queue still begins at offset 0 and that message is very likely in memory. Never waits. */
    boolean isYoung(String topic, int queueId);
}
