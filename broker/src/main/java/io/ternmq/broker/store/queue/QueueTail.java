package io.ternmq.broker.store.queue;

import java.nio.ByteBuffer;

/**
 * The newest entries of a queue, kept in memory until they go to its file together: a message costs no call to the
 * system, however many queues there are. Filled by the dispatcher's thread. Read by any thread up to the queue's end,
 * below which an entry never changes; a fuller tail is another one, so that who reads this one goes on with it.
 */
final class QueueTail {
    private static final int ENTRIES_MIN = 8;

    private final Object beginning;
    private final long base;
    private final ByteBuffer entries; // from index 0 on; positions are not used

    /** A tail without entries that continues no other. */
    QueueTail(long base) {
        this(new Object(), base, ByteBuffer.allocate(ENTRIES_MIN * ConsumeQueueEntry.BYTES));
    }

    /** The tail after this one, without entries: with about as much room as this one has needed. */
    QueueTail next(long end) {
        long room = Math.max(ENTRIES_MIN, Math.min(end - base, ConsumeQueue.WRITTEN_TOGETHER));
        return new QueueTail(beginning, end, ByteBuffer.allocate((int) room * ConsumeQueueEntry.BYTES));
    }

    private QueueTail(Object beginning, long base, ByteBuffer entries) {
        this.beginning = beginning;
        this.base = base;
        this.entries = entries;
    }

    /** Whether this and a later tail are of one row of entries, and not of a queue that has begun anew in between. */
    boolean isContinuedBy(QueueTail later) {
        return beginning == later.beginning;
    }

    /** The same in all tails that continue each other. */
    Object beginning() {
        return beginning;
    }

    /** Offset of the first entry; those below are in files. */
    long base() {
        return base;
    }

    /** Whether there is room for the entry at {@code offset}. */
    boolean hasRoom(long offset) {
        return offset - base < entries.capacity() / ConsumeQueueEntry.BYTES;
    }

    /** The same entries with twice the room. */
    QueueTail grown() {
        ByteBuffer more = ByteBuffer.allocate(2 * entries.capacity());
        more.put(0, entries, 0, entries.capacity());
        return new QueueTail(beginning, base, more);
    }

    /** Puts an entry where there is room, and none yet. */
    void put(long offset, long position, int size, long tagsHash) {
        ConsumeQueueEntry.put(entries, indexOf(offset), position, size, tagsHash);
    }

    /**
     * Fills {@code target} with entries.
     *
     * @param offset at or above the base
     * @return false, with nothing put, if this tail never had them: the queue has begun anew
     */
    boolean read(long offset, ByteBuffer target) {
        long index = (offset - base) * ConsumeQueueEntry.BYTES;
        if (index > entries.capacity() - target.remaining()) {
            return false;
        }
        target.put(entries.slice((int) index, target.remaining()));
        return true;
    }

    /** The entries below {@code end}, as they go to the file. */
    ByteBuffer below(long end) {
        return entries.slice(0, indexOf(end));
    }

    long tagsHash(long offset, ConsumeQueueEntry view) {
        return view.wrap(entries, indexOf(offset)).tagsHash();
    }

    private int indexOf(long offset) {
        return (int) (offset - base) * ConsumeQueueEntry.BYTES;
    }
}
