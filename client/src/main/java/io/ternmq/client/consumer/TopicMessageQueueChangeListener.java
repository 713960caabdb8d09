package io.ternmq.client.consumer;

import io.ternmq.common.message.MessageQueue;
import java.util.Set;

/** Hears when a topic gets or loses queues. Called by one thread of the consumer's at a time; may block. */
@FunctionalInterface
public interface TopicMessageQueueChangeListener {

    /** These are the queues of the topic now, whoever has them. */
    void onChanged(String topic, Set<MessageQueue> messageQueues);
}
