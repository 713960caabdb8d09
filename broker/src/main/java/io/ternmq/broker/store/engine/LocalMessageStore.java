package io.ternmq.broker.store.engine;

import io.ternmq.broker.store.AppendInterceptor;
import io.ternmq.broker.store.AppendInterceptor.Verdict;
import io.ternmq.broker.store.AppendOutcome;
import io.ternmq.broker.store.AppendOutcome.Refused;
import io.ternmq.broker.store.ArrivalListener;
import io.ternmq.broker.store.KeyQuery;
import io.ternmq.broker.store.KeyQueryResult;
import io.ternmq.broker.store.MessageDraft;
import io.ternmq.broker.store.MessageStore;
import io.ternmq.broker.store.QueueRange;
import io.ternmq.broker.store.ReadRequest;
import io.ternmq.broker.store.ReadResult;
import io.ternmq.broker.store.StoreConfig;
import io.ternmq.broker.store.StoreException;
import io.ternmq.broker.store.StoreSpace;
import io.ternmq.broker.store.StoreState;
import io.ternmq.broker.store.TimeBoundary;
import io.ternmq.broker.store.TopicQueue;
import io.ternmq.broker.store.file.DiskFiles;
import io.ternmq.broker.store.file.DiskSpace;
import io.ternmq.broker.store.file.StoreFiles;
import io.ternmq.broker.store.log.Append;
import io.ternmq.broker.store.queue.ConsumeQueue;
import io.ternmq.common.message.MessageRecord;
import io.ternmq.common.time.Clock;
import io.ternmq.common.work.Workers;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;

/** The store of one broker in files of this machine. Owns its directory from {@link #open} to {@link #close}. */
public final class LocalMessageStore implements MessageStore, AutoCloseable {
    private static final Duration DISPATCHER_WAIT_MAX = Duration.ofSeconds(10);

    private final StoreParts parts;
    private final List<AppendInterceptor> interceptors;

    LocalMessageStore(StoreParts parts, List<AppendInterceptor> interceptors) {
        this.parts = parts;
        this.interceptors = interceptors;
    }

    /**
     * Opens the store, recovers it, and starts its threads.
     *
     * @param storeHost what messages name as the broker that stored them; resolved
     * @param listeners hear of messages as they become readable
     * @throws StoreException if the directory is in use or cannot be used, naming it and the setting
     */
    public static LocalMessageStore open(
            StoreConfig config, InetSocketAddress storeHost, Clock clock, List<ArrivalListener> listeners) {
        return open(config, storeHost, clock, StoreDoors.listeners(listeners));
    }

    /** As above, with capabilities that have moved in. */
    public static LocalMessageStore open(
            StoreConfig config, InetSocketAddress storeHost, Clock clock, StoreDoors doors) {
        return open(config, new DiskFiles(), storeHost, clock, doors);
    }

    /** As above, on other files than the machine's, such as ones that count what is asked of those. */
    public static LocalMessageStore open(
            StoreConfig config, StoreFiles files, InetSocketAddress storeHost, Clock clock, StoreDoors doors) {
        return new StoreOpening(config, files, storeHost, Workers.threads(clock), doors).open();
    }

    /** What opening the store found, and did about it. */
    public RecoveryReport recovery() {
        return parts.recovery();
    }

    @Override
    public CompletableFuture<AppendOutcome> append(List<MessageDraft> unit, boolean waitForConfirmation) {
        Optional<Refused> refusal = parts.health().refusal();
        if (refusal.isPresent()) {
            return CompletableFuture.completedFuture(refusal.get()); // before anything is encoded
        }
        List<MessageDraft> toStore = unit;
        for (AppendInterceptor interceptor : interceptors) {
            Verdict verdict = interceptor.intercept(toStore);
            if (verdict instanceof Verdict.Refuse refuse) {
                return CompletableFuture.completedFuture(refuse.refusal());
            }
            toStore = ((Verdict.Pass) verdict).unit();
        }
        return parts.encoder().encode(toStore, waitForConfirmation, this::append, CompletableFuture::completedFuture);
    }

    private CompletableFuture<AppendOutcome> append(Append append) {
        Optional<Refused> refused = parts.appendPath().append(append);
        return refused.<CompletableFuture<AppendOutcome>>map(CompletableFuture::completedFuture)
                .orElseGet(append::answer);
    }

    @Override
    public ReadResult read(ReadRequest request) {
        return parts.reader().read(request);
    }

    @Override
    public Optional<ReadResult> readFromMemory(ReadRequest request) {
        return parts.reader().readFromMemory(request);
    }

    @Override
    public int entryTags(TopicQueue queue, long offset, long[] tags) {
        return parts.reader().entryTags(queue, offset, tags);
    }

