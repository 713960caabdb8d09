package io.ternmq.client.consumer;

import io.ternmq.common.message.MessageQueue;
import java.util.Set;

/** Hears when a member's share of a topic changes. Called by one thread of the consumer's at a time; may block. */
@FunctionalInterface
public interface MessageQueueListener {

    /**
     * The member's share is another than before.
     *
     * @param mqAll the queues of the topic
     * @param mqAssigned those of this member; it begins with one that is new to it when the member before has left it
     */
    void messageQueueChanged(String topic, Set<MessageQueue> mqAll, Set<MessageQueue> mqAssigned);
}
