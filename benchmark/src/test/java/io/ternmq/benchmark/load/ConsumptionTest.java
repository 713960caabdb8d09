package io.ternmq.benchmark.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class ConsumptionTest {
    private static final String OLD = "Old";
    private static final int RATE = 50_000;
    private static final int OLD_AT_A_TIME = 10;
    private static final int PAUSE_NANOS = 1_000_000;

    private static Order order(Mode mode, String topic, long messages) {
        long self = ProcessHandle.current().pid(); // in the part of the broker
        return new Order(mode, "127.0.0.1:1", self, topic, 16, 60_000, messages, 1, 4, 5, RATE, 1, 0);
    }

    @Test
    void besideCountsSteadyAndOldMessagesUntilTheOldAreConsumed() throws Exception {
        Direct client = new Direct();

        Measurement measurement = new Consumption(client, order(Mode.BESIDE, OLD, 2_000)).run();

        assertThat(measurement.failures()).isZero();
        // At least a thousand steady ones beside the old, of which the first few came before.
        assertThat(measurement.messages()).isGreaterThan(2_500);
        assertThat(measurement.p50Micros()).isPositive();
        assertThat(client.open).isEmpty();
    }

    @Test
    void drainThatIsOverBeforeMuchIsDeliveredBesideItFails() {
        Direct client = new Direct();

        assertThatThrownBy(() -> new Consumption(client, order(Mode.BESIDE, OLD, OLD_AT_A_TIME)).run())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("messages were delivered beside the 10 old ones")
                .hasMessageContaining("drain more");
        assertThat(client.open).isEmpty();
    }

    @Test
    void deliverMeasuresWhatWasSentAtItsRate() throws Exception {
        Measurement measurement = new Consumption(new Direct(), order(Mode.DELIVER, "Topic", 500)).run();

        assertThat(measurement.messages()).isEqualTo(500);
        assertThat(measurement.failures()).isZero();
    }

    /** Hands each message to its topic's consumer at once; one topic has old messages without end. */
    private static final class Direct implements LoadClient, LoadClient.Producer {
        private final Map<String, Deliveries> open = new ConcurrentHashMap<>();

        @Override
        public Producer producer(String nameServers) {
            return this;
        }

        @Override
        public void send(String topic, byte[] body) {
            Deliveries consumer = open.get(topic);
            if (consumer != null) {
                consumer.delivered(1, index -> body);
            }
        }

        @Override
        public void sendAsync(String topic, byte[] body, Consumer<Throwable> done) {
            send(topic, body);
            done.accept(null);
        }

        @Override
        public Running consumer(String nameServers, String topic, String group, Deliveries deliveries) {
            open.put(topic, deliveries);
            AtomicBoolean isOpen = new AtomicBoolean(true);
            Thread old = new Thread(() -> {
                while (isOpen.get()) {
                    deliveries.delivered(OLD_AT_A_TIME, index -> new byte[16]);
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            });
            if (topic.equals(OLD)) {
                old.start();
            }
            return () -> {
                isOpen.set(false);
                open.remove(topic);
                try {
                    old.join();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            };
        }

        @Override
        public void sendBatch(String topic, List<byte[]> bodies) {
            throw new AssertionError("not asked for");
        }

        @Override
        public SturdyProducer sturdyProducer(String nameServers, Boolean avoidsFaults) {
            throw new AssertionError("not asked for");
        }

        @Override
        public void close() {}
    }
}
