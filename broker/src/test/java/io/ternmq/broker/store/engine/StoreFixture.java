package io.ternmq.broker.store.engine;

import io.ternmq.broker.store.AppendOutcome;
import io.ternmq.broker.store.AppendOutcome.Refused;
import io.ternmq.broker.store.AppendOutcome.Stored;
import io.ternmq.broker.store.MessageDraft;
import io.ternmq.broker.store.MessageFilter;
import io.ternmq.broker.store.ReadRequest;
import io.ternmq.broker.store.ReadResult;
import io.ternmq.broker.store.StoreConfig;
import io.ternmq.broker.store.TopicQueue;
import io.ternmq.broker.store.file.DiskFiles;
import io.ternmq.broker.store.file.StoreFiles;
import io.ternmq.common.config.Settings;
import io.ternmq.common.message.MessageRecord;
import io.ternmq.common.time.Clock;
import io.ternmq.common.work.Workers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Opens stores with small files in a given directory, and does with them what tests often do. */
final class StoreFixture {
    static final Duration PATIENCE = Duration.ofSeconds(20);
    static final InetSocketAddress STORE_HOST = host(10, 0, 0, 1, 10911);
    static final InetSocketAddress BORN_HOST = host(10, 0, 0, 9, 5555);

    private Settings settings;
    private StoreFiles files = new DiskFiles();
    private Workers workers = Workers.threads(Clock.system());
    private StoreDoors doors = StoreDoors.listeners(List.of());

    StoreFixture(Path root) {
        settings = Settings.of(Map.of(
                "storePathRootDir", root.toString(),
                "mappedFileSizeCommitLog", "65536",
                "mappedFileSizeConsumeQueue", "2000",
                "maxHashSlotNum", "97",
                "maxIndexNum", "301",
                "diskFreeSpaceEnough", "0",
                "diskSpaceWarningLevelRatio", "100",
                "diskSpaceCleanForciblyRatio", "100",
                "diskMaxUsedSpaceRatio", "95"));
    }

    StoreFixture with(String key, String value) {
        settings = settings.with(key, value);
        return this;
    }

    StoreFixture with(StoreFiles others) {
        files = others;
        return this;
    }

    StoreFixture with(Clock clock) {
        return with(Workers.threads(clock));
    }

    StoreFixture with(Workers others) {
        workers = others;
        return this;
    }

    StoreFixture with(StoreDoors others) {
        doors = others;
        return this;
    }

    LocalMessageStore open() {
        return new StoreOpening(StoreConfig.from(settings), files, STORE_HOST, workers, doors).open();
    }

    static MessageDraft draft(String topic, int queueId, String properties, byte[] body) {
        return new MessageDraft(
                topic, queueId, 0, 0, 1_700_000_000_000L, BORN_HOST, 0, 0, properties, ByteBuffer.wrap(body));
    }

    static MessageDraft draft(String topic, int queueId, String body) {
        return draft(topic, queueId, "", body.getBytes(StandardCharsets.UTF_8));
    }

    static AppendOutcome append(LocalMessageStore store, MessageDraft... unit) {
        return answer(store.append(List.of(unit), true));
    }

    static Stored store(LocalMessageStore store, String topic, int queueId, String body) {
        return stored(append(store, draft(topic, queueId, body)));
    }

    static Stored stored(AppendOutcome outcome) {
        return outcome.fold(stored -> stored, refused -> {
            throw new AssertionError("refused: " + refused);
        });
    }

    static Refused refused(AppendOutcome outcome) {
        return outcome.fold(
                stored -> {
                    throw new AssertionError("stored: " + stored);
                },
                refused -> refused);
    }

    static <T> T answer(CompletableFuture<T> future) {
        return future.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** Waits until all that was appended can be read. */
    static void awaitDispatched(LocalMessageStore store) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> store.state().dispatchedPosition() == store.state().appendedPosition());
    }

    /** Has what is to be removed from the log removed, as far as it is dispatched, once the disk has it. */
    static void makeRoom(LocalMessageStore store) {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> store.state().flushedPosition() == store.state().appendedPosition());
        store.keepUp(); // looks up what to note
        store.keepUp(); // notes it
        store.keepUp(); // removes what the note does not need
    }

    /** The bodies of what was read, which is released then. */
    static List<String> bodiesOf(ReadResult result) {
        List<String> bodies = new ArrayList<>();
        MessageRecord record = new MessageRecord();
        result.records().forEach(bytes -> {
            if (!record.wrap(bytes)) {
                throw new AssertionError("no record: " + bytes);
            }
            bodies.add(StandardCharsets.UTF_8.decode(record.body()).toString());
        });
        result.release();
        return bodies;
    }

    /** Bodies of all messages of a queue from an offset on. */
    static List<String> bodies(LocalMessageStore store, String topic, int queueId, long from) {
        List<String> bodies = new ArrayList<>();
        MessageRecord record = new MessageRecord();
        long offset = from;
        while (true) {
            ReadResult result =
                    store.read(new ReadRequest(new TopicQueue(topic, queueId), offset, 32, 1 << 18, MessageFilter.ALL));
            try {
                if (result.status() != ReadResult.Status.FOUND) {
                    return bodies;
                }
                for (ByteBuffer bytes : result.records()) {
                    if (!record.wrap(bytes) || !record.isBodyIntact()) {
                        throw new AssertionError("no intact record at offset " + offset);
                    }
                    bodies.add(StandardCharsets.UTF_8.decode(record.body()).toString());
                }
                offset = result.nextOffset();
            } finally {
                result.release();
            }
        }
    }

    private static InetSocketAddress host(int a, int b, int c, int d, int port) {
        try {
            byte[] address = {(byte) a, (byte) b, (byte) c, (byte) d};
            return new InetSocketAddress(InetAddress.getByAddress(address), port);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    /** What a killed process would leave: a copy of its directory as it is now, in one that is empty or missing. */
    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Files.copy(path, to.resolve(from.relativize(path)), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
