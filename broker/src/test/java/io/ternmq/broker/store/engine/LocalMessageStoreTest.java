package io.ternmq.broker.store.engine;

import static io.ternmq.broker.store.engine.StoreFixture.append;
import static io.ternmq.broker.store.engine.StoreFixture.awaitDispatched;
import static io.ternmq.broker.store.engine.StoreFixture.bodies;
import static io.ternmq.broker.store.engine.StoreFixture.draft;
import static io.ternmq.broker.store.engine.StoreFixture.refused;
import static io.ternmq.broker.store.engine.StoreFixture.store;
import static io.ternmq.broker.store.engine.StoreFixture.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ternmq.broker.store.AppendOutcome.Refusal;
import io.ternmq.broker.store.AppendOutcome.Stored;
import io.ternmq.broker.store.MessageDraft;
import io.ternmq.broker.store.MessageFilter;
import io.ternmq.broker.store.QueueRange;
import io.ternmq.broker.store.ReadRequest;
import io.ternmq.broker.store.ReadResult;
import io.ternmq.broker.store.ReadResult.Status;
import io.ternmq.broker.store.StoreConfig;
import io.ternmq.broker.store.StoreException;
import io.ternmq.broker.store.TopicQueue;
import io.ternmq.common.config.Settings;
import io.ternmq.common.message.MessageRecord;
import io.ternmq.common.time.Clock;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalMessageStoreTest {
    private static final TopicQueue QUEUE = new TopicQueue("T", 3);

    @TempDir
    private Path root;

    @Test
    void whatIsAppendedCanBeReadInOrder() {
        try (LocalMessageStore store = new StoreFixture(root).open()) {
            List<String> sent =
                    IntStream.range(0, 1000).mapToObj(i -> "message " + i).toList();

            sent.forEach(body -> store(store, "T", 3, body));

            awaitDispatched(store);
            assertThat(bodies(store, "T", 3, 0)).isEqualTo(sent);
            assertThat(store.range(QUEUE)).isEqualTo(new QueueRange(0, 1000));
            assertThat(store.queues()).containsExactly(QUEUE);
        }
    }

    @Test
    void offsetsOfAQueueAreContiguousAndPositionsRise() {
        try (LocalMessageStore store = new StoreFixture(root).open()) {
            long position = -1;
            for (int i = 0; i < 300; i++) {
                Stored stored = store(store, "T", 3, "x".repeat(i * 7));

                assertThat(stored.queueOffset()).isEqualTo(i);
                assertThat(stored.positions()[0]).isGreaterThan(position);
                position = stored.positions()[0];
            }
        }
    }

    @Test
    void aUnitGetsConsecutiveOffsetsInOneSegment() {
        try (LocalMessageStore store = new StoreFixture(root).open()) {
            for (int i = 0; i < 100; i++) {
                Stored stored = stored(
                        append(store, draft("T", 3, "a" + i), draft("T", 3, "b".repeat(900)), draft("T", 3, "c" + i)));

                assertThat(stored.queueOffset()).isEqualTo(i * 3L);
                assertThat(stored.positions()[0] / 65536).isEqualTo(stored.positions()[2] / 65536);
            }
            awaitDispatched(store);
            assertThat(bodies(store, "T", 3, 297)).containsExactly("a99", "b".repeat(900), "c99");
        }
    }

    @Test
    void aStoreOpenedAgainHasItsMessagesAndGoesOn() {
        List<String> sent = new ArrayList<>();
        for (int run = 0; run < 4; run++) {
            try (LocalMessageStore store = new StoreFixture(root).open()) {
                assertThat(bodies(store, "T", 3, 0)).isEqualTo(sent);
                for (int i = 0; i < 400; i++) {
                    String body = "run " + run + " message " + i;
                    assertThat(store(store, "T", 3, body).queueOffset()).isEqualTo(sent.size());
                    sent.add(body);
                }
            }
            assertThat(root.resolve("abort")).doesNotExist();
        }
    }

    @Test
    void filesHaveTheirFullLengthAndOfficialNames() throws Exception {
        try (LocalMessageStore store = new StoreFixture(root).open()) {
            for (int i = 0; i < 400; i++) {
                store(store, "T", 3, "x".repeat(300));
            }
            awaitDispatched(store);
            assertThat(root.resolve("abort")).exists();
            assertThat(root.resolve("lock")).exists();
        }

        assertThat(sizes(root.resolve("commitlog")))
                .startsWith("00000000000000000000 65536", "00000000000000065536 65536");
        assertThat(sizes(root.resolve("consumequeue/T/3")))
                .containsExactly(
                        "00000000000000000000 2000",
                        "00000000000000002000 2000",
                        "00000000000000004000 2000",
                        "00000000000000006000 2000");
        assertThat(root.resolve("checkpoint")).hasSize(4096);
    }

    @Test
    void readsOutsideTheQueueSayWhereToReadNext() {
        try (LocalMessageStore store = new StoreFixture(root).open()) {
            for (int i = 0; i < 5; i++) {
                store(store, "T", 3, "m" + i);
            }
            awaitDispatched(store);

            assertThat(status(store, new TopicQueue("T", 4), 0)).isEqualTo(Status.UNKNOWN_QUEUE);
            assertThat(status(store, QUEUE, 5)).isEqualTo(Status.AT_END);
            assertThat(status(store, QUEUE, 6)).isEqualTo(Status.BEYOND_END);
            assertThat(next(store, QUEUE, 6)).isEqualTo(5);
            assertThat(status(store, QUEUE, -1)).isEqualTo(Status.BEFORE_START);
            assertThat(next(store, QUEUE, -1)).isZero();
        }
    }

    @Test
    void aBodyOfTheLimitIsTakenAndOneByteMoreIsNot() {
        try (LocalMessageStore store = new StoreFixture(root)
                .with("mappedFileSizeCommitLog", "1048576")
                .with("maxMessageSize", "100000")
                .open()) {

            assertThat(stored(append(store, draft("T", 3, "x".repeat(100_000)))).queueOffset())
                    .isZero();
            assertThat(refused(append(store, draft("T", 3, "x".repeat(100_001))))
                            .reason())
                    .isEqualTo(Refusal.TOO_LARGE);
            assertThat(stored(append(store, draft("T", 3, "y"))).queueOffset()).isEqualTo(1);
        }
    }

    @Test
    void propertiesOfTheLimitAreTakenAndOneByteMoreIsNot() {
        try (LocalMessageStore store = new StoreFixture(root).open()) {
            String properties = "k\u0001" + "v".repeat(32764) + "\u0002";

            assertThat(stored(append(store, draft("T", 3, properties, new byte[1])))
                            .queueOffset())
                    .isZero();
            assertThat(refused(append(store, draft("T", 3, properties + "x", new byte[1])))
                            .reason())
                    .isEqualTo(Refusal.TOO_LARGE);
        }
    }

    @Test
    void aUnitThatFitsNoSegmentIsRefused() {
        try (LocalMessageStore store = new StoreFixture(root).open()) {
            assertThat(refused(append(store, draft("T", 3, "x".repeat(65_536)))).reason())
                    .isEqualTo(Refusal.TOO_LARGE);
            assertThat(stored(append(store, draft("T", 3, "x".repeat(65_536 - 8 - 92))))
                            .queueOffset())
                    .isZero();
        }
    }

    @Test
    void aSecondStoreInTheSameDirectoryIsRefusedByName() {
        try (LocalMessageStore store = new StoreFixture(root).open()) {
            assertThat(store.queues()).isEmpty();
            assertThatThrownBy(() -> new StoreFixture(root).open())
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining(root.toString())
                    .hasMessageContaining("storePathRootDir");
        }
    }

    private static Status status(LocalMessageStore store, TopicQueue queue, long offset) {
        return read(store, queue, offset).status();
    }

    private static long next(LocalMessageStore store, TopicQueue queue, long offset) {
        return read(store, queue, offset).nextOffset();
    }

    private static ReadResult read(LocalMessageStore store, TopicQueue queue, long offset) {
        ReadResult result = store.read(new ReadRequest(queue, offset, 32, 1 << 18, MessageFilter.ALL));
        result.release();
        return result;
    }

    private static List<String> sizes(Path directory) throws Exception {
        try (Stream<Path> paths = Files.list(directory)) {
            return paths.sorted()
                    .map(path -> path.getFileName() + " " + path.toFile().length())
                    .toList();
        }
    }

    @Test
    void longTopicsAndLongAddressesAreStoredAndFoundAgain() throws Exception {
        String topic = "%RETRY%" + "g".repeat(200);
        InetSocketAddress host = new InetSocketAddress(InetAddress.getByName("2001:db8::7"), 65_535);
        MessageDraft draft = new MessageDraft(
                topic, 3, 1, 0, 1_700_000_000_000L, host, 2, 0, "KEYS\u0001a", ByteBuffer.wrap(new byte[] {1, 2, 3}));
        StoreConfig config = StoreConfig.from(Settings.of(Map.of(
                "storePathRootDir", root.toString(),
                "mappedFileSizeCommitLog", "65536",
                "diskSpaceWarningLevelRatio", "100",
                "diskSpaceCleanForciblyRatio", "100")));
        long position;
        try (LocalMessageStore store = LocalMessageStore.open(config, host, Clock.system(), List.of())) {
            position = StoreFixture.stored(StoreFixture.append(store, draft)).positions()[0];
        }

        try (LocalMessageStore store = LocalMessageStore.open(config, host, Clock.system(), List.of())) {
            assertThat(StoreFixture.bodies(store, topic, 3, 0)).hasSize(1);
            boolean isWhole = store.readRecord(position, bytes -> {
                        MessageRecord record = new MessageRecord();
                        assertThat(record.wrap(bytes)).isTrue();
                        assertThat(record.magic()).isEqualTo(MessageRecord.MAGIC_V2);
                        assertThat(record.topic()).isEqualTo(topic);
                        assertThat(record.bornHost()).isEqualTo(host);
                        assertThat(record.storeHost()).isEqualTo(host);
                        return record.isIntact();
                    })
                    .orElse(false);
            assertThat(isWhole).isTrue();
        }
    }
}
