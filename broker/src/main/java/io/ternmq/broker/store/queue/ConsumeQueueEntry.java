package io.ternmq.broker.store.queue;

import java.nio.ByteBuffer;

/**
 * View of one consume queue entry: where in the commit log the message at a queue offset lies.
 *
 * <pre>
 * byte  0          8      12         20      big-endian
 *       +----------+------+----------+
 *       | position | size | tagsHash |
 *       +----------+------+----------+
 * </pre>
 *
 * An entry of the largest size there is stands for no message: the queue does not begin at 0, or a record was lost.
 */
public final class ConsumeQueueEntry {
    public static final int BYTES = 20;

    /** The size that a blank entry has. */
    static final int BLANK_SIZE = Integer.MAX_VALUE;

    private static final int POSITION = 0;
    private static final int SIZE = POSITION + Long.BYTES;
    private static final int TAGS_HASH = SIZE + Integer.BYTES;

    private ByteBuffer buffer = ByteBuffer.allocate(BYTES);
    private int base;

    /** Looks at the entry that begins at {@code index}. */
    public ConsumeQueueEntry wrap(ByteBuffer buffer, int index) {
        this.buffer = buffer;
        this.base = index;
        return this;
    }

    /** Commit-log position of the record. */
    public long position() {
        return buffer.getLong(base + POSITION);
    }

    /** Length of the record in bytes. */
    public int size() {
        return buffer.getInt(base + SIZE);
    }

    /** Hash of the message's tag, sign-extended; 0 without one. */
    public long tagsHash() {
        return buffer.getLong(base + TAGS_HASH);
    }

    /** Whether it stands for no message. */
    public boolean isBlank() {
        return size() == BLANK_SIZE;
    }

    /** Whether it stands before the first message of a queue that does not begin at 0. */
    boolean isBeforeStart() {
        return isBlank() && position() == 0;
    }

    /** Whether anything was ever written here. */
    boolean isWritten() {
        return position() >= 0 && size() > 0;
    }

    static void put(ByteBuffer target, long position, int size, long tagsHash) {
        put(target, target.position(), position, size, tagsHash);
        target.position(target.position() + BYTES);
    }

    static void put(ByteBuffer target, int index, long position, int size, long tagsHash) {
        target.putLong(index, position);
        target.putInt(index + Long.BYTES, size);
        target.putLong(index + Long.BYTES + Integer.BYTES, tagsHash);
    }
}
