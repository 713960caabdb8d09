package io.ternmq.broker.store.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckpointDueTest {
    private static final int EARLY = 1;

    @ParameterizedTest
    @CsvSource({
        "1, 64",
        "100, 64",
        "1000, 500", // half of a MiB for each queue
        "8000, 4000",
        "100000, 4096", // a start reads no more, however many queues there are
    })
    void noteIsDueByBytesWhichGrowWithTheQueuesToBeForced(int queues, long mebibytes) {
        long due = mebibytes << 20;

        assertThat(CheckpointKeeper.isDue(due, EARLY, queues)).isTrue();
        assertThat(CheckpointKeeper.isDue(due - 1, EARLY, queues)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1, 10", "1280, 10", "8000, 62", "100000, 781"})
    void noteIsDueByTimeWhichGrowsWithTheQueuesToBeForced(int queues, int steps) {
        assertThat(CheckpointKeeper.isDue(1, steps, queues)).isTrue();
        assertThat(CheckpointKeeper.isDue(1, steps - 1, queues)).isFalse();
    }

    @Test
    void whereNothingHasHappenedItIsDueOnceAMinute() {
        assertThat(CheckpointKeeper.isDue(0, 59, 8000)).isFalse();
        assertThat(CheckpointKeeper.isDue(0, 60, 8000)).isTrue();
    }
}
