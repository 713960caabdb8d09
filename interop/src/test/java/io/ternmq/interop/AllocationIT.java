package io.ternmq.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.common.seeds.Seeds;
import io.ternmq.interop.api.Allocation;
import io.ternmq.interop.api.Allocation.Allocator;
import io.ternmq.interop.api.Allocation.Strategy;
import io.ternmq.interop.api.Queue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Strategies that share queues out, ours beside those of the official releases on the same inputs: members of one group must
 * compute the same, or a queue has two owners or none.
 */
@ExtendWith(TestbedExtension.class)
class AllocationIT {
    private static final int CASES = 2_000;
    private static final List<String> BROKERS = List.of(
            "broker-a",
            "broker-b",
            "hz-b0",
            "hz-b1",
            "sh-b0",
            "idc1@b0",
            "idc1@b1",
            "idc2@b0",
            "idc2@b@c",
            "idc1@",
            "@b",
            "idc2@b@@",
            "\u6d77-b0",
            "\u6d77@b0",
            "plain");
    private static final List<String> ROOMS = List.of("idc1", "idc2", "", "\u6d77");
    private static final List<String> HOSTS = List.of("hz-10.0.0.", "sh-10.0.1.", "bj-10.0.2.", "10.0.3.", "\u6d77-");

    private final Allocator ours;
    private final List<Allocator> official;

    AllocationIT(Testbed testbed) {
        ours = testbed.client(Pairing.Client.TERN).allocator();
        official = List.of(
                testbed.client(Pairing.Client.OFFICIAL_550).allocator(),
                testbed.client(Pairing.Client.OFFICIAL_498).allocator());
    }

    @Seeds(count = 3)
    void everyMemberOfEveryGroupGetsTheSameQueuesInTheSameOrder(Random random) {
        for (int i = 0; i < CASES; i++) {
            List<Queue> queues = queues(random);
            List<String> members = members(random);
            Set<String> rooms = new HashSet<>(ROOMS.subList(0, random.nextInt(ROOMS.size() + 1)));
            int virtualNodes = random.nextInt(20);
            for (Strategy strategy : Strategy.values()) {
                for (String member : asking(members, random)) {
                    compare(new Allocation(strategy, virtualNodes, rooms, member, queues, members));
                }
            }
        }
    }

    @Test
    void argumentsThatAreMissingAreRefusedAlike() {
        List<Queue> queues = List.of(new Queue("T", "hz-b", 0));
        for (Strategy strategy : Strategy.values()) {
            compare(new Allocation(strategy, 10, Set.of("hz"), null, queues, List.of("hz-c")));
            compare(new Allocation(strategy, 10, Set.of("hz"), "", queues, List.of("hz-c")));
            compare(new Allocation(strategy, 10, Set.of("hz"), "hz-c", List.of(), List.of("hz-c")));
            compare(new Allocation(strategy, 10, Set.of("hz"), "hz-c", queues, List.of()));
            compare(new Allocation(strategy, 10, Set.of("hz"), "hz-c", queues, null));
            compare(new Allocation(strategy, -1, Set.of("hz"), "hz-c", queues, List.of("hz-c")));
            if (strategy != Strategy.BY_CONFIG) {
                compare(new Allocation(strategy, 10, Set.of("hz"), "hz-c", null, List.of("hz-c")));
            }
        }
    }

    @Test
    void strategiesAreKnownByTheSameNames() {
        for (Strategy strategy : Strategy.values()) {
            for (Allocator library : official) {
                assertThat(ours.nameOf(strategy)).isEqualTo(library.nameOf(strategy));
            }
        }
    }

    private void compare(Allocation allocation) {
        for (Allocator library : official) {
            assertThat(ours.allocate(allocation)).as("%s", allocation).isEqualTo(library.allocate(allocation));
        }
    }

    /** A few of the members, and one that is not among them. */
    private static List<String> asking(List<String> members, Random random) {
        List<String> asking = new ArrayList<>(members);
        Collections.shuffle(asking, random);
        List<String> few = new ArrayList<>(asking.subList(0, Math.min(3, asking.size())));
        few.add("hz-stranger@1");
        return few;
    }

    private static List<Queue> queues(Random random) {
        List<Queue> queues = new ArrayList<>();
        boolean isRoomed = random.nextBoolean(); // else the strategies by room refuse nearly all cases
        for (int broker = random.nextInt(6); broker > 0; broker--) {
            String name = isRoomed ? BROKERS.get(random.nextInt(5)) : BROKERS.get(random.nextInt(BROKERS.size()));
            int count = random.nextInt(9);
            for (int id = 0; id < count; id++) {
                queues.add(new Queue("Topic", name, id));
            }
        }
        return inOrder(queues, Comparator.comparing(Queue::broker).thenComparing(Queue::id), random);
    }

    private static List<String> members(Random random) {
        List<String> members = new ArrayList<>();
        boolean isRoomed = random.nextBoolean();
        for (int member = random.nextInt(12); member > 0; member--) {
            String host = HOSTS.get(random.nextInt(isRoomed ? 3 : HOSTS.size()));
            members.add(host + random.nextInt(20) + "@" + random.nextInt(3) + "#" + random.nextLong());
        }
        if (!members.isEmpty() && random.nextInt(20) == 0) {
            members.add(members.get(0)); // a list that names one twice
        }
        return inOrder(members, Comparator.naturalOrder(), random);
    }

    /** Members hand sorted lists in; that a strategy leaves any order as it is must be seen, too. */
    private static <T> List<T> inOrder(List<T> list, Comparator<T> order, Random random) {
        if (random.nextInt(10) == 0) {
            Collections.shuffle(list, random);
        } else {
            list.sort(order);
        }
        return list;
    }
}
