package io.ternmq.broker.store.index;

import java.nio.ByteBuffer;

/**
 * What stands at the head of an index file, big-endian, in this order. Others write it when a file is full and at a clean
 * stop; until then we write its first two fields of each pair alone.
 *
 * @param beginMillis store time of the first entry, to which the times of entries are relative
 * @param endMillis store time of the last entry
 * @param beginPosition commit-log position of the first entry
 * @param endPosition commit-log position of the last entry
 * @param slotsUsed slots that are not empty
 * @param next number of the next entry; the first has number 1
 */
record IndexHeader(long beginMillis, long endMillis, long beginPosition, long endPosition, int slotsUsed, int next) {
    static final int BYTES = 4 * Long.BYTES + 2 * Integer.BYTES;

    /** Of a file without entries. */
    static final IndexHeader EMPTY = new IndexHeader(0, 0, 0, 0, 0, 1);

    static IndexHeader from(ByteBuffer bytes) {
        return new IndexHeader(
                bytes.getLong(),
                bytes.getLong(),
                bytes.getLong(),
                bytes.getLong(),
                bytes.getInt(),
                Math.max(1, bytes.getInt()));
    }

    ByteBuffer toBytes() {
        return ByteBuffer.allocate(BYTES)
                .putLong(beginMillis)
                .putLong(endMillis)
                .putLong(beginPosition)
                .putLong(endPosition)
                .putInt(slotsUsed)
                .putInt(next)
                .flip();
    }

    /** As long as a file grows: where it begins, and nothing that would have to be true of its slots. */
    IndexHeader unfinished() {
        return new IndexHeader(beginMillis, 0, beginPosition, 0, 0, 0);
    }

    boolean isEmpty() {
        return next <= 1;
    }

    /** Whether it can be that of a file with this layout. */
    boolean isPlausible(IndexLayout layout) {
        return next <= layout.entriesMax()
                && beginPosition >= 0
                && endPosition >= beginPosition
                && slotsUsed >= 0
                && slotsUsed < next
                && slotsUsed <= layout.slots();
    }
}
