package io.ternmq.broker.store.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LingerTest {
    private static final long NOW = Long.MAX_VALUE - 5; // such times wrap

    private final Linger linger = new Linger(NOW);

    @Test
    void afterSingleRecordsItIsShort() {
        for (int batch = 0; batch < 10; batch++) {
            linger.took(1);
        }

        assertThat(linger.nanos(NOW)).isEqualTo(Linger.EACH.toNanos());
    }

    @Test
    void theMoreComeAtOnceTheLongerItIsUpToALimit() {
        linger.took(3);
        assertThat(linger.nanos(NOW)).isEqualTo(3 * Linger.EACH.toNanos());

        linger.took(LogDispatcher.BATCH_RECORDS_MAX);
        assertThat(linger.nanos(NOW)).isEqualTo(Linger.MAX.toNanos());
    }

    @Test
    void aStragglerAfterManyDoesNotMakeItShortAtOnce() {
        linger.took(6);
        linger.took(1);

        assertThat(linger.nanos(NOW)).isEqualTo(3 * Linger.EACH.toNanos());
    }

    @Test
    void afterABurstItIsShortAgainSoon() {
        linger.took(LogDispatcher.BATCH_RECORDS_MAX);
        for (int batch = 0; batch < 10; batch++) {
            linger.took(1);
        }

        assertThat(linger.nanos(NOW)).isEqualTo(Linger.EACH.toNanos());
    }

    @Test
    void onceNobodyHasWaitedForAWhileRecordsGather() {
        linger.took(1);
        long later = NOW + Linger.AWAITED_FOR.toNanos();

        assertThat(linger.nanos(later)).isEqualTo(Linger.EACH.toNanos());
        assertThat(linger.nanos(later + 1)).isEqualTo(Linger.UNAWAITED.toNanos());

        linger.awaited(later + 1);
        assertThat(linger.nanos(later + 1)).isEqualTo(Linger.EACH.toNanos());
    }
}
