package io.ternmq.client.consumer.pulling;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QueueLimitsTest {
    private final QueueLimits limits = new QueueLimits(1_000, 5_000_000, 2_000);

    @Test
    void queuesThatAreFewKeepTheirOwnLimit() {
        assertThat(limits.sharing(10_000, 0)).isEqualTo(limits);
        assertThat(limits.sharing(10_000, 10)).isEqualTo(limits);
    }

    @Test
    void queuesThatAreManyShareWhatAllMayHold() {
        assertThat(limits.sharing(10_000, 64)).isEqualTo(new QueueLimits(156, 5_000_000, 2_000));
        assertThat(limits.sharing(10, 64).count()).isEqualTo(1);
    }
}
