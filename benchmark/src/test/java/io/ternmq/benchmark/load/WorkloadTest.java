package io.ternmq.benchmark.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class WorkloadTest {
    private static final int MESSAGES = 20;

    private final List<String> notices = new CopyOnWriteArrayList<>();

    private static Order order(Mode mode) {
        long self = ProcessHandle.current().pid(); // in the part of the broker
        return new Order(mode, "127.0.0.1:1", self, "Topic", 8, 60_000, MESSAGES, 1, 4, 5, 1, 1, 0);
    }

    @Test
    void sendThatFailsBeforeTheMeasuredOnesIsCountedAndSaid() throws Exception {
        Measurement measurement = new Workload(new Failing(1), order(Mode.SYNC), notices::add).run();

        assertThat(measurement.messages()).isEqualTo(MESSAGES);
        assertThat(measurement.failures()).isOne();
        assertThat(notices).singleElement().asString().contains("a send failed", "broken 1");
    }

    @Test
    void onlyTheFirstOfManyFailuresIsSaid() throws Exception {
        Measurement measurement = new Workload(new Failing(3), order(Mode.SYNC), notices::add).run();

        assertThat(measurement.failures()).isEqualTo(3);
        assertThat(measurement.messages()).isEqualTo(MESSAGES - 2); // one failed outside of the window
        assertThat(notices).hasSize(1);
    }

    @Test
    void runThatStoresNothingFailsWithTheFirstCause() {
        Workload workload = new Workload(new Failing(1 + MESSAGES), order(Mode.SYNC), notices::add);

        assertThatThrownBy(workload::run)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("nothing was stored")
                .hasRootCauseMessage("broken 1");
    }

    /** Fails the first sends, and takes all others. */
    private static final class Failing implements LoadClient, LoadClient.Producer {
        private final int failures;
        private final AtomicInteger sends = new AtomicInteger();

        Failing(int failures) {
            this.failures = failures;
        }

        @Override
        public Producer producer(String nameServers) {
            return this;
        }

        @Override
        public void send(String topic, byte[] body) throws Exception {
            int number = sends.incrementAndGet();
            if (number <= failures) {
                throw new IllegalStateException("broken " + number);
            }
        }

        @Override
        public void sendBatch(String topic, List<byte[]> bodies) {
            throw new AssertionError("not asked for");
        }

        @Override
        public void sendAsync(String topic, byte[] body, Consumer<Throwable> done) {
            throw new AssertionError("not asked for");
        }

        @Override
        public SturdyProducer sturdyProducer(String nameServers, Boolean avoidsFaults) {
            throw new AssertionError("not asked for");
        }

        @Override
        public Running consumer(String nameServers, String topic, String group, Deliveries deliveries) {
            throw new AssertionError("not asked for");
        }

        @Override
        public void close() {}
    }
}
