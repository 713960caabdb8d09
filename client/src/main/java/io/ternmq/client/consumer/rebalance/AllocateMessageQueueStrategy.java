package io.ternmq.client.consumer.rebalance;

import io.ternmq.common.message.MessageQueue;
import java.util.List;

/**
 * Shares the queues of a topic out among the members of a group. Every member computes the same from the same lists, so
 * implementations depend on nothing else. Called by one thread at a time.
 */
public interface AllocateMessageQueueStrategy {

    /**
     * The queues of one member.
     *
     * @param currentCID the member asked for
     * @param mqAll all queues of the topic, sorted; never empty
     * @param cidAll all members, sorted; never empty
     * @return empty if the member is not in the list, or there is no queue left for it
     */
    List<MessageQueue> allocate(String consumerGroup, String currentCID, List<MessageQueue> mqAll, List<String> cidAll);

    /** As brokers and tools know the strategy. */
    String getName();
}
