package io.ternmq.common.message;

import java.nio.ByteBuffer;

/**
 * Writes messages in stored form, one behind the other, into memory of its own that is used again for the next unit.
 * Queue offset, log position and store time are left zero for whoever gives the message its place: see
 * {@link #stamp(ByteBuffer, int, long, long, long)}. Used by one thread at a time. {@link MessageRecord} draws the layout.
 */
public final class MessageRecordEncoder {
    private ByteBuffer buffer;
    private int length;

    /** @param initialBytes memory to begin with; it grows to the largest unit written */
    public MessageRecordEncoder(int initialBytes) {
        buffer = ByteBuffer.allocate(initialBytes);
    }

    /** Forgets what was written. */
    public MessageRecordEncoder clear() {
        length = 0;
        return this;
    }

    /** What was written since {@link #clear()}: bytes 0 to {@link #length()}; valid until more is written. */
    public ByteBuffer buffer() {
        return buffer;
    }

    /** Bytes written since {@link #clear()}. */
    public int length() {
        return length;
    }

    /** Bytes that this encoder keeps for the next unit. */
    public int capacity() {
        return buffer.capacity();
    }

    /** Writes one more. */
    public MessageRecordEncoder add(RecordForm form) {
        int bytes = form.size();
        reserve(bytes);
        form.write(buffer, length, 0, 0, 0);
        form.writeSize(buffer, length);
        length += bytes;
        return this;
    }

    /** Gives a finished record its place: what only the log can decide. */
    public static void stamp(ByteBuffer buffer, int index, long queueOffset, long position, long storeMillis) {
        buffer.putLong(index + MessageRecord.QUEUE_OFFSET, queueOffset);
        buffer.putLong(index + MessageRecord.POSITION, position);
        int sysFlag = buffer.getInt(index + MessageRecord.SYS_FLAG);
        int bornHostBytes = MessageRecord.hostBytes(sysFlag, SystemFlags.BORN_HOST_V6);
        buffer.putLong(index + MessageRecord.BORN_HOST + bornHostBytes, storeMillis);
    }

    /** Length of the finished record at {@code index}. */
    public static int sizeAt(ByteBuffer buffer, int index) {
        return buffer.getInt(index + MessageRecord.SIZE);
    }

    /** System flags of the finished record at {@code index}. */
    public static int sysFlagAt(ByteBuffer buffer, int index) {
        return buffer.getInt(index + MessageRecord.SYS_FLAG);
    }

    private void reserve(int bytes) {
        if (buffer.capacity() - length < bytes) {
            ByteBuffer larger = ByteBuffer.allocate(Math.max(length + bytes, buffer.capacity() * 2));
            larger.put(0, buffer, 0, length);
            buffer = larger;
        }
    }
}
