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
    private static final int IN_MEMORY_BYTES_MAX = 512 * 1024;

    /** Records of up to this size on average are copied as soon as they are answered. */
    private static final int COPIED_BYTES_MAX = 4 * 1024;

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
        Object beginning = queue.get().beginning();
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
        Collecting collecting = new Collecting(log, queue.get(), beginning, request, range, log.hotFrom());
        // Network threads read what is hot, and are not to be made to load what lies before it.
        Collecting.Entries entries = isHot(queue.get(), offset)
                ? queue.get()::read
                : (from, target) -> known.read(queue.get(), from, target);
        try {
            return collecting.run(entries);
        } catch (IOException e) {
            throw new StoreException("cannot read " + request.queue() + " at offset " + offset, e);
        }
    }

    /** Messages that are read without waiting for a disk; empty if it cannot tell that, or there are none. */
    Optional<ReadResult> readFromMemory(ReadRequest request) {
        Optional<ConsumeQueue> queue = queues.find(request.queue());
        Object beginning = queue.map(ConsumeQueue::beginning).orElse(null);
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
        OptionalLong from = inMemoryFrom(entries, request, left > count);
        return from.isPresent()
                ? new Collecting(log, queue.get(), beginning, request, range, from.getAsLong()).known(entries)
                : Optional.empty();
    }

    /** Whether what lies at an offset was written last; asks no file. */
    boolean isHot(ConsumeQueue queue, long offset) {
        long position = queue.knownPositionAtOrBelow(offset);
        return position >= 0 && position >= log.hotFrom();
    }

    // Where the first record lies that the filter may want, if it and those behind it are in memory; the entries are
    // limited to those. Readers see to answers that a filter would leave almost empty, and to records that are sent
    // from
    // where they lie, whenever the peer takes them: nobody knows what is in memory then.
    private OptionalLong inMemoryFrom(ByteBuffer entries, ReadRequest request, boolean goesOn) {
        ConsumeQueueEntry at = new ConsumeQueueEntry();
        long begin = -1;
        long end = -1;
        long bytes = 0;
        int wanted = 0;
        boolean isFull = false;
        int count = entries.remaining() / ConsumeQueueEntry.BYTES;
        for (int i = 0; i < count && !isFull; i++) {
            at.wrap(entries, i * ConsumeQueueEntry.BYTES);
            if (at.isBlank() || !request.filter().mayMatch(at.tagsHash())) {
                continue;
            }
            if (wanted > 0 && bytes + at.size() > request.bytesMax()) {
                entries.limit(i * ConsumeQueueEntry.BYTES);
                isFull = true;
                continue;
            }
            if (!Collecting.isBehind(end, at)) {
                return OptionalLong.empty(); // damaged
            }
            bytes += at.size();
            wanted++;
            isFull = wanted == request.countMax();
            begin = begin < 0 ? at.position() : begin;
            end = at.position() + at.size();
            if (end - begin > IN_MEMORY_BYTES_MAX) {
                return OptionalLong.empty();
            }
        }
        boolean isWorthIt = wanted > 0 && (isFull || !goesOn) && bytes <= (long) wanted * COPIED_BYTES_MAX;
        return isWorthIt && log.isInMemory(begin, end) ? OptionalLong.of(begin) : OptionalLong.empty();
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
