package io.ternmq.broker.delay;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.offset.DelayOffsetsFile;
import io.ternmq.broker.store.AppendOutcome;
import io.ternmq.broker.store.AppendOutcome.Refusal;
import io.ternmq.broker.store.MessageDraft;
import io.ternmq.common.message.MessageRecord;
import io.ternmq.common.message.PropertyString;
import io.ternmq.common.seeds.Seeds;
import io.ternmq.common.time.FakeClock;
import io.ternmq.common.topic.TopicConfig;
import io.ternmq.common.work.ManualWorkers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random sends to random levels while the store refuses, keeps answers back, and the broker stops, is killed or loses power:
 * each message is delivered, in the order of its level, not before its time, and within 100 ms after it where nothing stands
 * in the way; once, unless the broker did not end cleanly.
 */
final class DelaySimTest {
    private static final int STEPS = 800;
    private static final int STEPS_TO_A_LOOK = 20;
    private static final List<String> LEVELS = List.of("1s", "1s 3s", "3s 1s 1s", "1s 2s 4s 8s 30s");
    private static final Duration EXACTNESS = Duration.ofMillis(100);

    @TempDir
    private Path directory;

    @Seeds(count = 5, countInLongRuns = 300)
    void everyMessageIsDeliveredInOrderAndOnTimeAndOnceIfEveryStopIsClean(long seed) throws IOException {
        new Simulation(seed, directory, false).run();
    }

    @Seeds(count = 10, countInLongRuns = 600)
    void noMessageIsLostWhateverHappens(long seed) throws IOException {
        new Simulation(seed, directory, true).run();
    }

    private record Sent(String text, int level, CompletableFuture<AppendOutcome> answer) {}

    private static final class Simulation {
        private final Random random;
        private final boolean crashes;
        private final FakeClock clock = new FakeClock();
        private final DelayLevels levels;
        private final DelayOffsetsFile file;
        private final List<Sent> sent = new ArrayList<>();
        private ManualWorkers workers;
        private MemoryStore store;
        private DelayedDelivery delivery;
        private long clearSinceNanos;
        private boolean isObstructed;

        Simulation(long seed, Path directory, boolean crashes) {
            this.random = new Random(seed);
            this.crashes = crashes;
            this.levels = DelayLevelsTest.levels(LEVELS.get(random.nextInt(LEVELS.size())));
            this.file = new DelayOffsetsFile(directory.resolve("delayOffset.json"), clock);
        }

        void run() throws IOException {
            DelayArrivals arrivals = new DelayArrivals();
            store = new MemoryStore(levels, arrivals, clock, random.nextBoolean());
            start(arrivals);
            for (int step = 0; step < STEPS; step++) {
                act();
                clock.advance(Duration.ofMillis(random.nextInt(40)));
                settle();
                if (step % STEPS_TO_A_LOOK == 0) {
                    requirePunctuality();
                }
            }
            clear();
            for (int step = 0; step < 400; step++) {
                clock.advance(EXACTNESS);
                settle();
            }
            requireAll();
            delivery.close();
            assertThat(store.leased()).isZero();
        }

        private void start(DelayArrivals arrivals) throws IOException {
            workers = new ManualWorkers(clock);
            delivery = DelayedDelivery.start(
                    levels, arrivals, store, name -> Optional.of(TopicConfig.of(name, 4)), file, workers);
            clearSinceNanos = clock.monotonicNanos();
        }

        private void act() throws IOException {
            int what = random.nextInt(1000);
            if (what < 400) {
                send();
            } else if (what < 500) {
                store.flush();
            } else if (what < 520) {
                delivery.save();
            } else if (what < 580) {
                isObstructed = true;
                store.refuse(random.nextBoolean() ? Refusal.BUSY : Refusal.DISK_FULL, "for now");
            } else if (what < 610) {
                isObstructed = true;
                store.holdAnswers();
            } else if (what < 680) {
                clear();
            } else if (what < 683) {
                restart();
            } else if (crashes && what < 687) {
                crash();
            }
        }

