package io.ternmq.broker.store;

import io.ternmq.broker.store.AppendOutcome.Confirmation;
import io.ternmq.broker.store.AppendOutcome.Refusal;
import io.ternmq.common.message.MessageRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A store that keeps drafts in lists. Its records are bodies alone, but for filters that read them; their filter hash is
 * the length of the body. One thread.
 */
public class FakeStore implements MessageStore {
    private final Map<TopicQueue, List<MessageDraft>> queues = new HashMap<>();
    private final List<String> deletedTopics = new ArrayList<>();
    private Optional<AppendOutcome.Refused> refusal = Optional.empty();
    private boolean isHot = true;
    private boolean isOnDisk;
    private boolean isInMemory;
    private long position;
    private int leased;
    private boolean waitedForConfirmation;

    /** Refuses all appends from now on. */
    public void refuse(Refusal reason, String detail) {
        refusal = Optional.of(new AppendOutcome.Refused(reason, detail));
    }

    /** Says of all reads that they have to wait for a disk. */
    public void moveToDisk() {
        isHot = false;
        isOnDisk = true;
    }

    /** Says of all reads that they may have to wait for a disk. */
    public void becomeCold() {
        isHot = false;
    }

    /** Finds all that is read on in memory. */
    public void becomeKnown() {
        isInMemory = true;
    }

    public List<MessageDraft> stored(String topic, int queueId) {
        return queues.getOrDefault(new TopicQueue(topic, queueId), List.of());
    }

    /** Results that have been given out and not released. */
    public int leased() {
        return leased;
    }

    /** Whether the last append was to be answered after its confirmation. */
    public boolean waitedForConfirmation() {
        return waitedForConfirmation;
    }

    public List<String> deletedTopics() {
        return deletedTopics;
    }

    @Override
    public CompletableFuture<AppendOutcome> append(List<MessageDraft> unit, boolean waitForConfirmation) {
        if (refusal.isPresent()) {
            return CompletableFuture.completedFuture(refusal.get());
        }
        waitedForConfirmation = waitForConfirmation;
        TopicQueue name = new TopicQueue(unit.get(0).topic(), unit.get(0).queueId());
        List<MessageDraft> queue = queues.computeIfAbsent(name, first -> new ArrayList<>());
        long offset = queue.size();
        long[] positions = new long[unit.size()];
        for (int index = 0; index < positions.length; index++) {
            positions[index] = position;
            position += 100;
        }
        queue.addAll(unit);
        return CompletableFuture.completedFuture(
                new AppendOutcome.Stored(offset, positions, 1_700_000_000_000L, Confirmation.CONFIRMED));
    }

    @Override
    public ReadResult read(ReadRequest request) {
        leased++;
        List<MessageDraft> queue = queues.get(request.queue());
        long end = queue == null ? 0 : queue.size();
        if (queue == null) {
            return result(ReadResult.Status.UNKNOWN_QUEUE, 0, 0, List.of());
        }
        if (request.offset() >= end) {
            return result(
                    request.offset() == end ? ReadResult.Status.AT_END : ReadResult.Status.BEYOND_END,
                    end,
                    end,
                    List.of());
        }
        List<ByteBuffer> found = new ArrayList<>();
        long next = request.offset();
        while (next < end && found.size() < request.countMax()) {
            MessageDraft draft = queue.get((int) next);
            ByteBuffer body = draft.body();
            if (request.filter().mayMatch(body.remaining())
                    && (!request.filter().readsRecord() || request.filter().matches(Records.of(draft.properties())))) {
                found.add(body);
            }
            next++;
        }
        return result(found.isEmpty() ? ReadResult.Status.NO_MATCH : ReadResult.Status.FOUND, next, end, found);
    }

    @Override
    public int entryTags(TopicQueue queue, long offset, long[] tags) {
        return 0;
    }

    @Override
    public Optional<ReadResult> readFromMemory(ReadRequest request) {
        return isInMemory ? Optional.of(read(request)) : Optional.empty();
    }

    @Override
    public boolean isHot(TopicQueue queue, long offset) {
        return isHot;
    }

    @Override
    public boolean isLikelyOnDisk(TopicQueue queue, long offset) {
        return isOnDisk;
    }

    @Override
    public QueueRange range(TopicQueue queue) {
        return new QueueRange(0, queues.getOrDefault(queue, List.of()).size());
    }

    @Override
    public long offsetAt(TopicQueue queue, long wallMillis, TimeBoundary boundary) {
        return 0;
    }

    @Override
    public OptionalLong storeMillis(TopicQueue queue, long offset) {
        return OptionalLong.empty();
    }

    @Override
    public <T> Optional<T> readRecord(long at, Function<ByteBuffer, T> reader) {
        return Optional.empty();
    }

    @Override
    public void scan(long wallMillis, Consumer<MessageRecord> visitor) {
        // Nothing was stored before.
    }

    @Override
    public KeyQueryResult query(KeyQuery query) {
        return new KeyQueryResult(List.of(), 0, 0, () -> {});
    }

    @Override
    public List<TopicQueue> queues() {
        return List.copyOf(queues.keySet());
    }

    @Override
    public void deleteTopic(String topic) {
        deletedTopics.add(topic);
        queues.keySet().removeIf(queue -> queue.topic().equals(topic));
    }

    @Override
    public StoreState state() {
        return new StoreState(0, position, position, position, refusal);
    }

    @Override
    public StoreSpace space() {
        return new StoreSpace(0.5, 1000, 500);
    }

    private ReadResult result(ReadResult.Status status, long next, long end, List<ByteBuffer> records) {
        return new ReadResult(status, next, 0, end, records, false, () -> leased--);
    }
}
