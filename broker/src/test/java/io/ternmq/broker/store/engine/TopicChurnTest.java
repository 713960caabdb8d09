package io.ternmq.broker.store.engine;

import static io.ternmq.broker.store.engine.StoreFixture.append;
import static io.ternmq.broker.store.engine.StoreFixture.draft;
import static io.ternmq.broker.store.engine.StoreFixture.stored;
import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.store.KeyQuery;
import io.ternmq.broker.store.KeyQueryResult;
import io.ternmq.broker.store.MessageFilter;
import io.ternmq.broker.store.ReadRequest;
import io.ternmq.broker.store.ReadResult;
import io.ternmq.broker.store.TopicQueue;
import io.ternmq.common.message.MessageRecord;
import io.ternmq.common.time.Clock;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Topics made and deleted, and the log's oldest files removed, under readers: memory given back is never touched. */
class TopicChurnTest {
    private static final Duration LOAD =
            Boolean.getBoolean("ternmq.long") ? Duration.ofMinutes(3) : Duration.ofSeconds(2);
    private static final int TOPICS = 12;
    private static final int READERS = 3;

    @TempDir
    private Path root;

    @Test
    void readersSurviveTopicsThatAreMadeAndDeletedUnderThem() throws InterruptedException, ExecutionException {
        Clock clock = Clock.system();
        long endNanos = clock.monotonicNanos() + LOAD.toNanos();
        AtomicBoolean isOver = new AtomicBoolean();
        AtomicLong found = new AtomicLong();
        // A disk that is always too full: all but the newest file of the log goes at each upkeep.
        try (LocalMessageStore store = new StoreFixture(root)
                .with("queueHandlesMax", "16")
                .with("storeHotReadBytes", "20000")
                .with("flushIntervalCommitLog", "10")
                .with("diskFreeSpaceEnough", Long.toString(1L << 60))
                .with("diskMaxUsedSpaceRatio", "10")
                .with("diskSpaceCleanForciblyRatio", "30")
                .with("diskSpaceWarningLevelRatio", "100")
                .open()) {
            List<CompletableFuture<Void>> readers = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                Random random = new Random(i);
                readers.add(CompletableFuture.runAsync(() -> {
                    while (!isOver.get()) {
                        found.addAndGet(read(store, random));
                    }
                }));
            }
            Random random = new Random(99);
            int sent = 0;
            long patienceNanos = endNanos + StoreFixture.PATIENCE.toNanos();
            while (clock.monotonicNanos() - endNanos < 0
                    || (found.get() == 0 && clock.monotonicNanos() - patienceNanos < 0)) {
                String topic = "T" + random.nextInt(TOPICS);
                for (int i = 0; i < 20; i++) {
                    String properties = "UNIQ_KEY\u0001u" + sent++ + "\u0002KEYS\u0001k\u0002";
                    byte[] body = ("m" + "x".repeat(random.nextInt(500))).getBytes(StandardCharsets.UTF_8);
                    stored(append(store, draft(topic, random.nextInt(4), properties, body)));
                }
                if (random.nextInt(3) == 0) {
                    store.deleteTopic("T" + random.nextInt(TOPICS));
                }
                if (random.nextInt(10) == 0) {
                    store.keepUp();
                }
            }
            isOver.set(true);
            for (CompletableFuture<Void> reader : readers) {
                reader.get();
            }
            assertThat(store.state().refusal()).isEmpty();
        }
        assertThat(found.get()).isPositive();
    }

    private static int read(LocalMessageStore store, Random random) {
        TopicQueue queue = new TopicQueue("T" + random.nextInt(TOPICS), random.nextInt(4));
        long max = store.range(queue).maxOffset();
        ReadResult result =
                store.read(new ReadRequest(queue, random.nextLong(max + 1), 32, 1 << 18, MessageFilter.ALL));
        try {
            assertIntact(result.records());
        } finally {
            result.release();
        }
        KeyQueryResult keyed = store.query(new KeyQuery(queue.topic(), "k", false, 8, 0, Long.MAX_VALUE));
        try {
            assertIntact(keyed.records());
        } finally {
            keyed.release();
        }
        return result.records().size() + keyed.records().size();
    }

    private static void assertIntact(List<ByteBuffer> records) {
        MessageRecord record = new MessageRecord();
        for (ByteBuffer bytes : records) {
            assertThat(record.wrap(bytes) && record.isIntact()).isTrue();
        }
    }
}
