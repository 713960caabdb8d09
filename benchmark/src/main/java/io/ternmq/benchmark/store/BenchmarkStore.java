package io.ternmq.benchmark.store;

import io.ternmq.broker.store.AppendOutcome;
import io.ternmq.broker.store.FlushMode;
import io.ternmq.broker.store.MessageDraft;
import io.ternmq.broker.store.MessageFilter;
import io.ternmq.broker.store.ReadRequest;
import io.ternmq.broker.store.ReadResult;
import io.ternmq.broker.store.StoreConfig;
import io.ternmq.broker.store.StoreState;
import io.ternmq.broker.store.TopicQueue;
import io.ternmq.broker.store.engine.LocalMessageStore;
import io.ternmq.broker.store.engine.StoreDoors;
import io.ternmq.common.config.Settings;
import io.ternmq.common.message.MessageRecord;
import io.ternmq.common.time.Clock;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/** A store as brokers open it, in a temporary folder of its own, which goes with it. Any thread appends. */
final class BenchmarkStore implements AutoCloseable {
    static final int BODY_BYTES = 1024;

    private static final int QUEUES = 4;
    private static final long SETTLE_NANOS_MAX = Duration.ofSeconds(60).toNanos();
    private static final long LOOK_NANOS = Duration.ofMillis(1).toNanos();
    private static final InetSocketAddress HOST = new InetSocketAddress(InetAddress.getLoopbackAddress(), 10911);
    private static final String TOPIC = "Benchmark";

    /** What a client adds to each message. */
    private static final String PROPERTIES =
            "UNIQ_KEY\u00017F0000010AB424C63A9A2F5BC0DE0001\u0002WAIT\u0001true\u0002TAGS\u0001TagA\u0002";

    /** Length of the record of each message. */
    static final int RECORD_BYTES =
            MessageRecord.FIXED_BYTES_MIN + BODY_BYTES + TOPIC.length() + PROPERTIES.length(); // ASCII

    private final Scratch scratch = new Scratch("ternmq-store");
    private final WatchedFiles files;
    private final LocalMessageStore store;
    private final byte[] body = new byte[BODY_BYTES];

    BenchmarkStore(FlushMode flush) {
        Path root = scratch.path();
        files = new WatchedFiles(root.resolve("commitlog"));
        Settings settings = Settings.of(Map.of(
                "storePathRootDir",
                root.toString(),
                "flushDiskType",
                flush.name(),
                "mappedFileSizeCommitLog",
                Integer.toString(256 << 20)));
        store = LocalMessageStore.open(
                StoreConfig.from(settings), files.files(), HOST, Clock.system(), StoreDoors.listeners(List.of()));
        append(0);
        long length = store.state().appendedPosition();
        if (length != RECORD_BYTES) {
            close();
            throw new IllegalStateException("a record has " + length + " bytes, expected " + RECORD_BYTES);
        }
    }

    /** A message of its own, as a request makes it. */
    MessageDraft draft(int number) {
        return new MessageDraft(
                TOPIC, number & (QUEUES - 1), 0, 0, 1_700_000_000_000L, HOST, 0, 0, PROPERTIES, ByteBuffer.wrap(body));
    }

    /**
     * Appends a message and waits for the answer if it is not there yet.
     *
     * @return whether it was there at once
     */
    boolean append(int number) {
        CompletableFuture<AppendOutcome> answer = store.append(List.of(draft(number)), true);
        boolean isAtOnce = answer.isDone();
        if (!(answer.join() instanceof AppendOutcome.Stored)) {
            throw new IllegalStateException("not stored: " + answer.join());
        }
        return isAtOnce;
    }

    /** Reads up to 32 messages; whoever gets the result releases it. */
    ReadResult pull(long offset) {
        return store.read(new ReadRequest(new TopicQueue(TOPIC, 0), offset, 32, 1 << 20, MessageFilter.ALL));
    }

    long forces() {
        return files.forces();
    }

    /** Waits until everything is dispatched and at least {@code bytes} are prepared ahead of the log's end. */
    void settle(long bytes) {
        long deadline = System.nanoTime() + SETTLE_NANOS_MAX;
        while (true) {
            StoreState state = store.state();
            if (state.dispatchedPosition() == state.appendedPosition()
                    && files.prepared() - state.appendedPosition() >= bytes) {
                return;
            }
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException(
                        "prepared up to " + files.prepared() + ", expected " + bytes + " bytes ahead: " + state);
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    @Override
    public void close() {
        store.close();
        scratch.close();
    }
}
