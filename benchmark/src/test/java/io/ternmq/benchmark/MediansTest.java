package io.ternmq.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MediansTest {
    @Test
    void medianOfAnOddCountIsTheMiddleOne() {
        assertThat(Medians.of(List.of(9, 1, 2), Integer::doubleValue)).isEqualTo(2);
    }

    @Test
    void medianOfAnEvenCountLiesBetweenTheMiddleTwo() {
        assertThat(Medians.of(List.of(4, 1, 2, 3), Integer::doubleValue)).isEqualTo(2.5);
    }

    @Test
    void medianOfNothingIsNoNumber() {
        assertThat(Medians.of(List.<Integer>of(), Integer::doubleValue)).isNaN();
    }
}
