package io.ternmq.broker.store.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.common.seeds.Seeds;
import io.ternmq.common.time.FakeClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogScanTest {
    @TempDir
    Path directory;

    private final FakeClock clock = new FakeClock();

    @Test
    void emptyLogHasNothing() {
        try (LocalMessageStore store = new StoreFixture(directory).with(clock).open()) {
            assertThat(bodiesFrom(store, 0)).isEmpty();
        }
    }

    /** Several queues and several segments, and every time that stands in the log. */
    @Seeds(count = 5)
    void everyRecordFromATimeOnComesInLogOrder(long seed) {
        Random random = new Random(seed);
        List<String> bodies = new ArrayList<>();
        List<Long> times = new ArrayList<>();
        try (LocalMessageStore store = new StoreFixture(directory).with(clock).open()) {
            for (int number = 0; number < 300; number++) {
                clock.advance(Duration.ofMillis(random.nextInt(3)));
                String body = number + "-" + "x".repeat(random.nextInt(700));
                StoreFixture.store(store, "T" + random.nextInt(3), random.nextInt(2), body);
                bodies.add(body);
                times.add(clock.wallMillis());
            }
            StoreFixture.awaitDispatched(store);

            for (int number = 0; number < 300; number += 17) {
                int first = times.indexOf(times.get(number));
                assertThat(bodiesFrom(store, times.get(number))).isEqualTo(bodies.subList(first, bodies.size()));
            }
            assertThat(bodiesFrom(store, clock.wallMillis() + 1)).isEmpty();
        }
    }

    private static List<String> bodiesFrom(LocalMessageStore store, long wallMillis) {
        List<String> bodies = new ArrayList<>();
        store.scan(
                wallMillis,
                record ->
                        bodies.add(StandardCharsets.UTF_8.decode(record.body()).toString()));
        return bodies;
    }
}
