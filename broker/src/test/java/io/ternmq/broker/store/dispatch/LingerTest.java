package io.ternmq.broker.store.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LingerTest {
    private final Linger linger = new Linger();

    @Test
    void afterSingleRecordsItIsShort() {
        for (int batch = 0; batch < 10; batch++) {
            linger.took(1);
        }

        assertThat(linger.nanos()).isEqualTo(Linger.EACH.toNanos());
    }

    @Test
    void theMoreComeAtOnceTheLongerItIsUpToALimit() {
        linger.took(3);
        assertThat(linger.nanos()).isEqualTo(3 * Linger.EACH.toNanos());

        linger.took(LogDispatcher.BATCH_RECORDS_MAX);
        assertThat(linger.nanos()).isEqualTo(Linger.MAX.toNanos());
    }

    @Test
    void aStragglerAfterManyDoesNotMakeItShortAtOnce() {
        linger.took(6);
        linger.took(1);

        assertThat(linger.nanos()).isEqualTo(3 * Linger.EACH.toNanos());
    }

    @Test
    void afterABurstItIsShortAgainSoon() {
        linger.took(LogDispatcher.BATCH_RECORDS_MAX);
        for (int batch = 0; batch < 10; batch++) {
            linger.took(1);
        }

        assertThat(linger.nanos()).isEqualTo(Linger.EACH.toNanos());
    }
}
