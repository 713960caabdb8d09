package io.ternmq.interop.official;

import io.ternmq.interop.api.Allocation;
import io.ternmq.interop.api.Queue;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.rocketmq.client.consumer.AllocateMessageQueueStrategy;
import org.apache.rocketmq.client.consumer.rebalance.AllocateMachineRoomNearby;
import org.apache.rocketmq.client.consumer.rebalance.AllocateMessageQueueAveragely;
import org.apache.rocketmq.client.consumer.rebalance.AllocateMessageQueueAveragelyByCircle;
import org.apache.rocketmq.client.consumer.rebalance.AllocateMessageQueueByConfig;
import org.apache.rocketmq.client.consumer.rebalance.AllocateMessageQueueByMachineRoom;
import org.apache.rocketmq.client.consumer.rebalance.AllocateMessageQueueConsistentHash;
import org.apache.rocketmq.common.message.MessageQueue;

/** The strategies of this library. */
final class OfficialAllocator implements Allocation.Allocator {

    @Override
    public Optional<List<Queue>> allocate(Allocation allocation) {
        List<MessageQueue> queues = allocation.queues() == null
                ? null
                : allocation.queues().stream()
                        .map(queue -> Messages.official(queue))
                        .toList();
        try {
            return Optional.of(strategy(allocation.strategy(), allocation, queues)
                    .allocate("Group", allocation.clientId(), queues, allocation.members())
                    .stream()
                    .map(Messages::queue)
                    .toList());
        } catch (IllegalArgumentException refused) {
            return Optional.empty();
        }
    }

    @Override
    public String nameOf(Allocation.Strategy strategy) {
        Allocation none = new Allocation(strategy, 1, Set.of(), "", List.of(), List.of());
        return strategy(strategy, none, List.of()).getName();
    }

    private static AllocateMessageQueueStrategy strategy(
            Allocation.Strategy kind, Allocation allocation, List<MessageQueue> queues) {
        return switch (kind) {
            case AVERAGELY -> new AllocateMessageQueueAveragely();
            case AVERAGELY_BY_CIRCLE -> new AllocateMessageQueueAveragelyByCircle();
            case CONSISTENT_HASH -> new AllocateMessageQueueConsistentHash(allocation.number());
            case BY_MACHINE_ROOM -> {
                AllocateMessageQueueByMachineRoom byRoom = new AllocateMessageQueueByMachineRoom();
                byRoom.setConsumeridcs(allocation.rooms());
                yield byRoom;
            }
            case NEARBY_AVERAGELY -> new AllocateMachineRoomNearby(new AllocateMessageQueueAveragely(), new Rooms());
            case NEARBY_BY_CIRCLE ->
                new AllocateMachineRoomNearby(new AllocateMessageQueueAveragelyByCircle(), new Rooms());
            case BY_CONFIG -> {
                AllocateMessageQueueByConfig byConfig = new AllocateMessageQueueByConfig();
                byConfig.setMessageQueueList(queues == null ? List.of() : queues);
                yield byConfig;
            }
        };
    }

    /** Rooms by name. */
    private static final class Rooms implements AllocateMachineRoomNearby.MachineRoomResolver {
        @Override
        public String brokerDeployIn(MessageQueue messageQueue) {
            return Allocation.roomOf(messageQueue.getBrokerName());
        }

        @Override
        public String consumerDeployIn(String clientID) {
            return Allocation.roomOf(clientID);
        }
    }
}
