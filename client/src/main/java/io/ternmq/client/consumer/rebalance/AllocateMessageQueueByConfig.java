package io.ternmq.client.consumer.rebalance;

import io.ternmq.common.message.MessageQueue;
import java.util.List;

/**
 * Gives each member the queues that it was configured with, whoever else is in the group. That every queue is given to
 * one member is up to the configuration.
 */
public final class AllocateMessageQueueByConfig implements AllocateMessageQueueStrategy {
    private volatile List<MessageQueue> messageQueueList = List.of(); // set by the application, read by rebalances

    @Override
    public List<MessageQueue> allocate(
            String consumerGroup, String currentCID, List<MessageQueue> mqAll, List<String> cidAll) {
        return messageQueueList;
    }

    @Override
    public String getName() {
        return "CONFIG";
    }

    public List<MessageQueue> getMessageQueueList() {
        return messageQueueList;
    }

    /** The queues of this member, of all its topics; from the next rebalance on. */
    public void setMessageQueueList(List<MessageQueue> messageQueueList) {
        this.messageQueueList = List.copyOf(messageQueueList);
    }
}
