package io.ternmq.broker.store.queue;

import io.ternmq.broker.store.EntryTag;
import io.ternmq.broker.store.QueueRange;
import io.ternmq.broker.store.TimeBoundary;
import io.ternmq.broker.store.TopicQueue;
import io.ternmq.common.message.MessageRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/**
 * One queue of a topic: an entry for each of its messages. Owns the queue's offsets. Written by the dispatcher's thread
 * (or, at start, by the one that opens the store), read by any.
 */
public final class ConsumeQueue {
    private final TopicQueue name;
    private final QueueFiles files;
    private final EntryTag tag;
    private final HotMarks marks = new HotMarks();

    private volatile long minOffset; // moved by the dispatcher's thread, like the next
    private volatile long maxOffset;

    // The dispatcher's thread alone.
    private long firstPosition = -1; // of the entry at the least offset; negative if that has not been looked up
    private long lastPosition = -1; // of the newest entry, also one not settled; negative if there is none
    private ByteBuffer pending; // entries not settled; null between batches
    private boolean isDirty;

    /** @param tag what its entries carry beside the places of messages */
    ConsumeQueue(TopicQueue name, QueueFiles files, EntryTag tag) {
        this.name = name;
        this.files = files;
        this.tag = tag;
    }

    public TopicQueue name() {
        return name;
    }

    /** What can be read now. */
    public QueueRange range() {
        long max = maxOffset;
        return new QueueRange(Math.min(minOffset, max), max);
    }

    public long maxOffset() {
        return maxOffset;
    }

    /**
     * Reads entries from {@code offset} on until {@code target} is full or the queue ends; then flips it.
     *
     * @return entries read; 0 if {@code offset} is not (or no longer) in the queue
     */
    public int read(long offset, ByteBuffer target) throws IOException {
        long count = Math.min(maxOffset - offset, target.remaining() / ConsumeQueueEntry.BYTES);
        if (offset < minOffset || count <= 0) {
            target.flip();
            return 0;
        }
        target.limit(target.position() + (int) count * ConsumeQueueEntry.BYTES);
        boolean isThere = files.read(offset * ConsumeQueueEntry.BYTES, target);
        target.flip();
        return isThere ? (int) count : 0;
    }

    /** A log position at or below that of the message at an offset, if known without touching a file; else negative. */
    public long knownPositionAtOrBelow(long offset) {
        return marks.positionAtOrBelow(offset);
    }

    /**
     * Searches by store time.
     *
     * @param storeMillis store time of the record at a log position; the smallest number for one that is gone
     * @return an offset in the queue's range, its end included
     */
    public long offsetAt(long wallMillis, TimeBoundary boundary, RecordTimes storeMillis) throws IOException {
        long min = range().minOffset();
        long max = range().maxOffset();
        // Where the first message lies that is late enough: at or after the time asked for, or after it.
        long first = firstMatching(min, max, entry -> {
            long millis = storeMillis.at(entry.position());
            return boundary == TimeBoundary.LOWER ? millis >= wallMillis : millis > wallMillis;
        });
        return boundary == TimeBoundary.LOWER ? first : Math.max(min, first - 1);
    }

    /** Tells the store time of a record. */
    @FunctionalInterface
    public interface RecordTimes {
        long at(long position) throws IOException;
    }

    /** Where in the log the message at an offset lies; empty if the queue does not hold it. */
    public OptionalLong positionOf(long offset) throws IOException {
        QueueRange range = range();
        if (offset < range.minOffset() || offset >= range.maxOffset()) {
            return OptionalLong.empty();
        }
        long position = positionAt(offset);
        return position < 0 ? OptionalLong.empty() : OptionalLong.of(position);
    }

    /** The first offset whose entry points at or behind a log position; the queue's end if none does. */
    public long firstOffsetFrom(long position) throws IOException {
        QueueRange range = range();
        return firstMatching(range.minOffset(), range.maxOffset(), entry -> entry.position() >= position);
    }

    /** Next offset to be written, counting entries not settled. This and all below: the dispatcher's thread. */
    long nextOffset() {
        return maxOffset + (pending == null ? 0 : pending.position() / ConsumeQueueEntry.BYTES);
    }

    /** The offset with which the first of its files begins. */
    long firstFilesOffset() {
        return files.firstPosition() / ConsumeQueueEntry.BYTES;
    }

    long lastPosition() {
        return lastPosition;
    }

    boolean isEmpty() {
        return maxOffset == minOffset && pending == null;
    }

    boolean hasPending() {
        return pending != null;
    }

    boolean isDirty() {
        return isDirty;
    }

