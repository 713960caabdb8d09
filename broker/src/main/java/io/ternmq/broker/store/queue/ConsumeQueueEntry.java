package io.ternmq.broker.store.queue;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

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

    private static final VarHandle INT32 = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT64 = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

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
        target.putLong(position).putInt(size).putLong(tagsHash);
    }

    static void put(byte[] target, int index, long position, int size, long tagsHash) {
        INT64.set(target, index + POSITION, position);
        INT32.set(target, index + SIZE, size);
        INT64.set(target, index + TAGS_HASH, tagsHash);
    }

    static long tagsHash(byte[] entries, int index) {
        return (long) INT64.get(entries, index + TAGS_HASH);
    }
}
