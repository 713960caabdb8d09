package io.ternmq.broker.repeat;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.ternmq.common.seeds.Seeds;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RecentSendsTest {

    @Test
    void positionsOfOneHashComeNewestFirst() {
        RecentSends recent = new RecentSends(8);

        recent.add(5, 100);
        recent.add(6, 200);
        recent.add(5, 300);

        assertThat(recent.find(5)).containsExactly(300, 100);
        assertThat(recent.find(6)).containsExactly(200);
        assertThat(recent.find(7)).isEmpty();
    }

    @Test
    void theOldestIsForgottenBeyondTheCapacity() {
        RecentSends recent = new RecentSends(3);

        for (int hash = 1; hash <= 4; hash++) {
            recent.add(hash, hash * 10L);
        }

        assertThat(recent.find(1)).isEmpty();
        assertThat(recent.find(2)).containsExactly(20);
        assertThat(recent.find(4)).containsExactly(40);
    }

    @Test
    void manySendsOfOneHashGiveTheNewestSixteen() {
        RecentSends recent = new RecentSends(100);

        for (int position = 0; position < 50; position++) {
            recent.add(9, position);
        }

        assertThat(recent.find(9)).hasSize(16).startsWith(49, 48).endsWith(34);
    }

    /** An idle broker pays nothing for its window, and a full one 20 bytes an id and the frames of its blocks. */
    @Test
    void memoryComesWithTheEntries() {
        int capacity = 250_000;
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        RecentSends recent = new RecentSends(capacity);
        long idle = threads.getCurrentThreadAllocatedBytes() - before;
        recent.add(1, 1);
        long one = threads.getCurrentThreadAllocatedBytes() - before;
        for (int number = 2; number <= 3 * capacity; number++) {
            recent.add(number * 0x9E3779B9, number);
        }
        long full = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(idle).isLessThan(4 * 1024);
        assertThat(one).isLessThan(4 * 1024 + 24L * RecentSends.BLOCK);
        assertThat(full).isGreaterThan(20L * capacity).isLessThan(24L * capacity);
    }

    /** Buckets come one by one: every entry is found at every size on the way, and after the ring has turned. */
    @Test
    void allAreFoundWhileTheWindowGrowsOverItsBlocks() {
        int capacity = 3 * RecentSends.BLOCK + 17;
        RecentSends recent = new RecentSends(capacity);
        Random random = new Random(1);
        int[] hashes = random.ints(2L * capacity).toArray();

        for (int number = 0; number < hashes.length; number++) {
            recent.add(hashes[number], number);

            int kept = Math.min(number + 1, capacity);
            int looked = number - random.nextInt(kept);
            assertThat(recent.find(hashes[looked])).contains(looked);
            assertThat(recent.find(hashes[number - kept + 1])).contains(number - kept + 1);
        }
        for (int number = capacity; number < hashes.length; number++) {
            assertThat(recent.find(hashes[number])).contains(number);
        }
        assertThat(recent.find(hashes[0])).doesNotContain(0);
    }

    /** Against a plain list, with so few hashes that chains cross and so few places that they are overwritten. */
    @Seeds(count = 50)
    void findsWhatAListWouldFind(long seed) {
        Random random = new Random(seed);
        int capacity = 1 + random.nextInt(20);
        RecentSends recent = new RecentSends(capacity);
        List<int[]> kept = new ArrayList<>();

        for (int position = 0; position < 200; position++) {
            int hash = random.nextInt(12) - 6;
            recent.add(hash, position);
            kept.add(new int[] {hash, position});
            if (kept.size() > capacity) {
                kept.remove(0);
            }
            int wanted = random.nextInt(12) - 6;
            List<Long> expected = new ArrayList<>(kept.stream()
                    .filter(entry -> entry[0] == wanted)
                    .map(entry -> (long) entry[1])
                    .toList());
            Collections.reverse(expected);
            assertThat(recent.find(wanted))
                    .containsExactly(expected.stream()
                            .limit(16)
                            .mapToLong(Long::longValue)
                            .toArray());
        }
    }
}
