package io.ternmq.broker.store.queue;

import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The newest entries of a queue, kept in memory until they go to its file together: a message costs no call to the
 * system, however many queues there are, and nothing for the collector either, since the memory is used again. Changed
 * by the dispatcher's thread. Read by any thread up to the queue's end: an entry stays until it is in the file, and who
 * has copied one that did not stay is told so. One of them lives until the queue begins anew.
 */
final class QueueTail {
    private static final int ENTRIES_MIN = 8;
    private static final int BYTES_USUAL = ConsumeQueue.WRITTEN_TOGETHER * ConsumeQueueEntry.BYTES;

    // Written in this order: the base before what overwrites entries below it, entries before the queue's end.
    private volatile long base;
    private volatile byte[] entries = new byte[ENTRIES_MIN * ConsumeQueueEntry.BYTES]; // from the base on

    private long written; // entries that went to the file last; the dispatcher's thread alone

    QueueTail(long base) {
        this.base = base;
    }

    /** Offset of the first entry; those below are in files. */
    long base() {
        return base;
    }

    /** Puts the entry behind the last one. */
    void put(long offset, long position, int size, long tagsHash) {
        int index = (int) (offset - base) * ConsumeQueueEntry.BYTES;
        byte[] into = entries;
        if (index == into.length) {
            into = Arrays.copyOf(into, 2 * into.length);
            entries = into;
        }
        ConsumeQueueEntry.put(into, index, position, size, tagsHash);
    }

    /**
     * Fills {@code target} with entries.
     *
     * @return false, with nothing put, if they are not here: in files meanwhile, or of a queue that has begun anew
     */
    boolean read(long offset, ByteBuffer target) {
        long from = base;
        byte[] source = entries;
        long index = (offset - from) * ConsumeQueueEntry.BYTES;
        if (index < 0 || index > source.length - target.remaining()) {
            return false;
        }
        int start = target.position();
        target.put(source, (int) index, target.remaining());
        VarHandle.acquireFence(); // the copy before the look at whether it was of what it should be
        if (base != from) {
            target.position(start);
            return false;
        }
        return true;
    }

    /** The entries below {@code end}, as they go to the file. */
    ByteBuffer below(long end) {
        return ByteBuffer.wrap(entries, 0, (int) (end - base) * ConsumeQueueEntry.BYTES);
    }

    /** Entries below {@code end} are in files, and their places free for others. */
    void continueAt(long end) {
        written = end - base;
        base = end;
        VarHandle.releaseFence();
    }

    /**
     * Gives back memory that entries needed which once came in great number, if those that went to the file last would
     * have done with less. Whoever always has many keeps the room for them.
     *
     * @param end of all entries; nothing is done if some of them are here alone
     */
    void trim(long end) {
        if (end == base && entries.length > BYTES_USUAL && written * ConsumeQueueEntry.BYTES <= BYTES_USUAL) {
            entries = new byte[BYTES_USUAL];
        }
    }

    /** Bytes of memory for entries, whether or not there are any. */
    int room() {
        return entries.length;
    }

    /**
     * The hash of an entry's tag, for whom puts entries, also of one that has gone to the file since the last was put.
     *
     * @param index of the entry, counted from the base that it was put above
     */
    long tagsHash(int index) {
        return ConsumeQueueEntry.tagsHash(entries, index * ConsumeQueueEntry.BYTES);
    }
}
