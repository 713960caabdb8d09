package io.ternmq.broker.store.engine;

import static io.ternmq.broker.store.engine.StoreFixture.awaitDispatched;
import static io.ternmq.broker.store.engine.StoreFixture.bodiesOf;
import static io.ternmq.broker.store.engine.StoreFixture.store;
import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.store.MessageFilter;
import io.ternmq.broker.store.ReadRequest;
import io.ternmq.broker.store.ReadResult;
import io.ternmq.broker.store.TopicQueue;
import io.ternmq.broker.store.file.DiskFiles;
import io.ternmq.broker.store.file.StoreFile;
import io.ternmq.broker.store.file.StoreFiles;
import io.ternmq.broker.store.queue.ConsumeQueueEntry;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How often the system is asked for the records of one read that are no longer mapped. */
final class ColdReadTest {
    private static final int MESSAGES = 32;

    @TempDir
    private Path root;

    private final AtomicInteger logReads = new AtomicInteger();
    private final AtomicLong bytesRead = new AtomicLong();

    @Test
    void recordsThatLieSideBySideAreReadAtOnce() {
        try (LocalMessageStore store = open()) {
            for (int i = 0; i < MESSAGES; i++) {
                store(store, "T", 0, "message " + i);
            }
            awaitDispatched(store);

            assertThat(read(store, MESSAGES))
                    .hasSize(MESSAGES)
                    .startsWith("message 0")
                    .endsWith("message 31");
            assertThat(logReads).hasValue(1);
        }
    }

    @Test
    void recordsOfAFewQueuesInTurnAreReadAtOnceToo() {
        try (LocalMessageStore store = open()) {
            for (int i = 0; i < MESSAGES; i++) {
                for (int queue = 0; queue < 4; queue++) {
                    store(store, "T", queue, "message " + i + "x".repeat(200));
                }
            }
            awaitDispatched(store);

            assertThat(read(store, MESSAGES)).hasSize(MESSAGES);
            assertThat(logReads).hasValue(1);
        }
    }

    @Test
    void recordsThatLieFarApartAreReadOneByOne() {
        try (LocalMessageStore store = open()) {
            for (int i = 0; i < 4; i++) {
                store(store, "T", 0, "message " + i);
                store(store, "T", 1, "x".repeat(3 * Collecting.BYTES_BESIDE_MAX));
            }
            awaitDispatched(store);

            assertThat(read(store, 4)).hasSize(4);
            assertThat(logReads).hasValue(4);
        }
    }

    @Test
    void noMoreIsReadThanIsAskedFor() {
        try (LocalMessageStore store = open()) {
            for (int i = 0; i < MESSAGES; i++) {
                store(store, "T", 0, "message " + i);
            }
            awaitDispatched(store);

            assertThat(read(store, 1)).containsExactly("message 0");
            assertThat(read(store, 3)).containsExactly("message 0", "message 1", "message 2");
            assertThat(logReads).hasValue(2);
        }
    }

    @Test
    void recordsOnBothSidesOfAFilesEndAreAllRead() {
        try (LocalMessageStore store = open()) {
            List<String> sent = new ArrayList<>();
            for (int i = 0; i < MESSAGES; i++) {
                sent.add("message " + i + "x".repeat(3_000)); // a file of the log holds 65536 bytes
                store(store, "T", 0, sent.get(i));
            }
            awaitDispatched(store);

            assertThat(read(store, MESSAGES)).isEqualTo(sent);
            assertThat(logReads).hasValueLessThan(MESSAGES);
        }
    }

    @Test
    void noMoreBytesAreCopiedThanMayBeAnswered() {
        try (LocalMessageStore store = open()) {
            for (int i = 0; i < 8; i++) {
                store(store, "T", 0, "x".repeat(5_000));
            }
            awaitDispatched(store);

            ReadResult result = store.read(new ReadRequest(new TopicQueue("T", 0), 0, 8, 11_000, MessageFilter.ALL));

            assertThat(result.records()).hasSize(2);
            result.release();
            assertThat(bytesRead).hasValueLessThan(11_000);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, Long.MAX_VALUE, 1L << 40})
    void anEntryThatIsDamagedCostsItsMessageAlone(long position) throws IOException {
        try (LocalMessageStore store = open()) {
            for (int i = 0; i < 8; i++) {
                store(store, "T", 0, "message " + i);
            }
        }
        try (LocalMessageStore store = open()) { // one that has read nothing of the file yet
            damageEntry(3, position);

            List<String> bodies = new ArrayList<>();
            long next = 0;
            while (next < 8) {
                ReadResult result =
                        store.read(new ReadRequest(new TopicQueue("T", 0), next, 8, 1 << 20, MessageFilter.ALL));
                bodies.addAll(bodiesOf(result));
                assertThat(result.nextOffset()).isGreaterThan(next);
                next = result.nextOffset();
            }

            assertThat(bodies)
                    .containsExactly(
                            "message 0", "message 1", "message 2", "message 4", "message 5", "message 6", "message 7");
        }
    }

    private void damageEntry(int offset, long position) throws IOException {
        Path file = root.resolve("consumequeue/T/0").resolve("0".repeat(20));
        ByteBuffer entry = ByteBuffer.allocate(Long.BYTES + Integer.BYTES).putLong(position);
        entry.putInt(position == 0 ? 0 : 100).flip();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(entry, (long) offset * ConsumeQueueEntry.BYTES);
        }
    }

    private static List<String> read(LocalMessageStore store, int count) {
        return bodiesOf(store.read(new ReadRequest(new TopicQueue("T", 0), 0, count, 1 << 20, MessageFilter.ALL)));
    }

    private LocalMessageStore open() {
        return new StoreFixture(root)
                .with("storeHotReadBytes", "0")
                .with(counting())
                .open();
    }

    private StoreFiles counting() {
        StoreFiles disk = new DiskFiles();
        return (StoreFiles) Proxy.newProxyInstance(
                StoreFiles.class.getClassLoader(), new Class<?>[] {StoreFiles.class}, (proxy, method, arguments) -> {
                    Object answer = method.invoke(disk, arguments);
                    return answer instanceof StoreFile file
                                    && file.path().toString().contains("commitlog")
                            ? counting(file)
                            : answer;
                });
    }

    private StoreFile counting(StoreFile file) {
        return (StoreFile) Proxy.newProxyInstance(
                StoreFile.class.getClassLoader(), new Class<?>[] {StoreFile.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("read")) {
                        logReads.incrementAndGet();
                        bytesRead.addAndGet(((ByteBuffer) arguments[0]).remaining());
                    }
                    return method.invoke(file, arguments);
                });
    }
}
