package io.ternmq.benchmark.failures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FiguresTest {
    private static final Events EVENTS =
            new Events(millis(0), millis(1_000), millis(3_000), millis(3_500), millis(3_600), millis(5_000));

    private final List<Call> calls = new ArrayList<>();

    @Test
    void callsCountForTheTimeAtWhichTheyBegan() {
        everyTenMillis(0, 1_000, 1, "b");
        everyTenMillis(1_000, 1_300, 700, "c"); // disturbed, the first of them until 1,700
        everyTenMillis(1_300, 3_200, 1, "c");
        everyTenMillis(3_200, 5_000, 1, "b");
        calls.add(Call.failed(millis(1_250), millis(100), "TimeoutException"));

        Figures figures = new Figures(calls, EVENTS);

        assertThat(figures.firstDetected()).hasValue(millis(1_350));
        assertThat(figures.failedFrom(millis(0), millis(5_000))).isEqualTo(1);
        assertThat(figures.failures(millis(0), millis(5_000))).containsExactly(Map.entry("TimeoutException", 1L));
        assertThat(figures.failedFrom(millis(1_350), millis(5_000))).isZero();
        assertThat(figures.disturbed(millis(1_000), millis(3_000))).isEqualTo(31);
        assertThat(figures.percentile(0.99, millis(0), millis(1_000))).isEqualTo(millis(1));
        assertThat(figures.calmFrom(millis(1_000), millis(3_000))).hasValue(millis(1_300));
        assertThat(figures.firstStoredBy("b", millis(3_000))).hasValue(millis(3_201));
        assertThat(figures.firstStoredBy("a", millis(3_000))).isEmpty();
        assertThat(figures.perSecond(millis(0), millis(1_000))).isEqualTo(100);
        assertThat(figures.windows(millis(1_200), 2, Figures.WINDOW_NANOS)).containsExactly(millis(700), millis(1));
    }

    @Test
    void timeWithoutCallsOrWithFailedOnesIsNotCalm() {
        everyTenMillis(1_000, 1_900, 1, "c");
        everyTenMillis(2_000, 2_900, 1, "c");
        calls.add(Call.failed(millis(2_950), millis(1), "TimeoutException"));

        assertThat(new Figures(calls, EVENTS).calmFrom(millis(1_000), millis(3_000)))
                .isEmpty();
        calls.add(Call.stored(millis(1_950), millis(1), "c"));
        assertThat(new Figures(calls, EVENTS).calmFrom(millis(1_000), millis(3_000)))
                .hasValue(millis(1_000));
    }

    @Test
    void linesOfCallsAreReadAsTheyWereWritten() {
        Call stored = Call.stored(5, 7, "a");
        Call failed = Call.failed(-5, 7, "TimeoutException");

        assertThat(Call.parse(stored.line())).isEqualTo(stored);
        assertThat(Call.parse(failed.line())).isEqualTo(failed);
        assertThat(failed.hasFailed()).isTrue();
    }

    private void everyTenMillis(long from, long to, long tookMillis, String broker) {
        for (long at = from; at < to; at += 10) {
            calls.add(Call.stored(millis(at), millis(tookMillis), broker));
        }
    }

    private static long millis(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