        private void send() {
            int count = random.nextInt(10) == 0 ? random.nextInt(200) : 1;
            int level = 1 + random.nextInt(levels.count());
            for (int i = 0; i < count; i++) {
                String text = Integer.toString(sent.size());
                ByteBuffer body = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                MessageDraft draft = new MessageDraft(
                        "T" + random.nextInt(3), random.nextInt(4), 0, 0, 1, MemoryStore.HOST, 0, 0, "", body, level);
                sent.add(new Sent(text, level, store.append(List.of(draft), true)));
            }
        }

        private void clear() {
            store.refuseNoMore();
            store.answer();
            store.flush();
            isObstructed = false;
            clearSinceNanos = clock.monotonicNanos();
        }

        // What a stop waits for comes: the store answers all it has taken before it closes.
        private void restart() throws IOException {
            clear();
            delivery.close();
            reopen();
        }

        private void crash() throws IOException {
            if (random.nextBoolean()) {
                store.loseUnflushed();
            }
            isObstructed = false;
            reopen();
        }

        private void reopen() throws IOException {
            DelayArrivals arrivals = new DelayArrivals();
            store = store.reopened(levels, arrivals);
            clock.advance(Duration.ofMillis(random.nextInt(3000)));
            start(arrivals);
        }

        private void settle() {
            if (random.nextInt(4) == 0) {
                store.flush();
            }
            workers.runUntilIdle();
        }

        private void requirePunctuality() {
            long sinceClear = clock.monotonicNanos() - clearSinceNanos;
            if (isObstructed || sinceClear < Backoff.MAX.plus(EXACTNESS).toNanos()) {
                return;
            }
            Set<String> delivered = new HashSet<>();
            store.delivered().forEach(record -> delivered.add(MemoryStore.text(record)));
            for (int level = 1; level <= levels.count(); level++) {
                for (MessageRecord waiting : store.readable("SCHEDULE_TOPIC_XXXX", level - 1)) {
                    long late = clock.wallMillis() - levels.dueMillis(waiting);
                    assertThat(late <= EXACTNESS.toMillis() || delivered.contains(MemoryStore.text(waiting)))
                            .as("message %s of level %d is late by %d ms", MemoryStore.text(waiting), level, late)
                            .isTrue();
                }
            }
        }

        private void requireAll() {
            Map<String, MessageRecord> waited = new HashMap<>();
            for (int level = 1; level <= levels.count(); level++) {
                store.readable("SCHEDULE_TOPIC_XXXX", level - 1)
                        .forEach(record -> waited.put(MemoryStore.text(record), record));
            }
            Map<String, Integer> times = new HashMap<>();
            Map<Integer, Integer> lastOfLevel = new HashMap<>();
            for (MessageRecord record : store.delivered()) {
                String text = MemoryStore.text(record);
                MessageRecord from = waited.get(text);
                assertThat(record.storeMillis()).isGreaterThanOrEqualTo(levels.dueMillis(from));
                assertThat(PropertyString.find(from.properties(), "REAL_TOPIC")).contains(record.topic());
                assertThat(PropertyString.find(from.properties(), "REAL_QID"))
                        .contains(Integer.toString(record.queueId()));
                if (times.merge(text, 1, Integer::sum) == 1) {
                    int number = Integer.parseInt(text);
                    Integer before = lastOfLevel.put(from.queueId(), number);
                    assertThat(before == null || before < number)
                            .as("%s overtook %s", before, number)
                            .isTrue();
                }
            }
            assertThat(times.keySet()).containsExactlyInAnyOrderElementsOf(waited.keySet()); // says which are missing
            if (!crashes) {
                assertThat(times.values()).containsOnly(1);
                long stored = sent.stream()
                        .filter(one -> one.answer().join() instanceof AppendOutcome.Stored)
                        .count();
                assertThat(waited).hasSize((int) stored);
            }
        }
    }
}
