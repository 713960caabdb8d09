package io.ternmq.broker.offset;

/** Knows where queues end. */
@FunctionalInterface
public interface QueueEnds {

    /** The offset that the next message of the queue gets; 0 for a queue that does not exist. */
    long endOf(String topic, int queueId);
}
