package io.ternmq.benchmark.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LinesTest {
    @Test
    void orderComesBackFromItsLine() {
        Order order = new Order(
                Mode.BATCH, "127.0.0.1:9876", 42, "Topic", 1024, 5_000, 1_000_000, 4, 256, 32, 2_000, 200, 30_000);

        assertThat(Order.parse(order.line())).isEqualTo(order);
    }

    @Test
    void measurementComesBackFromItsLine() {
        Measurement measurement = new Measurement(
                1_000, 2, 5_000_000_000L, 101.5, 900.1, 4000.9, 123_000, 77, 30, 9_000, 4_096, 2_048, 55_000);

        assertThat(Measurement.parse(measurement.line())).isEqualTo(measurement);
        assertThat(measurement.perSecond()).isEqualTo(200);
        assertThat(measurement.brokerCpuMicrosPerMessage()).isEqualTo(123);
        assertThat(measurement.brokerGcPercent()).isEqualTo(0.18);
    }

    @Test
    void unknownTimeOfCollectorsStaysUnknown() {
        Measurement measurement = new Measurement(0, 0, 1, 0, 0, 0, 0, 0, 1, Double.NaN, 0, 0, 0);

        assertThat(Measurement.parse(measurement.line()).brokerGcPercent()).isNaN();
    }

    @Test
    void lineWithoutKeysIsRefused() {
        assertThatThrownBy(() -> Order.parse("hello")).hasMessage("expected key=value, got 'hello' in: hello");
    }
}
