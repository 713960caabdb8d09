package io.ternmq.client.consumer.rebalance;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.common.message.MessageQueue;
import io.ternmq.common.seeds.Seeds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AllocateMessageQueueStickyTest {
    private static final int GROUPS = 200;

    private final AllocateMessageQueueSticky sticky = new AllocateMessageQueueSticky();
    private final AllocateMessageQueueAveragely averagely = new AllocateMessageQueueAveragely();

    @Seeds
    void everyQueueHasOneOwnerAndSharesDifferByOneAtMost(Random random) {
        for (int i = 0; i < GROUPS; i++) {
            List<MessageQueue> queues = queues(1 + random.nextInt(64));
            List<String> members = members(1 + random.nextInt(12), random);

            Map<MessageQueue, String> owners = owners(sticky, queues, members);

            assertThat(owners.keySet()).containsExactlyInAnyOrderElementsOf(queues);
            List<Integer> shares = members.stream()
                    .map(member -> (int)
                            owners.values().stream().filter(member::equals).count())
                    .sorted()
                    .toList();
            assertThat(shares.get(shares.size() - 1) - shares.get(0)).isLessThanOrEqualTo(1);
        }
    }

    /** Those of a member that leaves must move, and as many when it comes back; what moves beyond them is needless. */
    @Seeds(count = 3)
    void movesFewQueuesThatNeedNotMove(Random random) {
        long needed = 0;
        long moved = 0;
        long movedAveragely = 0;
        for (int i = 0; i < GROUPS; i++) {
            List<MessageQueue> queues = queues(16 + random.nextInt(113));
            List<String> members = members(2 + random.nextInt(9), random);
            List<String> fewer = new ArrayList<>(members);
            String gone = fewer.remove(random.nextInt(members.size()));
            Map<MessageQueue, String> before = owners(sticky, queues, members);
            Map<MessageQueue, String> after = owners(sticky, queues, fewer);
            needed += before.values().stream().filter(gone::equals).count();
            moved += moved(before, after);
            movedAveragely += moved(owners(averagely, queues, members), owners(averagely, queues, fewer));
        }

        System.out.printf(
                "queues moved when a member leaves or joins: needed=%d sticky=%d averagely=%d%n",
                needed, moved, movedAveragely);
        assertThat(moved - needed).isLessThan((movedAveragely - needed) / 3);
        assertThat(moved).isLessThan(needed * 13 / 10);
    }

    /** Members of different versions of ours meet in one group: what they compute is fixed. */
    @Test
    void sharesAreTheSameInEveryVersion() {
        assertThat(List.of(idsOf("10.0.0.1@1"), idsOf("10.0.0.2@1"), idsOf("10.0.0.3@1")))
                .isEqualTo(List.of(List.of(1, 6, 8, 9), List.of(0, 2, 5), List.of(3, 4, 7)));
    }

    private List<Integer> idsOf(String member) {
        return sticky.allocate("G", member, queues(10), List.of("10.0.0.1@1", "10.0.0.2@1", "10.0.0.3@1")).stream()
                .map(MessageQueue::getQueueId)
                .toList();
    }

    private static long moved(Map<MessageQueue, String> before, Map<MessageQueue, String> after) {
        return before.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(after.get(entry.getKey())))
                .count();
    }

    private static Map<MessageQueue, String> owners(
            AllocateMessageQueueStrategy strategy, List<MessageQueue> queues, List<String> members) {
        Map<MessageQueue, String> owners = new HashMap<>();
        for (String member : members) {
            for (MessageQueue queue : strategy.allocate("G", member, queues, members)) {
                assertThat(owners.put(queue, member)).isNull();
            }
        }
        return owners;
    }

    private static List<MessageQueue> queues(int count) {
        return IntStream.range(0, count)
                .mapToObj(id -> new MessageQueue("T", "broker-a", id))
                .toList();
    }

    private static List<String> members(int count, Random random) {
        return IntStream.range(0, count)
                .mapToObj(i -> "10.0.0." + i + "@" + random.nextInt(1 << 16) + "#" + random.nextLong())
                .sorted()
                .toList();
    }
}
