package io.ternmq.broker.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class MetersTest {
    private final Meters<String> meters = new Meters<>(2);

    @Test
    void rateIsThatOfTheLastMinute() {
        for (int tick = 0; tick < 20; tick++) {
            meters.add("T", 50);
            meters.sample();
        }
        assertThat(meters.perSecond("T")).isCloseTo(5.0, within(1e-9));

        meters.sample();
        meters.sample();
        meters.sample();
        assertThat(meters.perSecond("T")).isCloseTo(2.5, within(1e-9));
    }

    @Test
    void rateIsThereAfterTheFirstSample() {
        assertThat(meters.perSecond("T")).isZero();

        meters.add("T", 50);
        assertThat(meters.perSecond("T")).isZero();
        meters.sample();

        assertThat(meters.perSecond("T")).isCloseTo(5.0, within(1e-9));
    }

    @Test
    void whatStandsStillIsForgottenAndMakesRoom() {
        meters.add("T", 1);
        meters.add("U", 1);
        meters.add("OneTooMany", 1);
        meters.sample();
        assertThat(meters.perSecond("OneTooMany")).isZero();

        for (int tick = 0; tick < 7; tick++) {
            meters.add("U", 1);
            meters.sample();
        }

        assertThat(meters.perSecond("T")).isZero();
        meters.add("OneMore", 10);
        meters.sample();
        assertThat(meters.perSecond("OneMore")).isCloseTo(1.0, within(1e-9));
    }
}
