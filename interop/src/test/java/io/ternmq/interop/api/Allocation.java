package io.ternmq.interop.api;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One sharing out of queues, as a member asks its strategy for. Lists may be null where a test gives none.
 *
 * @param strategy which strategy of the library
 * @param number virtual nodes of a consistent hash
 * @param rooms machine rooms to read from, for the strategy that is told them
 * @param clientId the member that asks
 */
public record Allocation(
        Strategy strategy, int number, Set<String> rooms, String clientId, List<Queue> queues, List<String> members) {

    /** A strategy, by what makes it one. Rooms of the nearby ones are what comes before the first dash of a name. */
    public enum Strategy {
        AVERAGELY,
        AVERAGELY_BY_CIRCLE,
        CONSISTENT_HASH,
        BY_MACHINE_ROOM,
        NEARBY_AVERAGELY,
        NEARBY_BY_CIRCLE,
        BY_CONFIG
    }

    /** Carries allocations out. */
    public interface Allocator {
        /** Returns the queues in the strategy's order; empty if it refuses the arguments. */
        Optional<List<Queue>> allocate(Allocation allocation);

        /** Returns what the strategy calls itself. */
        String nameOf(Strategy strategy);
    }

    /** Returns the machine room in a name, for the nearby strategies. */
    public static String roomOf(String name) {
        int dash = name.indexOf('-');
        return dash < 0 ? "" : name.substring(0, dash);
    }
}
