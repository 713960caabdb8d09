package io.ternmq.broker.store.engine;

import io.ternmq.broker.store.MessageFilter;
import io.ternmq.broker.store.QueueRange;
import io.ternmq.broker.store.ReadRequest;
import io.ternmq.broker.store.ReadResult;
import io.ternmq.broker.store.ReadResult.Status;
import io.ternmq.broker.store.log.LogReading;
import io.ternmq.broker.store.queue.ConsumeQueue;
import io.ternmq.broker.store.queue.ConsumeQueueEntry;
import io.ternmq.common.message.MessageRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One read in progress: from a queue's entries to the records that its filter lets through. Owns what is leased for them
 * until the result is made, which owns it then. One thread.
 */
final class Collecting {
    private static final Logger logger = LoggerFactory.getLogger(Collecting.class);

    /** Entries looked at in one read at most, so that a filter that matches nothing does not hold a thread for long. */
    static final int ENTRIES_MAX = 1024;

    /** Entries fetched at once. */
    static final int ENTRIES_AT_ONCE = 64;

    /** Bytes copied beside a cold record cost less than a call to the system of its own, up to about so many. */
    static final int BYTES_BESIDE_MAX = 4 * 1024;

    /** Reads a queue's entries as {@link ConsumeQueue#read} does. */
    @FunctionalInterface
    interface Entries {
        int read(long offset, ByteBuffer target) throws IOException;
    }

    private final LogAccess log;
    private final ConsumeQueue queue;
    private final ReadRequest request;
    private final MessageFilter filter;
    private final QueueRange range;
    private final LogReading reading;
    private final Object beginning;
    private final ByteBuffer entries;
    private final ConsumeQueueEntry entry = new ConsumeQueueEntry();
    private final MessageRecord view = new MessageRecord();
    private final List<ByteBuffer> records;
    private long next;
    private int bytes;
    private boolean isFull;
    private boolean isRemoved;
    private long lastPosition;

    /**
     * Leases nothing yet.
     *
     * @param beginning of the queue, looked at before the range: another one's offsets are not this one's
     * @param range of the queue, with the request's offset in it
     * @param mappedFrom records from this position on are read from mapped memory where there is any
     */
    Collecting(
            LogAccess log,
            ConsumeQueue queue,
            Object beginning,
            ReadRequest request,
            QueueRange range,
            long mappedFrom) {
        this.log = log;
        this.queue = queue;
        this.request = request;
        this.filter = request.filter();
        this.range = range;
        this.beginning = beginning;
        this.reading = log.newReading(mappedFrom);
        this.next = request.offset();
        int atOnce = Math.min(ENTRIES_AT_ONCE, Math.max(1, request.countMax()));
        this.entries = ByteBuffer.allocate((int) Math.min(atOnce, range.maxOffset() - next) * ConsumeQueueEntry.BYTES);
        this.records = new ArrayList<>(atOnce);
    }

    /** The messages that the entries from the request's offset on lead to; empty if that is none. */
    Optional<ReadResult> known(ByteBuffer given) {
        Optional<ReadResult> found = Optional.empty();
        try {
            takeAll(given, given.remaining() / ConsumeQueueEntry.BYTES);
            if (!records.isEmpty()) {
                found = Optional.of(result());
            }
        } catch (IOException e) {
            logger.debug("Left to a reader. queue={} offset={}", request.queue(), request.offset(), e);
        } finally {
            if (found.isEmpty()) {
                reading.run();
            }
        }
        return found;
    }

    /** What the queue has from the request's offset on. */
    ReadResult run(Entries source) throws IOException {
        try {
            return readOn(source);
        } catch (IOException | RuntimeException e) {
            reading.run();
            throw e;
        }
    }

    private ReadResult readOn(Entries source) throws IOException {
        int looked = 0;
        int lookedAtMax = Math.min(ENTRIES_MAX, filter.lookedAtMax());
        while (!isFull && !isRemoved && next < range.maxOffset() && looked < lookedAtMax) {
            int count = source.read(next, entries.clear());
            if (count == 0) {
                isRemoved = true; // retention was faster
            }
            takeAll(entries, count);
            looked += count;
        }
        return result();
    }

    private void takeAll(ByteBuffer of, int count) throws IOException {
        int fetchedTo = 0;
        for (int i = 0; i < count && !isFull && !isRemoved; i++) {
            if (i >= fetchedTo) {
                fetchedTo = fetch(of, i, count);
            }
            take(entry.wrap(of, i * ConsumeQueueEntry.BYTES));
        }
    }

    // Cold records that lie near each other are copied together; what is damaged, far away or too much is left to be
    // read, or refused, by itself. Returns the first entry that was not seen to.
    private int fetch(ByteBuffer of, int from, int count) {
        int wanted = request.countMax() - records.size();
        int near = 0;
        int next = from;
        long begin = 0;
        long end = 0;
        long beside = 0;
        for (int i = from; i < count && near < wanted; i++) {
            ConsumeQueueEntry at = entry.wrap(of, i * ConsumeQueueEntry.BYTES);
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

    /** Whether an entry's record lies at or behind {@code end}; not so in an entry that is damaged. */
    static boolean isBehind(long end, ConsumeQueueEntry at) {
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
            return new ReadResult(Status.FOUND, next, range.minOffset(), range.maxOffset(), records, isSlow, reading);
        }
        reading.run();
        if (isRemoved) {
            if (queue.beginning() != beginning) { // it has begun anew or gone meanwhile: its reader is to ask again
                return QueueReader.without(Status.RECORDS_REMOVED, Math.min(next, queue.maxOffset()), range);
            }
            long valid = Math.max(next + 1, queue.firstOffsetFrom(log.minPosition()));
            return QueueReader.without(Status.RECORDS_REMOVED, Math.min(valid, queue.maxOffset()), range);
        }
        return QueueReader.without(Status.NO_MATCH, next, range);
    }
}
