package io.ternmq.broker.store.queue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HotMarksTest {
    private static final int BYTES = 100; // of each message in the log
    private static final long KNOWN = (long) HotMarks.STRIDE * HotMarks.MARKS;

    private final HotMarks marks = new HotMarks();

    @Test
    void nothingIsKnownBeforeTheFirstMessage() {
        assertThat(marks.positionAtOrBelow(0)).isNegative();
        assertThat(marks.positionAtOrBelow(1_000_000)).isNegative();
    }

    @Test
    void whatIsKnownLiesAtOrBelowTheMessageAndNoStrideTooLow() {
        note(0, 10_000);

        for (long offset = 0; offset < 10_000; offset++) {
            assertThat(marks.positionAtOrBelow(offset)).isBetween((offset - HotMarks.STRIDE) * BYTES, offset * BYTES);
        }
    }

    @Test
    void offsetsFromBeforeThisProcessBeganToWriteAreNotKnown() {
        note(1000, 1300);

        assertThat(marks.positionAtOrBelow(999)).isNegative();
        assertThat(marks.positionAtOrBelow(1000)).isEqualTo(1000L * BYTES);
        assertThat(marks.positionAtOrBelow(1023)).isEqualTo(1000L * BYTES);
        assertThat(marks.positionAtOrBelow(1024)).isEqualTo(1024L * BYTES);
        assertThat(marks.positionAtOrBelow(1299)).isEqualTo(1280L * BYTES);
    }

    @Test
    void onlyTheNewestPartOfAQueueIsRemembered() {
        note(0, 3 * KNOWN);

        long newest = 3 * KNOWN - 1;
        assertThat(marks.positionAtOrBelow(newest)).isPositive();
        assertThat(marks.positionAtOrBelow(newest - KNOWN + 3L * HotMarks.STRIDE))
                .isPositive();
        assertThat(marks.positionAtOrBelow(newest - KNOWN)).isNegative();
        assertThat(marks.positionAtOrBelow(HotMarks.STRIDE)).isNegative();
    }

    @Test
    void aQueueThatBeginsAnewForgetsItsOldPlaces() {
        note(0, 1000);

        marks.clear();

        assertThat(marks.positionAtOrBelow(500)).isNegative();
        marks.note(0, 7_000_000);
        assertThat(marks.positionAtOrBelow(0)).isEqualTo(7_000_000);
    }

    private void note(long from, long to) {
        for (long offset = from; offset < to; offset++) {
            marks.note(offset, offset * BYTES);
        }
    }
}
