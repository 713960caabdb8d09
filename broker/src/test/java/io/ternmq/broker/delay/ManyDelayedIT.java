package io.ternmq.broker.delay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ternmq.broker.offset.DelayOffsetsFile;
import io.ternmq.broker.store.MessageDraft;
import io.ternmq.broker.store.StoreConfig;
import io.ternmq.broker.store.TopicQueue;
import io.ternmq.broker.store.engine.LocalMessageStore;
import io.ternmq.broker.store.engine.StoreDoors;
import io.ternmq.common.config.Settings;
import io.ternmq.common.time.Clock;
import io.ternmq.common.topic.TopicConfig;
import io.ternmq.common.topic.TopicNames;
import io.ternmq.common.work.Workers;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What very many waiting messages cost, and what it costs to deliver them all at once: memory and CPU time, as measured. */
final class ManyDelayedIT {
    // Figures are for whoever runs this; tests show warnings and what is graver.
    private static final Logger log = LoggerFactory.getLogger(ManyDelayedIT.class);
    private static final int COUNT = Boolean.getBoolean("ternmq.long") ? 1_000_000 : 50_000;
    private static final int QUEUES = 4;
    private static final int BODY_BYTES = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    @TempDir
    private Path directory;

    @Test
    void waitingMessagesCostNoMemoryAndNoTimeUntilTheyAreDue() throws IOException {
        try (Running running = new Running("1s 2h")) {
            running.send(100); // what is made once
            long heapBefore = usedHeap();
            long cpuBefore = cpuNanos("delay-delivery");
            long dispatchedBefore = cpuNanos("store-dispatcher");

            running.send(COUNT);
            running.awaitDispatched();

            long heapGrown = usedHeap() - heapBefore;
            long deliveryMicros = (cpuNanos("delay-delivery") - cpuBefore) / 1000;
            long dispatchNanosEach = (cpuNanos("store-dispatcher") - dispatchedBefore) / COUNT;
            log.warn(
                    "Waiting. messages={} heapGrownBytes={} deliveryCpuMicros={} dispatcherCpuNanosEach={}",
                    COUNT,
                    heapGrown,
                    deliveryMicros,
                    dispatchNanosEach);
            assertThat(heapGrown).isLessThan(8L << 20);
            assertThat(deliveryMicros).isLessThan(100_000);
        }
        try (Running running = new Running("1s 1s")) { // they are due a second after this start
            long cpuBefore = cpuNanos("delay-delivery");
            long heapBefore = usedHeap();

            await().atMost(PATIENCE).until(() -> running.delivered() == COUNT + 100);

            log.warn(
                    "Delivered. messages={} deliveryCpuNanosEach={} heapGrownBytes={}",
                    COUNT,
                    (cpuNanos("delay-delivery") - cpuBefore) / COUNT,
                    usedHeap() - heapBefore);
        }
    }

    private final class Running implements AutoCloseable {
        private final LocalMessageStore store;
        private final DelayedDelivery delivery;

        Running(String levelsText) throws IOException {
            DelayLevels levels = DelayLevelsTest.levels(levelsText);
            DelayArrivals arrivals = new DelayArrivals();
            StoreConfig config = StoreConfig.from(Settings.of(Map.of(
                    "storePathRootDir", directory.resolve("store").toString(),
                    "mappedFileSizeCommitLog", Integer.toString(64 << 20),
                    "messageIndexEnable", "false",
                    "diskFreeSpaceEnough", "0",
                    "diskSpaceWarningLevelRatio", "100",
                    "diskSpaceCleanForciblyRatio", "100",
                    "diskMaxUsedSpaceRatio", "95")));
            store = LocalMessageStore.open(
                    config,
                    MemoryStore.HOST,
                    Clock.system(),
                    new StoreDoors(
                            List.of(new HeldBack(levels)),
                            List.of(),
                            List.of(arrivals),
                            Map.of(TopicNames.SCHEDULE, levels::dueMillis),
                            List.of()));
            delivery = DelayedDelivery.start(
                    levels,
                    arrivals,
                    store,
                    name -> Optional.of(TopicConfig.of(name, QUEUES)),
                    new DelayOffsetsFile(directory.resolve("delayOffset.json"), Clock.system()),
                    Workers.threads(Clock.system()));
        }

        void send(int count) {
            for (int i = 0; i < count; i++) {
                MessageDraft draft = new MessageDraft(
                        "T", i % QUEUES, 0, 0, 1, MemoryStore.HOST, 0, 0, "", ByteBuffer.allocate(BODY_BYTES), 2);
                store.append(List.of(draft), true).join();
            }
        }

        void awaitDispatched() {
            await().atMost(PATIENCE)
                    .until(() ->
                            store.state().dispatchedPosition() == store.state().appendedPosition());
        }

        long delivered() {
            return IntStream.range(0, QUEUES)
                    .mapToLong(
                            queueId -> store.range(new TopicQueue("T", queueId)).maxOffset())
                    .sum();
        }

        @Override
        public void close() {
            delivery.close();
            store.close();
        }
    }

    private static long usedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long cpuNanos(String thread) {
        return LongStream.of(THREADS.getAllThreadIds())
                .filter(id -> Optional.ofNullable(THREADS.getThreadInfo(id))
                        .filter(info -> info.getThreadName().equals(thread))
                        .isPresent())
                .map(THREADS::getThreadCpuTime)
                .max()
                .orElse(0);
    }
}
