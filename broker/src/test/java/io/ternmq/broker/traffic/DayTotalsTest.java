package io.ternmq.broker.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

final class DayTotalsTest {
    private static final long NOON = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();
    private static final long DAY = Duration.ofDays(1).toMillis();

    private final DayTotals totals = new DayTotals(ZoneOffset.UTC, NOON);

    @Test
    void bothAreZeroOnTheFirstDay() {
        totals.sample(NOON + 1, 10);

        assertThat(totals.atTodaysStart()).isZero();
        assertThat(totals.atYesterdaysStart()).isZero();
    }

    @Test
    void countsOfPastMidnightsAreKept() {
        totals.sample(NOON + DAY, 10);
        totals.sample(NOON + DAY + 1, 15);
        totals.sample(NOON + 2 * DAY, 30);

        assertThat(totals.atTodaysStart()).isEqualTo(30);
        assertThat(totals.atYesterdaysStart()).isEqualTo(10);
    }
}
