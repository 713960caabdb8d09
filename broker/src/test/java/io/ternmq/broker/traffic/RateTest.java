package io.ternmq.broker.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RateTest {
    private final Rate rate = new Rate();

    @Test
    void hasNoRateBeforeTwoSamples() {
        rate.add(100);
        rate.sample();

        assertThat(rate.perSecond()).containsExactly(0.0, 0.0, 0.0);
        assertThat(rate.total()).isEqualTo(100);
    }

    @Test
    void ratesCoverTheirSpansOrAllThereIs() {
        rate.sample();
        rate.add(100);
        rate.sample();
        rate.add(300);
        rate.sample();

        assertThat(rate.perSecond()).containsExactly(30.0, 20.0, 20.0);
    }

    @Test
    void oldSamplesFallOutOfTheWindow() {
        rate.add(1_000_000);
        rate.sample();
        for (int sample = 0; sample < 200; sample++) {
            rate.add(50);
            rate.sample();
        }

        assertThat(rate.perSecond()).containsExactly(5.0, 5.0, 5.0);
    }
}
