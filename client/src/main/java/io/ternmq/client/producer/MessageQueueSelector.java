package io.ternmq.client.producer;

import io.ternmq.common.message.Message;
import io.ternmq.common.message.MessageQueue;
import java.util.List;

/** Picks the queue of a message. Called by the sending thread, or by a network thread when the route is not known yet. */
@FunctionalInterface
public interface MessageQueueSelector {

    /**
     * Picks a queue.
     *
     * @param mqs the writable queues of the topic, at least one
     * @param arg what the sender passed along
     */
    MessageQueue select(List<MessageQueue> mqs, Message msg, Object arg);
}
