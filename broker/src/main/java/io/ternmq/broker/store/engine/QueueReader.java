package io.ternmq.broker.store.engine;

import io.ternmq.broker.store.MessageFilter;
import io.ternmq.broker.store.QueueRange;
import io.ternmq.broker.store.ReadRequest;
import io.ternmq.broker.store.ReadResult;
import io.ternmq.broker.store.ReadResult.Status;
import io.ternmq.broker.store.StoreException;
import io.ternmq.broker.store.TopicQueue;
import io.ternmq.broker.store.log.LogReading;
import io.ternmq.broker.store.queue.ConsumeQueue;
import io.ternmq.broker.store.queue.ConsumeQueueEntry;
import io.ternmq.broker.store.queue.ConsumeQueues;
import io.ternmq.common.message.MessageRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Answers reads of queues: entries, filter, records. Stateless but for what it reads; any thread. */
final class QueueReader {
    /** Entries looked at in one read at most, so that a filter that matches nothing does not hold a thread for long. */
    static final int ENTRIES_MAX = 1024;

    /** Entries fetched at once. */
    private static final int ENTRIES_AT_ONCE = 64;

    /** Bytes copied beside a cold record cost less than a call to the system of its own, up to about so many. */
    static final int BYTES_BESIDE_MAX = 4 * 1024;

    private final ConsumeQueues queues;
    private final LogAccess log;

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
        Collecting collecting = new Collecting(queue.get(), request, range);
        try {
            return collecting.run();
        } catch (IOException e) {
            collecting.reading.run();
            throw new StoreException("cannot read " + request.queue() + " at offset " + offset, e);
        } catch (RuntimeException e) {
            collecting.reading.run();
            throw e;
        }
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

    private static ReadResult without(Status status, long nextOffset, QueueRange range) {
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

    /** One read in progress. */
    private final class Collecting {
        private final ConsumeQueue queue;
        private final ReadRequest request;
        private final MessageFilter filter;
        private final QueueRange range;
        private final LogReading reading = log.newReading();
        private final ByteBuffer entries;
        private final ConsumeQueueEntry entry = new ConsumeQueueEntry();
        private final MessageRecord view = new MessageRecord();
        private final List<ByteBuffer> records;
        private long next;
        private int bytes;
        private boolean isFull;
        private boolean isRemoved;
        private long lastPosition;

        Collecting(ConsumeQueue queue, ReadRequest request, QueueRange range) {
            this.queue = queue;
            this.request = request;
            this.filter = request.filter();
            this.range = range;
            this.next = request.offset();
            int atOnce = Math.min(ENTRIES_AT_ONCE, Math.max(1, request.countMax()));
            this.entries =
                    ByteBuffer.allocate((int) Math.min(atOnce, range.maxOffset() - next) * ConsumeQueueEntry.BYTES);
            this.records = new ArrayList<>(atOnce);
        }

        ReadResult run() throws IOException {
            int looked = 0;
            int lookedAtMax = Math.min(ENTRIES_MAX, filter.lookedAtMax());
            while (!isFull && !isRemoved && next < range.maxOffset() && looked < lookedAtMax) {
                int count = queue.read(next, entries.clear());
                if (count == 0) {
                    isRemoved = true; // retention was faster
                }
                int fetchedTo = 0;
                for (int i = 0; i < count && !isFull && !isRemoved; i++) {
                    if (i >= fetchedTo) {
                        fetchedTo = fetch(i, count);
                    }
                    take(entry.wrap(entries, i * ConsumeQueueEntry.BYTES));
                }
                looked += count;
            }
            return result();
        }

        // Cold records that lie near each other are copied together; what is damaged, far away or too much is left to
        // be
        // read, or refused, by itself. Returns the first entry that was not seen to.
        private int fetch(int from, int count) {
            int wanted = request.countMax() - records.size();
            int near = 0;
            int next = from;
            long begin = 0;
            long end = 0;
            long beside = 0;
            for (int i = from; i < count && near < wanted; i++) {
                ConsumeQueueEntry at = entry.wrap(entries, i * ConsumeQueueEntry.BYTES);
                if (!at.isBlank() && filter.mayMatch(at.tagsHash())) {
                    if (reading.isHot(at.position())) {
                        next = count; // and so are those behind it
                        break;
                    }
                    if (near == 0) {
                        begin = at.position();
                        end = begin;
                    }
                    beside += at.position() - end;
                    if (!isBehind(end, at)
                            || at.position() + at.size() - begin > fetchMax(begin)
                            || beside > (long) BYTES_BESIDE_MAX * near
                            || (near > 0 && bytes + (end - begin) - beside + at.size() > request.bytesMax())) {
                        break;
                    }
                    end = at.position() + at.size();
                    near++;
                }
                next = i + 1;
            }
            if (near > 1) {
                reading.fetch(begin, end);
            }
            return Math.max(next, from + 1);
        }

        // Not so in an entry that is damaged.
        private boolean isBehind(long end, ConsumeQueueEntry at) {
            return at.size() > 0 && at.position() >= Math.max(0, end) && at.position() <= Long.MAX_VALUE - at.size();
        }

        private long fetchMax(long begin) {
            return Math.min(LogReading.FETCH_BYTES_MAX, log.segmentEnd(begin) - begin);
        }

        private void take(ConsumeQueueEntry at) throws IOException {
            if (!at.isBlank() && filter.mayMatch(at.tagsHash())) {
                if (!records.isEmpty() && bytes + at.size() > request.bytesMax()) {
                    isFull = true;
                    return;
                }
                ByteBuffer record = reading.record(at.position(), at.size());
                if (!record.hasRemaining()) {
                    isRemoved = true;
                    return;
                }
                if (!isRecordOf(at, record)) {
                    // Damage that came after the start, or below where starts look: one message, not all that follow.
                    log.reportDamage(at.position());
                    next++;
                    return;
                }
                if (!filter.readsRecord() || filter.matches(view)) {
                    records.add(record);
                    bytes += at.size();
                    isFull = records.size() >= request.countMax();
                }
                lastPosition = at.position();
            }
            next++;
        }

        // A client finds the next record by this one's size, and trusts it. The checksum is the client's to look at.
        private boolean isRecordOf(ConsumeQueueEntry at, ByteBuffer bytes) {
            return view.wrap(bytes) && view.size() == at.size() && view.position() == at.position();
        }

        private ReadResult result() throws IOException {
            if (!records.isEmpty()) {
                boolean isSlow = log.isLikelyOnDiskOnly(lastPosition);
                return new ReadResult(
                        Status.FOUND, next, range.minOffset(), range.maxOffset(), records, isSlow, reading);
            }
            reading.run();
            if (isRemoved) {
                long valid = Math.max(next + 1, queue.firstOffsetFrom(log.minPosition()));
                return without(Status.RECORDS_REMOVED, Math.min(valid, queue.maxOffset()), range);
            }
            return without(Status.NO_MATCH, next, range);
        }
    }
}
