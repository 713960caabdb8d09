package io.ternmq.client.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HoldOffsTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "50, 0",
        "100, 0",
        "549, 0",
        "550, 2",
        "1799, 2",
        "1800, 5",
        "2999, 5",
        "3000, 6",
        "4999, 6",
        "5000, 10",
        "14999, 10",
        "15000, 30",
        "3600000, 30"
    })
    void eachClassOfAnswerTimesHasItsHoldOff(long latencyMillis, long holdOffSeconds) {
        long holdOff =
                HoldOffs.defaults().after(Duration.ofMillis(latencyMillis).toNanos());

        assertThat(Duration.ofNanos(holdOff)).isEqualTo(Duration.ofSeconds(holdOffSeconds));
    }

    @Test
    void classesOfAnApplicationsOwnAreChecked() {
        assertThat(HoldOffs.of(new long[] {10}, new long[] {7}).after(10_000_000))
                .isEqualTo(7_000_000);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HoldOffs.of(new long[] {10, 20}, new long[] {7}))
                .withMessageContaining("2 classes")
                .withMessageContaining("1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HoldOffs.of(new long[] {10, 10}, new long[] {1, 2}))
                .withMessageContaining("ascend");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HoldOffs.of(new long[] {10}, new long[] {-1}))
                .withMessageContaining("-1");
    }
}
