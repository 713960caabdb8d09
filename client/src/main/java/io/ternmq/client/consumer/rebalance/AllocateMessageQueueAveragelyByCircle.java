package io.ternmq.client.consumer.rebalance;

import io.ternmq.common.message.MessageQueue;
import java.util.ArrayList;
import java.util.List;

/** Deals the queues out one by one, in turns. */
public final class AllocateMessageQueueAveragelyByCircle implements AllocateMessageQueueStrategy {

    @Override
    public List<MessageQueue> allocate(
            String consumerGroup, String currentCID, List<MessageQueue> mqAll, List<String> cidAll) {
        int index = Membership.indexOf(currentCID, consumerGroup, mqAll, cidAll);
        List<MessageQueue> dealt = new ArrayList<>();
        if (index >= 0) {
            for (int turn = index; turn < mqAll.size(); turn += cidAll.size()) {
                dealt.add(mqAll.get(turn));
            }
        }
        return List.copyOf(dealt);
    }

    @Override
    public String getName() {
        return "AVG_BY_CIRCLE";
    }
}
