package io.ternmq.client.consumer.rebalance;

import io.ternmq.common.message.MessageQueue;
import java.util.List;

/** Gives each member a run of neighbouring queues; the first members get one more when it does not come out even. */
public final class AllocateMessageQueueAveragely implements AllocateMessageQueueStrategy {

    @Override
    public List<MessageQueue> allocate(
            String consumerGroup, String currentCID, List<MessageQueue> mqAll, List<String> cidAll) {
        int index = Membership.indexOf(currentCID, consumerGroup, mqAll, cidAll);
        if (index < 0) {
            return List.of();
        }
        int share = mqAll.size() / cidAll.size();
        int withOneMore = mqAll.size() % cidAll.size();
        int start = index * share + Math.min(index, withOneMore);
        int count = index < withOneMore ? share + 1 : share;
        return List.copyOf(mqAll.subList(start, start + count));
    }

    @Override
    public String getName() {
        return "AVG";
    }
}
