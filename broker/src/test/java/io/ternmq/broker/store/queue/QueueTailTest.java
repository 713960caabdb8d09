package io.ternmq.broker.store.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QueueTailTest {
    private static final int KEPT = ConsumeQueue.WRITTEN_TOGETHER * ConsumeQueueEntry.BYTES;

    private final QueueTail tail = new QueueTail(1000);

    @Test
    void entriesAreReadFromTheBaseOnHoweverManyThereAre() {
        put(1000, 1500);

        assertThat(read(1000, 500)).containsExactlyElementsOf(positions(1000, 500));
        assertThat(read(1499, 1)).containsExactly(14990L);
        assertThat(tail.below(1003).remaining()).isEqualTo(3 * ConsumeQueueEntry.BYTES);
    }

    @Test
    void whatHasGoneToAFileIsNotReadHere() {
        put(1000, 1010);
        tail.continueAt(1010);

        assertThat(read(1009, 1)).isEmpty();
        assertThat(read(1005, 8)).isEmpty();
        put(1010, 1013);
        assertThat(read(1009, 1)).isEmpty();
        assertThat(read(1010, 3)).containsExactlyElementsOf(positions(1010, 3));
    }

    @Test
    void whatWasNeverHereIsNotRead() {
        put(1000, 1003);

        assertThat(read(999, 1)).isEmpty();
        assertThat(read(5000, 1)).isEmpty();
        assertThat(read(1000, tail.room() / ConsumeQueueEntry.BYTES + 1)).isEmpty();
    }

    @Test
    void tagsAreKnownUntilTheNextEntryIsPut() {
        put(1000, 1128);
        tail.continueAt(1128);

        assertThat(IntStream.range(0, 128).mapToObj(tail::tagsHash))
                .containsExactlyElementsOf(
                        IntStream.range(1000, 1128).mapToObj(i -> -(long) i).toList());
    }

    @Test
    void memoryGrowsWithTheEntriesAndIsGivenBackOnceTheyAreInFiles() {
        int first = tail.room();
        put(1000, 1600);
        assertThat(tail.room()).isGreaterThanOrEqualTo(600 * ConsumeQueueEntry.BYTES);

        tail.trim(1600); // they are still here alone
        assertThat(read(1000, 600)).hasSize(600);
        tail.continueAt(1600);
        int many = tail.room();
        tail.trim(1600);
        assertThat(tail.room()).isEqualTo(many); // as many may come again
        put(1600, 1610);
        tail.trim(1610);
        assertThat(read(1600, 10)).hasSize(10);

        tail.continueAt(1610);
        tail.trim(1610);

        assertThat(tail.room()).isEqualTo(KEPT).isGreaterThan(first);
        put(1610, 1620);
        assertThat(read(1610, 10)).containsExactlyElementsOf(positions(1610, 10));
    }

    private void put(long from, long to) {
        for (long offset = from; offset < to; offset++) {
            tail.put(offset, 10 * offset, 7, -offset);
        }
    }

    // Empty if they are not there; what was in the target before stays in front.
    private List<Long> read(long offset, int count) {
        ByteBuffer target =
                ByteBuffer.allocate(4 + count * ConsumeQueueEntry.BYTES).putInt(1);
        boolean isThere = tail.read(offset, target);
        assertThat(target.position()).isEqualTo(isThere ? target.capacity() : 4);
        List<Long> positions = new ArrayList<>();
        for (int i = 0; isThere && i < count; i++) {
            positions.add(target.getLong(4 + i * ConsumeQueueEntry.BYTES));
        }
        return positions;
    }

    private static List<Long> positions(long from, int count) {
        return IntStream.range(0, count).mapToObj(i -> 10 * (from + i)).toList();
    }
}
