package io.ternmq.broker.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.delay.DelayArrivals;
import io.ternmq.broker.delay.DelayConfig;
import io.ternmq.broker.delay.DelayLevels;
import io.ternmq.broker.delay.DelayedDelivery;
import io.ternmq.broker.delay.MemoryStore;
import io.ternmq.broker.group.ConsumerGroups;
import io.ternmq.broker.group.GroupsConfig;
import io.ternmq.broker.group.GroupsFile;
import io.ternmq.broker.offset.DelayOffsetsFile;
import io.ternmq.broker.store.AppendOutcome;
import io.ternmq.broker.store.MessageDraft;
import io.ternmq.broker.topic.Topics;
import io.ternmq.broker.topic.TopicsConfig;
import io.ternmq.broker.topic.TopicsFile;
import io.ternmq.common.config.Settings;
import io.ternmq.common.message.MessageRecord;
import io.ternmq.common.message.PropertyString;
import io.ternmq.common.time.FakeClock;
import io.ternmq.common.topic.Permission;
import io.ternmq.common.work.ManualWorkers;
import io.ternmq.remoting.protocol.send.SendBackRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A message that its consumer never can use: when it is given again, how often, and where it ends. */
final class RetryDelaysTest {
    private static final int TIMES_MAX = 16;

    private final FakeClock clock = new FakeClock();
    private final ManualWorkers workers = new ManualWorkers(clock);
    private final DelayLevels levels = DelayConfig.from(Settings.empty()).levels();

    @TempDir
    private Path directory;

    private MemoryStore store;
    private Topics topics;
    private ConsumerGroups groups;
    private DelayedDelivery delivery;
    private SendBackService service;

    @BeforeEach
    void build() throws IOException {
        topics = Topics.load(
                new TopicsFile(directory.resolve("topics.json"), clock),
                Runnable::run,
                () -> TopicsConfig.from(Settings.empty()),
                clock);
        groups = ConsumerGroups.load(
                new GroupsFile(directory.resolve("groups.json"), clock),
                Runnable::run,
                () -> GroupsConfig.from(Settings.empty()),
                clock);
        DelayArrivals arrivals = new DelayArrivals();
        store = new MemoryStore(levels, arrivals, clock, false);
        start(arrivals);
    }

    @Test
    void comesBackAfterEachDelayOfTheTableAndThenIsADeadLetter() throws IOException {
        long position = send();
        List<Long> waitedSeconds = new ArrayList<>();
        for (int times = 1; times <= TIMES_MAX; times++) {
            long failedMillis = clock.wallMillis();
            sendBack(position);
            if (times % 5 == 0) {
                restart();
            }
            MessageRecord again = awaitRetry(times);
            assertThat(again.reconsumeTimes()).isEqualTo(times);
            assertThat(PropertyString.find(again.properties(), "RETRY_TOPIC")).contains("T");
            waitedSeconds.add((again.storeMillis() - failedMillis) / 1000);
            position = again.position();
        }
        assertThat(waitedSeconds)
                .containsExactly(
                        10L, 30L, 60L, 120L, 180L, 240L, 300L, 360L, 420L, 480L, 540L, 600L, 1200L, 1800L, 3600L,
                        7200L);

        sendBack(position);

        assertThat(store.readable("%DLQ%G", 0)).hasSize(1);
        clock.advance(Duration.ofDays(1));
        workers.runUntilIdle();
        assertThat(store.readable("%RETRY%G", 0)).hasSize(TIMES_MAX);
    }

    private void start(DelayArrivals arrivals) throws IOException {
        delivery = DelayedDelivery.start(
                levels,
                arrivals,
                store,
                topics::find,
                new DelayOffsetsFile(directory.resolve("delayOffset.json"), clock),
                workers);
        service = new SendBackService(groups, topics, store, () -> Permission.READ_WRITE);
    }

    private void restart() throws IOException {
        delivery.close();
        DelayArrivals arrivals = new DelayArrivals();
        store = store.reopened(levels, arrivals);
        start(arrivals);
    }

    private long send() {
        ByteBuffer body = ByteBuffer.wrap("bad".getBytes(StandardCharsets.UTF_8));
        MessageDraft draft = new MessageDraft("T", 1, 0, 0, 77, MemoryStore.HOST, 0, 0, "", body);
        return ((AppendOutcome.Stored) store.append(List.of(draft), true).join()).positions()[0];
    }

    private void sendBack(long position) {
        SendBackRequest request = new SendBackRequest(
                position, "G", 0, Optional.empty(), Optional.empty(), false, OptionalInt.of(TIMES_MAX));
        assertThat(service.sendBack(request, 479).toCompletableFuture().join())
                .isInstanceOf(SendBackOutcome.Taken.class);
    }

    private MessageRecord awaitRetry(int times) {
        workers.runUntilIdle();
        Duration waited = Duration.ZERO;
        while (store.readable("%RETRY%G", 0).size() < times && waited.compareTo(Duration.ofHours(3)) < 0) {
            clock.advance(Duration.ofMillis(100));
            waited = waited.plusMillis(100);
            workers.runUntilIdle();
        }
        List<MessageRecord> retries = store.readable("%RETRY%G", 0);
        assertThat(retries).hasSize(times);
        return retries.get(times - 1);
    }
}
