package io.ternmq.client.producer;

import io.ternmq.common.message.MessageQueue;

/**
 * One attempt that failed, for the exception that tells of all of them.
 *
 * @param queue where to
 * @param address the broker's
 * @param tookMillis from the choice of the queue to the failure
 * @param failure what came of it
 */
record Attempt(MessageQueue queue, String address, long tookMillis, Throwable failure) {

    @Override
    public String toString() {
        return queue.getBrokerName() + " (" + address + ") queue " + queue.getQueueId() + " after " + tookMillis
                + " ms: " + failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }
}
