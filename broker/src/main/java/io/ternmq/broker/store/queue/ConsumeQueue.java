package io.ternmq.broker.store.queue;

import io.ternmq.broker.store.ArrivalListener;
import io.ternmq.broker.store.EntryTag;
import io.ternmq.broker.store.QueueRange;
import io.ternmq.broker.store.TimeBoundary;
import io.ternmq.broker.store.TopicQueue;
import io.ternmq.common.message.MessageRecord;
import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;

/**
 * One queue of a topic: an entry for each of its messages, the newest in memory, the others in files. Owns the queue's
 * offsets. Written by the dispatcher's thread (or, at start, by the one that opens the store), read by any. What a killed
 * process had in memory alone is derived again from where the checkpoint stands, which names nothing that is not forced.
 */
public final class ConsumeQueue {
    /** As many newest entries, or more when they come many at once, go to the file together. */
    static final int WRITTEN_TOGETHER = 128;

    private final TopicQueue name;
    private final byte[] topic; // and its key, kept here for the lookup, to be looked at with all else
    private final long key;
    private final QueueFiles files;
    private final EntryTag tag;
    private final List<ArrivalListener> listeners;
    private final HotMarks marks = new HotMarks();

    private volatile long minOffset; // moved by the dispatcher's thread, like the next
    private volatile long maxOffset;

    // Replaced by the dispatcher's thread when the queue begins anew. Whoever looks for an entry takes it first, then
    // the
    // end, and the tail's base and entries after that: what is below the end is in them, or in a file.
    private volatile QueueTail tail = new QueueTail(0);

    // The dispatcher's thread alone.
    private long nextOffset; // counting entries not settled
    private long firstPosition = -1; // of the entry at the least offset; negative if that has not been looked up
    private long lastPosition = -1; // of the newest entry, also one not settled; negative if there is none
    private boolean isDirty;
    private boolean hasMarks; // says so without a look at them

    /**
     * @param tag what its entries carry beside the places of messages
     * @param listeners of its messages
     */
    ConsumeQueue(TopicQueue name, QueueFiles files, EntryTag tag, List<ArrivalListener> listeners) {
        this.name = name;
        this.topic = name.topic().getBytes(StandardCharsets.UTF_8);
        this.key = QueueLookup.keyOf(ByteBuffer.wrap(topic), 0, topic.length, name.queueId());
        this.files = files;
        this.tag = tag;
        this.listeners = listeners;
    }

    public TopicQueue name() {
        return name;
    }

    /** By which the lookup finds it. */
    long key() {
        return key;
    }

    /**
     * Whether a name is that of this queue.
     *
     * @param itsKey of the name
     * @param bytes hold its topic, from {@code from} on
     */
    boolean isNamed(long itsKey, ByteBuffer bytes, int from, int length) {
        if (itsKey != key || length != topic.length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (topic[i] != bytes.get(from + i)) {
                return false;
            }
        }
        return true;
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
        QueueTail before = tail;
        long count = Math.min(maxOffset - offset, target.remaining() / ConsumeQueueEntry.BYTES);
        if (offset < minOffset || count <= 0) {
            target.flip();
            return 0;
        }
        target.limit(target.position() + (int) count * ConsumeQueueEntry.BYTES);
        boolean isThere = readEntries(before, offset, target);
        target.flip();
        return isThere ? (int) count : 0;
    }

