package io.ternmq.client.consumer.rebalance;

import io.ternmq.common.message.MessageQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Shares out the queues of brokers in certain machine rooms, and none of others. Brokers are named {@code room@name}; one
 * without such a name is in none.
 */
public final class AllocateMessageQueueByMachineRoom implements AllocateMessageQueueStrategy {
    private volatile Set<String> consumeridcs = Set.of(); // set by the application, read by rebalances

    @Override
    public List<MessageQueue> allocate(
            String consumerGroup, String currentCID, List<MessageQueue> mqAll, List<String> cidAll) {
        int index = Membership.indexOf(currentCID, consumerGroup, mqAll, cidAll);
        if (index < 0) {
            return List.of();
        }
        List<MessageQueue> near = mqAll.stream().filter(this::isInRoom).toList();
        int share = near.size() / cidAll.size();
        int left = near.size() % cidAll.size();
        List<MessageQueue> mine = new ArrayList<>(near.subList(index * share, (index + 1) * share));
        if (index < left) { // what does not come out even lies behind all the shares
            mine.add(near.get(cidAll.size() * share + index));
        }
        return List.copyOf(mine);
    }

    @Override
    public String getName() {
        return "MACHINE_ROOM";
    }

    public Set<String> getConsumeridcs() {
        return consumeridcs;
    }

    /** The machine rooms to read from; the same for all members of a group. */
    public void setConsumeridcs(Set<String> consumeridcs) {
        this.consumeridcs = Set.copyOf(consumeridcs);
    }

    private boolean isInRoom(MessageQueue queue) {
        String name = queue.getBrokerName();
        int end = name.length();
        while (end > 0 && name.charAt(end - 1) == '@') {
            end--; // members of other makes do not see these
        }
        int mark = name.indexOf('@');
        return mark >= 0
                && mark < end
                && name.lastIndexOf('@', end - 1) == mark
                && consumeridcs.contains(name.substring(0, mark));
    }
}
