package io.ternmq.broker.store.index;

import java.nio.ByteBuffer;

/**
 * View of one entry of an index file: a key's hash and where in the commit log a message with it lies.
 *
 * <pre>
 * byte  0      4          12        16         20      big-endian
 *       +------+----------+---------+----------+
 *       | hash | position | seconds | previous |
 *       +------+----------+---------+----------+
 * </pre>
 *
 * Seconds count from the file's first entry; previous is the number of the next older entry of the same slot, 0 for none.
 */
final class IndexEntry {
    static final int BYTES = 20;

    private static final int HASH = 0;
    private static final int POSITION = HASH + Integer.BYTES;
    private static final int SECONDS = POSITION + Long.BYTES;
    private static final int PREVIOUS = SECONDS + Integer.BYTES;
    private static final long MILLIS = 1000;

    private ByteBuffer buffer = ByteBuffer.allocate(BYTES);
    private int base;

    /** Looks at the entry that begins at {@code index}. */
    IndexEntry wrap(ByteBuffer buffer, int index) {
        this.buffer = buffer;
        this.base = index;
        return this;
    }

    int hash() {
        return buffer.getInt(base + HASH);
    }

    /** Commit-log position of the record. */
    long position() {
        return buffer.getLong(base + POSITION);
    }

    /** Earliest store time that it can stand for: the record's own lies less than a second behind it. */
    long earliestMillis(long beginMillis) {
        return beginMillis + buffer.getInt(base + SECONDS) * MILLIS;
    }

    /** Latest store time that it can stand for. */
    long latestMillis(long beginMillis) {
        return earliestMillis(beginMillis) + MILLIS - 1;
    }

    int previous() {
        return buffer.getInt(base + PREVIOUS);
    }

    static void put(ByteBuffer target, int hash, long position, long millisSinceBegin, int previous) {
        int seconds = (int) Math.max(0, Math.min(Integer.MAX_VALUE, millisSinceBegin / MILLIS));
        target.putInt(hash).putLong(position).putInt(seconds).putInt(previous);
    }
}