    /** The same object for as long as the queue has neither begun anew nor gone. */
    public Object beginning() {
        return tail;
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
        QueueTail before = tail;
        long min = range().minOffset();
        long max = range().maxOffset();
        // Where the first message lies that is late enough: at or after the time asked for, or after it.
        long first = firstMatching(before, min, max, entry -> {
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
        QueueTail before = tail;
        QueueRange range = range();
        if (offset < range.minOffset() || offset >= range.maxOffset()) {
            return OptionalLong.empty();
        }
        long position = positionAt(before, offset);
        return position < 0 ? OptionalLong.empty() : OptionalLong.of(position);
    }

    /** The first offset whose entry points at or behind a log position; the queue's end if none does. */
    public long firstOffsetFrom(long position) throws IOException {
        QueueTail before = tail;
        QueueRange range = range();
        return firstMatching(before, range.minOffset(), range.maxOffset(), entry -> entry.position() >= position);
    }

    /** Next offset to be taken in, counting entries not settled. This and all below: the dispatcher's thread. */
    long nextOffset() {
        return nextOffset;
    }

    /** The offset with which the first of its files begins. */
    long firstFilesOffset() {
        return files.firstPosition() / ConsumeQueueEntry.BYTES;
    }

    long lastPosition() {
        return lastPosition;
    }

    boolean isEmpty() {
        return nextOffset == minOffset;
    }

    /** Whether entries were taken in that are not settled. */
    boolean hasPending() {
        return nextOffset != maxOffset;
    }

    /**
     * Entries are about to be settled or skipped, and to be written and forced at the next checkpoint.
     *
     * @return whether that was not known yet
     */
    boolean markDirty() {
        boolean wasDirty = isDirty;
        isDirty = true;
        return !wasDirty;
    }

    /** Takes an entry in, to be settled later. */
    void add(MessageRecord record) {
        long position = record.position();
        if (!hasMarks || HotMarks.isMark(nextOffset)) {
            hasMarks = true;
            marks.note(nextOffset, position);
        }
        tail.put(nextOffset, position, record.size(), tag.of(record));
        nextOffset++;
        lastPosition = position;
    }

    /**
     * Lets readers see what was taken in, having written it when it is enough, and tells those who listen. May be
     * repeated after an error.
     */
    void settle() throws IOException {
        long base = tail.base();
        boolean isEnough = nextOffset - base >= WRITTEN_TOGETHER;
        if (isEnough) {
            write();
        }
        long from = maxOffset;
        maxOffset = nextOffset;
        if (!listeners.isEmpty()) {
            announce(from, base);
        }
        if (isEnough) {
            tail.trim(nextOffset);
        }
    }

    private void announce(long from, long base) {
        for (long offset = from; offset < nextOffset; offset++) {
            long tagsHash = tail.tagsHash((int) (offset - base));
            for (ArrivalListener listener : listeners) {
                listener.arrived(name, offset, tagsHash);
            }
        }
    }

    /** Writes to files what is in memory alone. May be repeated after an error. */
    void writeOut() throws IOException {
        write();
        tail.trim(nextOffset);
    }

    // What was written is still in the tail's memory, for those who are to be told of it.
    private void write() throws IOException {
        QueueTail written = tail;
        if (nextOffset > written.base()) {
            files.write(written.base() * ConsumeQueueEntry.BYTES, written.below(nextOffset));
            written.continueAt(nextOffset);
        }
    }

    /**
     * Puts blanks from the queue's end to {@code offset}; nothing is pending.
     *
     * @param position of the record at {@code offset}; the blanks have it too, so that positions never fall in a queue
     */
    void skipTo(long offset, long position) throws IOException {
        writeOut();
        boolean wasEmpty = isEmpty();
        long from = maxOffset;
        long blankPosition = position;
        if (wasEmpty && files.isEmpty()) {
            // A new queue that does not begin at 0: its first file is the one that holds the offset.
            from = files.baseOf(offset * ConsumeQueueEntry.BYTES) / ConsumeQueueEntry.BYTES;
            blankPosition = 0;
        }
        files.writeBlanks(from * ConsumeQueueEntry.BYTES, offset * ConsumeQueueEntry.BYTES, blankPosition);
        if (wasEmpty) {
            minOffset = offset;
            firstPosition = -1;
        }
        // The tail first: what lies below an end is in a file, or in the tail that is seen after it.
        tail.continueAt(offset);
        nextOffset = offset;
        maxOffset = offset;
    }

    /** Throws everything away: the topic was deleted and made again. */
    void restart() throws IOException {
        beginTailAt(0);
        minOffset = 0;
        firstPosition = -1;
        lastPosition = -1;
        marks.clear();
        hasMarks = false;
        files.removeAll();
    }

    /** Finds the queue's end, below which all entries point below {@code position}, and clears what follows. */
    void rewindTo(long position) throws IOException {
        writeOut();
        long first = files.firstPosition() / ConsumeQueueEntry.BYTES;
        long last = files.lastPosition() / ConsumeQueueEntry.BYTES;
        beginTailAt(last);
        minOffset = first;
        long end = firstMatching(tail, first, last, entry -> !entry.isWritten() || entry.position() >= position);
        beginTailAt(end);
        files.clearFrom(end * ConsumeQueueEntry.BYTES);
        minOffset = Math.min(end, firstMatching(tail, first, end, entry -> !entry.isBeforeStart()));
        lastPosition = end > minOffset ? positionAt(tail, end - 1) : -1;
        firstPosition = end > minOffset ? positionAt(tail, minOffset) : -1; // now, while the file is open
    }

    /**
     * Removes what points below a log position.
     *
     * @return whether files are gone, which is to be forced
     */
    boolean prune(long minPosition) throws IOException {
        long max = maxOffset;
        if (max == minOffset) {
            return false;
        }
        if (firstPosition < 0) {
            firstPosition = positionAt(tail, minOffset);
        }
        if (firstPosition >= minPosition) {
            return false; // by far the most frequent case, for the price of a look at memory
        }
        long first = firstMatching(tail, minOffset, max, entry -> entry.position() >= minPosition);
        minOffset = first;
        firstPosition = -1;
        return files.removeBelow(first * ConsumeQueueEntry.BYTES);
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
        tail = new QueueTail(nextOffset); // for those who read just now
        files.removeAll();
        files.removeDirectory();
    }

    // The end goes first: whoever knows the new tail before it looks at the end knows the new end.
    private void beginTailAt(long offset) {
        maxOffset = offset;
        nextOffset = offset;
        tail = new QueueTail(offset);
    }

    // Until the target is full, from below the end, which has been looked at after the tail. False if something is not
    // there, or the queue has begun anew since: then what was read may be of before, of after, or neither.
    private boolean readEntries(QueueTail before, long offset, ByteBuffer target) throws IOException {
        int start = target.position();
        int end = target.limit();
        while (true) {
            long base = before.base();
            long inFiles = Math.min(Math.max(0, base - offset), target.remaining() / ConsumeQueueEntry.BYTES);
            if (inFiles > 0) {
                target.limit(start + (int) inFiles * ConsumeQueueEntry.BYTES);
                boolean isThere = files.read(offset * ConsumeQueueEntry.BYTES, target);
                target.limit(end);
                if (!isThere) {
                    return false;
                }
            }
            boolean isThere = !target.hasRemaining() || before.read(offset + inFiles, target);
            VarHandle.acquireFence();
            if (before != tail) {
                return false;
            }
            if (isThere || base == before.base()) {
                return isThere;
            }
            // The rest has gone to a file meanwhile, which happens once to what lies below an end.
            target.position(start);
        }
    }

    private long positionAt(QueueTail before, long offset) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(ConsumeQueueEntry.BYTES);
        return readEntries(before, offset, buffer)
                ? new ConsumeQueueEntry().wrap(buffer, 0).position()
                : -1;
    }

    private interface EntryTest {
        boolean passes(ConsumeQueueEntry entry) throws IOException;
    }

    // The first offset from min on, below max, whose entry passes, given that all behind it pass; max if none does.
    private long firstMatching(QueueTail before, long min, long max, EntryTest test) throws IOException {
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
            boolean isThere = readEntries(before, middle, buffer.clear());
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