    /** Takes an entry in, to be settled later, with memory for a whole batch. */
    void add(ByteBuffer memory, MessageRecord record) {
        if (pending == null) {
            pending = memory;
        }
        long position = record.position();
        marks.note(nextOffset(), position);
        ConsumeQueueEntry.put(pending, position, record.size(), tag.of(record));
        lastPosition = position;
    }

    /** Memory with the entries not settled; null if there are none. */
    ByteBuffer pending() {
        return pending;
    }

    /** Writes what was taken in and lets readers see it. Gives the memory back. May be repeated after an error. */
    ByteBuffer settle() throws IOException {
        ByteBuffer entries = pending;
        files.write(maxOffset * ConsumeQueueEntry.BYTES, entries.duplicate().flip());
        isDirty = true;
        long end = nextOffset();
        pending = null;
        maxOffset = end;
        return entries;
    }

    /**
     * Puts blanks from the queue's end to {@code offset}; nothing is pending.
     *
     * @param position of the record at {@code offset}; the blanks have it too, so that positions never fall in a queue
     */
    void skipTo(long offset, long position) throws IOException {
        boolean wasEmpty = isEmpty();
        long from = maxOffset;
        long blankPosition = position;
        if (wasEmpty && files.isEmpty()) {
            // A new queue that does not begin at 0: its first file is the one that holds the offset.
            from = files.baseOf(offset * ConsumeQueueEntry.BYTES) / ConsumeQueueEntry.BYTES;
            blankPosition = 0;
        }
        files.writeBlanks(from * ConsumeQueueEntry.BYTES, offset * ConsumeQueueEntry.BYTES, blankPosition);
        isDirty = true;
        if (wasEmpty) {
            minOffset = offset;
            firstPosition = -1;
        }
        maxOffset = offset;
    }

    /** Throws everything away: the topic was deleted and made again. */
    void restart() throws IOException {
        maxOffset = 0;
        minOffset = 0;
        firstPosition = -1;
        lastPosition = -1;
        marks.clear();
        files.removeAll();
    }

    /** Finds the queue's end, below which all entries point below {@code position}, and clears what follows. */
    void rewindTo(long position) throws IOException {
        long first = files.firstPosition() / ConsumeQueueEntry.BYTES;
        long last = files.lastPosition() / ConsumeQueueEntry.BYTES;
        maxOffset = last;
        minOffset = first;
        long end = firstMatching(first, last, entry -> !entry.isWritten() || entry.position() >= position);
        maxOffset = end;
        files.clearFrom(end * ConsumeQueueEntry.BYTES);
        minOffset = Math.min(end, firstMatching(first, end, entry -> !entry.isBeforeStart()));
        lastPosition = end > minOffset ? positionAt(end - 1) : -1;
        firstPosition = end > minOffset ? positionAt(minOffset) : -1; // now, while the file is open
    }

    /** Removes what points below a log position. */
    void prune(long minPosition) throws IOException {
        long max = maxOffset;
        if (max == minOffset) {
            return;
        }
        if (firstPosition < 0) {
            firstPosition = positionAt(minOffset);
        }
        if (firstPosition >= minPosition) {
            return; // by far the most frequent case, for the price of a look at memory
        }
        long first = firstMatching(minOffset, max, entry -> entry.position() >= minPosition);
        minOffset = first;
        firstPosition = -1;
        files.removeBelow(first * ConsumeQueueEntry.BYTES);
    }

    /** It will be forced: what is settled from now on makes it dirty again. */
    void takeDirty() {
        isDirty = false;
    }

    /** Forces what has been settled. Any thread. */
    void force() throws IOException {
        files.force();
    }

    /** Deletes all files. */
    void remove() throws IOException {
        files.removeAll();
        files.removeDirectory();
    }

    private long positionAt(long offset) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(ConsumeQueueEntry.BYTES);
        return files.read(offset * ConsumeQueueEntry.BYTES, buffer)
                ? new ConsumeQueueEntry().wrap(buffer, 0).position()
                : -1;
    }

    private interface EntryTest {
        boolean passes(ConsumeQueueEntry entry) throws IOException;
    }

    // The first offset from min on, below max, whose entry passes, given that all behind it pass; max if none does.
    private long firstMatching(long min, long max, EntryTest test) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(ConsumeQueueEntry.BYTES);
        ConsumeQueueEntry entry = new ConsumeQueueEntry();
        long low = min;
        long high = max;
        long step = 1;
        while (low < high) {
            // In steps that double, until one is too far, then by halves: most queues have little in a long file.
            boolean isNear = high < max || step >= high - low;
            long middle = isNear ? low + (high - low) / 2 : low + step - 1;
            step *= 2;
            boolean isThere = files.read(middle * ConsumeQueueEntry.BYTES, buffer.clear());
            // Removed in between by retention: what is gone lies before all that matches.
            if (isThere && test.passes(entry.wrap(buffer, 0))) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
