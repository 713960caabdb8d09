package io.ternmq.client.consumer.rebalance;

import io.ternmq.common.message.MessageQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Shares the queues of each machine room out among the members in that room, and those of rooms without a member among
 * all. How, within a room, is up to another strategy.
 */
public final class AllocateMachineRoomNearby implements AllocateMessageQueueStrategy {
    private final AllocateMessageQueueStrategy within;
    private final MachineRoomResolver resolver;

    /** Tells rooms; alike in every member of the group. Neither answer may be null or empty. */
    public interface MachineRoomResolver {
        /** The room of the broker that a queue is on. */
        String brokerDeployIn(MessageQueue messageQueue);

        /** The room of a member. */
        String consumerDeployIn(String clientID);
    }

    /**
     * Shares out by room.
     *
     * @param allocateMessageQueueStrategy shares the queues of one room out
     */
    public AllocateMachineRoomNearby(
            AllocateMessageQueueStrategy allocateMessageQueueStrategy, MachineRoomResolver machineRoomResolver) {
        this.within = Objects.requireNonNull(allocateMessageQueueStrategy, "allocateMessageQueueStrategy");
        this.resolver = Objects.requireNonNull(machineRoomResolver, "machineRoomResolver");
    }

    /** As the interface says. Throws {@link IllegalArgumentException} if a queue or a member is in no room. */
    @Override
    public List<MessageQueue> allocate(
            String consumerGroup, String currentCID, List<MessageQueue> mqAll, List<String> cidAll) {
        if (Membership.indexOf(currentCID, consumerGroup, mqAll, cidAll) < 0) {
            return List.of();
        }
        Map<String, List<MessageQueue>> queues = byRoom(mqAll, resolver::brokerDeployIn);
        Map<String, List<String>> members = byRoom(cidAll, resolver::consumerDeployIn);
        String ownRoom = resolver.consumerDeployIn(currentCID);
        List<MessageQueue> mine = new ArrayList<>();
        List<MessageQueue> near = queues.get(ownRoom);
        if (near != null) {
            mine.addAll(within.allocate(consumerGroup, currentCID, near, members.get(ownRoom)));
        }
        queues.forEach((room, far) -> {
            if (!members.containsKey(room)) {
                mine.addAll(within.allocate(consumerGroup, currentCID, far, cidAll));
            }
        });
        return List.copyOf(mine);
    }

    @Override
    public String getName() {
        return "MACHINE_ROOM_NEARBY-" + within.getName();
    }

    private static <T> Map<String, List<T>> byRoom(List<T> all, Function<T, String> roomOf) {
        Map<String, List<T>> rooms = new TreeMap<>();
        for (T each : all) {
            String room = roomOf.apply(each);
            if (room == null || room.isEmpty()) {
                throw new IllegalArgumentException("No machine room is known for " + each);
            }
            rooms.computeIfAbsent(room, name -> new ArrayList<>()).add(each);
        }
        return rooms;
    }
}