    @Override
    public boolean isHot(TopicQueue queue, long offset) {
        Optional<ConsumeQueue> found = parts.queues().find(queue);
        if (found.isEmpty() || offset >= found.get().maxOffset()) {
            return true; // nothing to be read
        }
        return parts.reader().isHot(found.get(), offset);
    }

    @Override
    public boolean isLikelyOnDisk(TopicQueue queue, long offset) {
        Optional<ConsumeQueue> found = parts.queues().find(queue);
        if (found.isEmpty()) {
            return false;
        }
        try {
            OptionalLong position = found.get().positionOf(offset);
            return position.isPresent() && parts.access().isLikelyOnDiskOnly(position.getAsLong());
        } catch (IOException e) {
            throw new StoreException("cannot read the entry of " + queue + " at offset " + offset, e);
        }
    }

    @Override
    public QueueRange range(TopicQueue queue) {
        return parts.queues().find(queue).map(ConsumeQueue::range).orElse(QueueRange.EMPTY);
    }

    @Override
    public long offsetAt(TopicQueue queue, long wallMillis, TimeBoundary boundary) {
        Optional<ConsumeQueue> found = parts.queues().find(queue);
        if (found.isEmpty()) {
            return 0;
        }
        try {
            return found.get().offsetAt(wallMillis, boundary, parts.access()::storeMillisAt);
        } catch (IOException e) {
            throw new StoreException("cannot search " + queue + " for time " + wallMillis, e);
        }
    }

    @Override
    public OptionalLong storeMillis(TopicQueue queue, long offset) {
        Optional<ConsumeQueue> found = parts.queues().find(queue);
        if (found.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            OptionalLong position = found.get().positionOf(offset);
            if (position.isEmpty()) {
                return OptionalLong.empty();
            }
            long millis = parts.access().storeMillisAt(position.getAsLong());
            return millis == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(millis);
        } catch (IOException e) {
            throw new StoreException("cannot read the store time of " + queue + " at offset " + offset, e);
        }
    }

    @Override
    public <T> Optional<T> readRecord(long position, Function<ByteBuffer, T> reader) {
        try {
            return parts.access().readIntact(position, reader);
        } catch (IOException e) {
            throw new StoreException("cannot read the record at " + position, e);
        }
    }

    @Override
    public void scan(long wallMillis, Consumer<MessageRecord> visitor) {
        try {
            new LogScan(parts.access(), parts.queues()).from(wallMillis, visitor);
        } catch (IOException e) {
            throw new StoreException("cannot read the log from time " + wallMillis, e);
        }
    }

    @Override
    public KeyQueryResult query(KeyQuery query) {
        return parts.keys().read(query);
    }

    @Override
    public List<TopicQueue> queues() {
        return parts.queues().all().stream().map(ConsumeQueue::name).toList();
    }

    @Override
    public void deleteTopic(String topic) {
        await(startDeleting(topic), "the queues of " + topic + " are to be deleted");
    }

    /** As {@link #deleteTopic}, without waiting. */
    CompletableFuture<Void> startDeleting(String topic) {
        CompletableFuture<Void> gone = new CompletableFuture<>();
        boolean isTaken = parts.appendPath().dropQueues(topic, end -> parts.dropQueuesAt(end, topic, gone));
        if (!isTaken) {
            throw new StoreException("too many topics are being deleted; " + topic + " is left");
        }
        return gone;
    }

    private static void await(CompletableFuture<Void> done, String what) {
        try {
            done.get(DISPATCHER_WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while " + what, e);
        } catch (ExecutionException e) {
            throw new StoreException("failed while " + what, e.getCause());
        } catch (TimeoutException e) {
            throw new StoreException("still waiting after " + DISPATCHER_WAIT_MAX.toSeconds() + " s while " + what, e);
        }
    }

    @Override
    public StoreState state() {
        return new StoreState(
                parts.access().minPosition(),
                parts.progress().appended().position(),
                parts.progress().flushed().position(),
                parts.progress().dispatched().position(),
                parts.health().refusal());
    }

    @Override
    public StoreSpace space() {
        try {
            DiskSpace space = parts.space();
            return new StoreSpace(space.usedRatio(), space.totalBytes(), space.freeBytes());
        } catch (IOException e) {
            throw new StoreException("cannot ask for the space on the store's disk", e);
        }
    }

    /** Does at once what is otherwise done from time to time, for tests. */
    void keepUp() {
        await(parts.keepUp(), "upkeep runs");
    }

    /** Answers what waits, brings log and queues to disk, and leaves the directory to others. A second call: nothing. */
    @Override
    public void close() {
        parts.close();
    }
}
