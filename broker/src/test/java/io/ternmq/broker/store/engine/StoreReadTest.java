package io.ternmq.broker.store.engine;

import static io.ternmq.broker.store.engine.StoreFixture.answer;
import static io.ternmq.broker.store.engine.StoreFixture.append;
import static io.ternmq.broker.store.engine.StoreFixture.awaitDispatched;
import static io.ternmq.broker.store.engine.StoreFixture.bodies;
import static io.ternmq.broker.store.engine.StoreFixture.draft;
import static io.ternmq.broker.store.engine.StoreFixture.store;
import static io.ternmq.broker.store.engine.StoreFixture.stored;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ternmq.broker.store.AppendOutcome;
import io.ternmq.broker.store.ArrivalListener;
import io.ternmq.broker.store.MessageDraft;
import io.ternmq.broker.store.MessageFilter;
import io.ternmq.broker.store.QueueRange;
import io.ternmq.broker.store.ReadRequest;
import io.ternmq.broker.store.ReadResult;
import io.ternmq.broker.store.ReadResult.Status;
import io.ternmq.broker.store.TimeBoundary;
import io.ternmq.broker.store.TopicQueue;
import io.ternmq.common.message.MessageRecord;
import io.ternmq.common.message.SystemFlags;
import io.ternmq.common.time.FakeClock;
import io.ternmq.common.work.BoundedPool;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreReadTest {
    private static final TopicQueue QUEUE = new TopicQueue("T", 0);

    @TempDir
    private Path root;

    @Test
    void readsStopAtTheCountAndAtTheBytesButGiveTheFirstWhateverItsSize() {
        try (LocalMessageStore store = new StoreFixture(root).open()) {
            for (int i = 0; i < 40; i++) {
                store(store, "T", 0, "x".repeat(1000));
            }
            awaitDispatched(store);

            assertThat(count(store, 0, 10, 1 << 20)).isEqualTo(10);
            assertThat(count(store, 0, 32, 5000)).isEqualTo(4); // of about 1100 bytes each
            assertThat(count(store, 0, 32, 10)).isEqualTo(1);
            assertThat(count(store, 35, 32, 1 << 20)).isEqualTo(5);
        }
    }

    @Test
    void aFilterByTagSeesTheHashAndTheReaderGoesOnBehindWhatDidNotMatch() {
        try (LocalMessageStore store = new StoreFixture(root).open()) {
            for (int i = 0; i < 3000; i++) {
                append(store, draft("T", 0, "TAGS\u0001" + (i == 2500 ? "wanted" : "other") + "\u0002", bytes(i)));
            }
            awaitDispatched(store);
            MessageFilter filter = new MessageFilter() {
                @Override
                public boolean mayMatch(long tagsHash) {
                    return tagsHash == "wanted".hashCode();
                }
            };

            long next = 0;
            List<String> found = new ArrayList<>();
            while (next < 3000) {
                ReadResult result = store.read(new ReadRequest(QUEUE, next, 32, 1 << 18, filter));
                result.records().forEach(record -> found.add(body(record)));
                assertThat(result.status()).isIn(Status.NO_MATCH, Status.FOUND);
                assertThat(result.nextOffset()).isGreaterThan(next);
                next = result.nextOffset();
                result.release();
            }
            assertThat(found).containsExactly("2500");
        }
    }

    @Test
    void aFilterThatReadsRecordsDecidesByThem() {
        try (LocalMessageStore store = new StoreFixture(root).open()) {
            IntStream.range(0, 100).forEach(i -> store(store, "T", 0, Integer.toString(i)));
            awaitDispatched(store);
            MessageFilter filter = new MessageFilter() {
                @Override
                public boolean readsRecord() {
                    return true;
                }

                @Override
                public boolean matches(MessageRecord record) {
                    return body(record.bytes()).endsWith("7");
                }
            };

            ReadResult result = store.read(new ReadRequest(QUEUE, 0, 32, 1 << 18, filter));

            assertThat(result.records().stream().map(StoreReadTest::body).toList())
                    .containsExactly("7", "17", "27", "37", "47", "57", "67", "77", "87", "97");
            assertThat(result.nextOffset()).isEqualTo(100);
            result.release();
        }
    }

    @Test
    void aFilterThatTakesItsTimeLooksAtFewMessagesInOneRead() {
        try (LocalMessageStore store = new StoreFixture(root).open()) {
            IntStream.range(0, 200).forEach(i -> store(store, "T", 0, Integer.toString(i)));
            awaitDispatched(store);
            MessageFilter filter = new MessageFilter() {
                @Override
                public boolean readsRecord() {
                    return true;
                }

                @Override
                public boolean matches(MessageRecord record) {
                    return false;
                }

                @Override
                public int lookedAtMax() {
                    return 100;
                }
            };

            ReadResult result = store.read(new ReadRequest(QUEUE, 0, 32, 1 << 18, filter));

            assertThat(result.status()).isEqualTo(Status.NO_MATCH);
            assertThat(result.nextOffset()).isBetween(100L, 163L);
            result.release();
        }
    }

    @Test
    void hotAndColdReadsGiveTheSameBytes() {
        for (String hotBytes : new String[] {"0", "40000", "33554432"}) {
            try (LocalMessageStore store =
                    new StoreFixture(root).with("storeHotReadBytes", hotBytes).open()) {
                long first = store.range(QUEUE).maxOffset();
                List<String> sent = IntStream.range(0, 500)
                        .mapToObj(i -> hotBytes + "/" + i + "y".repeat(i))
                        .toList();
                sent.forEach(body -> store(store, "T", 0, body));
                awaitDispatched(store);

                assertThat(bodies(store, "T", 0, first)).isEqualTo(sent);
                assertThat(store.isHot(QUEUE, first + 500)).isTrue();
                assertThat(store.isHot(QUEUE, first)).isEqualTo(hotBytes.equals("33554432"));
            }
        }
    }

    @Test
    void coolingUnmapsNothingThatIsStillReadAndColdReadsGoOn() {
        try (LocalMessageStore store = new StoreFixture(root)
                .with("storeHotReadBytes", "65536")
                .with("storeCachedReadBytes", "65536")
                .with("flushIntervalCommitLog", "10")
                .open()) {
            List<String> sent = IntStream.range(0, 1100)
                    .mapToObj(i -> "m" + i + "z".repeat(500))
                    .toList();
            store(store, "T", 0, sent.get(0));
            awaitDispatched(store);
            ReadResult held = store.read(new ReadRequest(QUEUE, 0, 1, 1 << 18, MessageFilter.ALL));
            sent.subList(1, 1100).forEach(body -> store(store, "T", 0, body));
            awaitDispatched(store);
            await().atMost(StoreFixture.PATIENCE) // what is not forced is not unmapped
                    .until(() ->
                            store.state().flushedPosition() == store.state().appendedPosition());

            store.keepUp();

            assertThat(body(held.records().get(0))).isEqualTo(sent.get(0));
            held.release();
            assertThat(bodies(store, "T", 0, 0)).isEqualTo(sent);
            Optional<ReadResult> mapped =
                    store.readFromMemory(new ReadRequest(QUEUE, 1020, 1, 1 << 18, MessageFilter.ALL));
            assertThat(mapped).isPresent();
            mapped.get().release();
            assertThat(store.readFromMemory(new ReadRequest(QUEUE, 8, 1, 1 << 18, MessageFilter.ALL)))
                    .as("what is known, but no longer mapped")
                    .isEmpty();
        }
    }

    @Test
    void offsetsAreFoundByStoreTime() {
        FakeClock clock = new FakeClock(1_000_000);
        try (LocalMessageStore store = new StoreFixture(root).with(clock).open()) {
            for (int i = 0; i < 300; i++) {
                store(store, "T", 0, "m" + i);
                clock.advance(Duration.ofMillis(i % 3 == 2 ? 100 : 0)); // three messages share each time
            }
            awaitDispatched(store);

            assertThat(store.offsetAt(QUEUE, 0, TimeBoundary.LOWER)).isZero();
            assertThat(store.offsetAt(QUEUE, 1_000_000, TimeBoundary.LOWER)).isZero();
            assertThat(store.offsetAt(QUEUE, 1_000_001, TimeBoundary.LOWER)).isEqualTo(3);
            assertThat(store.offsetAt(QUEUE, 1_000_100, TimeBoundary.LOWER)).isEqualTo(3);
            assertThat(store.offsetAt(QUEUE, 1_000_100, TimeBoundary.UPPER)).isEqualTo(5);
            assertThat(store.offsetAt(QUEUE, 1_000_199, TimeBoundary.UPPER)).isEqualTo(5);
            assertThat(store.offsetAt(QUEUE, 9_000_000, TimeBoundary.LOWER)).isEqualTo(300);
            assertThat(store.offsetAt(QUEUE, 9_000_000, TimeBoundary.UPPER)).isEqualTo(299);
            assertThat(store.offsetAt(QUEUE, 0, TimeBoundary.UPPER)).isZero();
            assertThat(store.offsetAt(new TopicQueue("none", 0), 1, TimeBoundary.LOWER))
                    .isZero();
            assertThat(store.storeMillis(QUEUE, 4)).isEqualTo(OptionalLong.of(1_000_100));
            assertThat(store.storeMillis(QUEUE, 300)).isEmpty();
        }
    }

    @Test
    void recordsAreReadByPositionAndOnlyWhereOneBegins() {
        try (LocalMessageStore store = new StoreFixture(root).open()) {
            store(store, "T", 0, "first");
            long position = store(store, "T", 0, "second").positions()[0];

            assertThat(store.readRecord(position, StoreReadTest::body)).contains("second");
            assertThat(store.readRecord(position + 1, StoreReadTest::body)).isEmpty();
            assertThat(store.readRecord(-1, StoreReadTest::body)).isEmpty();
            assertThat(store.readRecord(1L << 40, StoreReadTest::body)).isEmpty();
        }
    }

    @Test
    void halfMessagesAndRollbacksAreInNoQueueAndTakeNoOffset() {
        try (LocalMessageStore store = new StoreFixture(root).open()) {
            store(store, "T", 0, "m0");
            assertThat(stored(append(store, flagged(SystemFlags.TRANSACTION_PREPARED)))
                            .queueOffset())
                    .isZero();
            assertThat(stored(append(store, flagged(SystemFlags.TRANSACTION_ROLLBACK)))
                            .queueOffset())
                    .isZero();
            assertThat(stored(append(store, flagged(SystemFlags.TRANSACTION_COMMIT)))
                            .queueOffset())
                    .isEqualTo(1);
            awaitDispatched(store);
            assertThat(bodies(store, "T", 0, 0)).containsExactly("m0", "flagged");
        }
    }

    @Test
    void aDeletedTopicBeginsAnewAlsoAfterALostStop() throws Exception {
        try (LocalMessageStore store = new StoreFixture(root).open()) {
            for (int i = 0; i < 300; i++) {
                store(store, "T", i % 2, "old");
                store(store, "Other", 0, "kept " + i);
            }
            store.deleteTopic("T");

            assertThat(store.range(QUEUE)).isEqualTo(QueueRange.EMPTY);
            assertThat(store.queues()).containsExactly(new TopicQueue("Other", 0));
            assertThat(root.resolve("consumequeue/T")).doesNotExist();
            assertThat(store(store, "T", 0, "new 0").queueOffset()).isZero();
            assertThat(store(store, "T", 0, "new 1").queueOffset()).isEqualTo(1);
            awaitDispatched(store);
            assertThat(bodies(store, "T", 0, 0)).containsExactly("new 0", "new 1");
        }
        Files.delete(root.resolve("checkpoint")); // all is derived again, the old records first
        try (LocalMessageStore store = new StoreFixture(root).open()) {
            assertThat(bodies(store, "T", 0, 0)).containsExactly("new 0", "new 1");
            assertThat(bodies(store, "Other", 0, 0)).hasSize(300);
        }
    }

    @Test
    void listenersHearOfEachMessageInOrderOnceItCanBeRead() {
        List<String> heard = Collections.synchronizedList(new ArrayList<>());
        LocalMessageStore[] opened = new LocalMessageStore[1];
        ArrivalListener listener = new ArrivalListener() {
            @Override
            public void attached(Runnable ring) {
                heard.add("attached");
            }

            @Override
            public void arrived(TopicQueue queue, long queueOffset, long tagsHash) {
                boolean isReadable = opened[0] == null || opened[0].range(queue).maxOffset() > queueOffset;
                heard.add(queue.topic() + queue.queueId() + "@" + queueOffset + "#" + tagsHash + isReadable);
            }

            @Override
            public int doWork() {
                return 0;
            }
        };
        StoreFixture fixture = new StoreFixture(root).with(StoreDoors.listeners(List.of(listener)));
        try (LocalMessageStore store = fixture.open()) {
            opened[0] = store;
            append(store, draft("T", 0, "TAGS\u0001a\u0002", new byte[1]), draft("T", 0, "", new byte[1]));
            awaitDispatched(store);
            append(store, draft("T", 1, "TAGS\u0001b\u0002", new byte[1]));
            awaitDispatched(store);
        }
        assertThat(heard).containsExactly("attached", "T0@0#97true", "T0@1#0true", "T1@0#98true");
    }

    @Test
    void manyWhoAppendKeepTheirOrderAndOffsetsHaveNoGap() {
        int threads = 4;
        int each = 2000;
        try (LocalMessageStore store = new StoreFixture(root)
                        .with("mappedFileSizeCommitLog", "262144")
                        .open();
                BoundedPool pool = new BoundedPool("sender", threads, threads)) {
            List<CompletableFuture<Void>> done = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                int id = thread;
                CompletableFuture<?>[] answers = new CompletableFuture<?>[each];
                CompletableFuture<Void> offered = new CompletableFuture<>();
                done.add(offered.thenCompose(nothing -> CompletableFuture.allOf(answers)));
                pool.execute(() -> {
                    for (int i = 0; i < each; i++) {
                        answers[i] = store.append(List.of(draft("T", i % 3, id + ":" + i)), true)
                                .thenApply(StoreFixture::stored);
                    }
                    offered.complete(null);
                });
            }
            done.forEach(StoreFixture::answer);
            awaitDispatched(store);

            int count = 0;
            for (int queue = 0; queue < 3; queue++) {
                int[] last = {-1, -1, -1, -1};
                for (String body : bodies(store, "T", queue, 0)) {
                    String[] parts = body.split(":", -1);
                    int id = Integer.parseInt(parts[0]);
                    int number = Integer.parseInt(parts[1]);
                    assertThat(number).isGreaterThan(last[id]);
                    last[id] = number;
                    count++;
                }
            }
            assertThat(count).isEqualTo(threads * each);
        }
    }

    @Test
    void aForeignStoreKeepsTheLengthsItsFilesHave() throws Exception {
        List<String> sent = new ArrayList<>();
        try (LocalMessageStore store = new StoreFixture(root)
                .with("mappedFileSizeCommitLog", "8192")
                .with("mappedFileSizeConsumeQueue", "1000")
                .open()) {
            for (int i = 0; i < 200; i++) {
                store(store, "T", 0, "m" + i);
                sent.add("m" + i);
            }
        }
        try (LocalMessageStore store = new StoreFixture(root).open()) {
            for (int i = 200; i < 400; i++) {
                store(store, "T", 0, "m" + i);
                sent.add("m" + i);
            }
            awaitDispatched(store);
            assertThat(bodies(store, "T", 0, 0)).isEqualTo(sent);
        }
        assertThat(root.resolve("commitlog/00000000000000024576")).hasSize(8192);
        assertThat(root.resolve("consumequeue/T/0/00000000000000007000")).hasSize(1000);
    }

    @Test
    void aQueueNeedsAName() {
        try (LocalMessageStore store = new StoreFixture(root).open()) {
            for (String topic : new String[] {"", "../x", "a/b", ".", "a\\b", "a\0b"}) {
                assertThatThrownBy(() -> store.append(List.of(draft(topic, 0, "x")), true))
                        .isInstanceOf(IllegalArgumentException.class);
            }
            assertThatThrownBy(() -> store.append(List.of(), true)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> store.append(List.of(draft("T", 0, "x"), draft("T", 1, "y")), true))
                    .isInstanceOf(IllegalArgumentException.class);
            CompletableFuture<AppendOutcome> next = store.append(List.of(draft("T", 0, "x")), true);
            assertThat(stored(answer(next)).queueOffset()).isZero();
        }
    }

    private static MessageDraft flagged(int sysFlag) {
        return new MessageDraft(
                "T", 0, 0, sysFlag, 1, StoreFixture.BORN_HOST, 0, 0, "", ByteBuffer.wrap("flagged".getBytes(UTF_8)));
    }

    private static int count(LocalMessageStore store, long offset, int countMax, int bytesMax) {
        ReadResult result = store.read(new ReadRequest(QUEUE, offset, countMax, bytesMax, MessageFilter.ALL));
        int count = result.records().size();
        assertThat(result.nextOffset()).isEqualTo(offset + count);
        result.release();
        return count;
    }

    private static byte[] bytes(int number) {
        return Integer.toString(number).getBytes(UTF_8);
    }

    private static String body(ByteBuffer bytes) {
        MessageRecord record = new MessageRecord();
        assertThat(record.wrap(bytes)).isTrue();
        return UTF_8.decode(record.body()).toString();
    }
}
