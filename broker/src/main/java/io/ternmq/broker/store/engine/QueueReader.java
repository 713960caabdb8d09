package io.ternmq.broker.store.engine;

import io.ternmq.broker.store.QueueRange;
import io.ternmq.broker.store.ReadRequest;
import io.ternmq.broker.store.ReadResult;
import io.ternmq.broker.store.ReadResult.Status;
import io.ternmq.broker.store.StoreException;
import io.ternmq.broker.store.TopicQueue;
import io.ternmq.broker.store.queue.ConsumeQueue;
import io.ternmq.broker.store.queue.ConsumeQueueEntry;
import io.ternmq.broker.store.queue.ConsumeQueues;
import io.ternmq.broker.store.queue.KnownEntries;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Answers reads of queues: entries, filter, records. Stateless but for what it reads; any thread. */
final class QueueReader {
    /** Bytes of the log that are asked for at once whether they are in memory. */
    private static final int IN_MEMORY_BYTES_MAX = 4 * 1024 * 1024;

    private final ConsumeQueues queues;
    private final LogAccess log;
    private final KnownEntries known = new KnownEntries();

    QueueReader(ConsumeQueues queues, LogAccess log) {
        this.queues = queues;
        this.log = log;
    }

    ReadResult read(ReadRequest request) {
        Optional<ConsumeQueue> queue = queues.find(request.queue());
        if (queue.isEmpty()) {
            return without(Status.UNKNOWN_QUEUE, 0, QueueRange.EMPTY);
        }
        QueueRange range = queue.get().range();
        long offset = request.offset();
        if (range.maxOffset() == 0) {
            return without(Status.EMPTY_QUEUE, 0, range);
        } else if (offset < range.minOffset()) {
            return without(Status.BEFORE_START, range.minOffset(), range);
        } else if (offset == range.maxOffset()) {
            return without(Status.AT_END, offset, range);
        } else if (offset > range.maxOffset()) {
            return without(Status.BEYOND_END, range.maxOffset(), range);
        }
        Collecting collecting = new Collecting(known, log, queue.get(), request, range, log.hotFrom());
        try {
            return collecting.run();
        } catch (IOException e) {
            throw new StoreException("cannot read " + request.queue() + " at offset " + offset, e);
        }
    }

    /** Messages that are read without waiting for a disk; empty if it cannot tell that, or there are none. */
    Optional<ReadResult> readFromMemory(ReadRequest request) {
        Optional<ConsumeQueue> queue = queues.find(request.queue());
        QueueRange range = queue.map(ConsumeQueue::range).orElse(QueueRange.EMPTY);
        long offset = request.offset();
        long left = range.maxOffset() - offset;
        if (offset < range.minOffset() || left <= 0) {
            return Optional.empty();
        }
        int count = (int) Math.min(left, Math.min(Collecting.ENTRIES_AT_ONCE, Math.max(1, request.countMax())));
        ByteBuffer entries = ByteBuffer.allocate(count * ConsumeQueueEntry.BYTES);
        if (!known.readKnown(queue.get(), offset, entries)) {
            return Optional.empty();
        }
        OptionalLong from = inMemoryFrom(entries, request);
        return from.isPresent()
                ? new Collecting(known, log, queue.get(), request, range, from.getAsLong()).known(entries)
                : Optional.empty();
    }

    // Where the first record lies that the filter may want, if it and those behind it are in memory.
    private OptionalLong inMemoryFrom(ByteBuffer entries, ReadRequest request) {
        ConsumeQueueEntry at = new ConsumeQueueEntry();
        long begin = -1;
        long end = -1;
        long bytes = 0;
        for (int i = 0; i < entries.remaining() / ConsumeQueueEntry.BYTES; i++) {
            at.wrap(entries, i * ConsumeQueueEntry.BYTES);
            if (at.isBlank() || !request.filter().mayMatch(at.tagsHash())) {
                continue;
            }
            bytes += at.size();
            if (begin >= 0 && bytes > request.bytesMax()) {
                break; // more is not taken
            }
            if (at.size() <= 0 || at.position() < Math.max(0, end)) {
                return OptionalLong.empty(); // damaged
            }
            begin = begin < 0 ? at.position() : begin;
            end = at.position() + at.size();
            if (end - begin > IN_MEMORY_BYTES_MAX) {
                return OptionalLong.empty();
            }
        }
        return begin >= 0 && log.isInMemory(begin, end) ? OptionalLong.of(begin) : OptionalLong.empty();
    }

    int entryTags(TopicQueue name, long offset, long[] tags) {
        Optional<ConsumeQueue> queue = queues.find(name);
        if (queue.isEmpty()) {
            return 0;
        }
        long left = Math.max(0, queue.get().maxOffset() - offset);
        ByteBuffer entries = ByteBuffer.allocate((int) Math.min(tags.length, left) * ConsumeQueueEntry.BYTES);
        try {
            int count = queue.get().read(offset, entries);
            ConsumeQueueEntry entry = new ConsumeQueueEntry();
            for (int i = 0; i < count; i++) {
                entry.wrap(entries, i * ConsumeQueueEntry.BYTES);
                tags[i] = entry.isBlank() ? 0 : entry.tagsHash();
            }
            return count;
        } catch (IOException e) {
            throw new StoreException("cannot read the entries of " + name + " at offset " + offset, e);
        }
    }

    static ReadResult without(Status status, long nextOffset, QueueRange range) {
        return new ReadResult(
                status,
                nextOffset,
                range.minOffset(),
                range.maxOffset(),
                List.of(),
                false,
                QueueReader::releaseNothing);
    }

    private static void releaseNothing() {}
}
