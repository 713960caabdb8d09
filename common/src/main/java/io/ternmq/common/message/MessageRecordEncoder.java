package io.ternmq.common.message;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Writes messages in stored form, one behind the other, into memory of its own that is used again for the next unit.
 * Queue offset, log position and store time are left zero for whoever gives the message its place: see
 * {@link #stamp(ByteBuffer, int, long, long, long)}. Used by one thread at a time. {@link MessageRecord} draws the layout.
 */
public final class MessageRecordEncoder {
    private final CRC32 crc = new CRC32();
    private final TextEncoder text = new TextEncoder();
    private final StoredHost bornHost = new StoredHost();
    private final StoredHost storeHost = new StoredHost();
    private ByteBuffer buffer;

    /** Where each part of the record being written goes; set by {@link #begin} and moved by each part. */
    private int base;

    private int at;

    /** @param initialBytes memory to begin with; it grows to the largest unit written */
    public MessageRecordEncoder(int initialBytes) {
        buffer = ByteBuffer.allocate(initialBytes);
    }

    /** Forgets what was written. */
    public MessageRecordEncoder clear() {
        at = 0;
        return this;
    }

    /** What was written since {@link #clear()}: bytes 0 to {@link #length()}; valid until more is written. */
    public ByteBuffer buffer() {
        return buffer;
    }

    /** Bytes written since {@link #clear()}. */
    public int length() {
        return at;
    }

    /** Bytes that this encoder keeps for the next unit. */
    public int capacity() {
        return buffer.capacity();
    }

    /**
     * Begins a record. The host bits of {@code sysFlag} are set from the hosts themselves.
     *
     * @param sysFlag bits of {@link SystemFlags}
     */
    public MessageRecordEncoder begin(
            int queueId, int flag, int sysFlag, InetSocketAddress born, InetSocketAddress store) {
        bornHost.become(born);
        storeHost.become(store);
        int hostBits =
                (bornHost.isV6() ? SystemFlags.BORN_HOST_V6 : 0) | (storeHost.isV6() ? SystemFlags.STORE_HOST_V6 : 0);
        int flags = (sysFlag & ~(SystemFlags.BORN_HOST_V6 | SystemFlags.STORE_HOST_V6)) | hostBits;
        reserve(MessageRecord.BORN_HOST + 2 * MessageRecord.HOST_V6_BYTES + 2 * Long.BYTES + 2 * Integer.BYTES);
        base = at;
        buffer.putInt(base + MessageRecord.QUEUE_ID, queueId);
        buffer.putInt(base + MessageRecord.FLAG, flag);
        buffer.putLong(base + MessageRecord.QUEUE_OFFSET, 0);
        buffer.putLong(base + MessageRecord.POSITION, 0);
        buffer.putInt(base + MessageRecord.SYS_FLAG, flags);
        at = bornHost.put(buffer, base + MessageRecord.BORN_HOST);
        buffer.putLong(at, 0);
        at = storeHost.put(buffer, at + Long.BYTES);
        return this;
    }

    /** Second part: where the message comes from. */
    public MessageRecordEncoder origin(long bornMillis, int reconsumeTimes, long preparedPosition) {
        buffer.putLong(base + MessageRecord.BORN_MILLIS, bornMillis);
        buffer.putInt(at, reconsumeTimes);
        buffer.putLong(at + Integer.BYTES, preparedPosition);
        at += Integer.BYTES + Long.BYTES;
        return this;
    }

    /** Third part: the body, from position to limit; the buffer's position is not moved. */
    public MessageRecordEncoder body(ByteBuffer body) {
        int bytes = body.remaining();
        reserve(Integer.BYTES + bytes);
        buffer.putInt(at, bytes);
        at += Integer.BYTES;
        buffer.put(at, body, body.position(), bytes);
        crc.reset();
        crc.update(buffer.array(), at, bytes);
        buffer.putInt(base + MessageRecord.BODY_CRC, MessageRecord.masked(crc));
        at += bytes;
        return this;
    }

    /**
     * Last part. Over 127 bytes of topic the record takes its second form. Too long a topic or property string is
     * written nevertheless, so that the caller learns its length; such a record must not be used.
     *
     * @return length of the property string in bytes
     */
    public int end(String topic, String properties) {
        reserve((topic.length() + properties.length()) * TextEncoder.BYTES_PER_CHAR_MAX + 2 * Short.BYTES);
        // Only a topic that may be long is measured first; the length of its length comes before its bytes.
        boolean isLong = topic.length() > MessageRecord.V1_TOPIC_BYTES_MAX / TextEncoder.BYTES_PER_CHAR_MAX
                && topic.getBytes(StandardCharsets.UTF_8).length > MessageRecord.V1_TOPIC_BYTES_MAX;
        int topicAt = at + (isLong ? Short.BYTES : 1);
        int topicEnd = text.put(buffer, topicAt, topic);
        if (isLong) {
            buffer.putShort(at, (short) (topicEnd - topicAt));
        } else {
            buffer.put(at, (byte) (topicEnd - topicAt));
        }
        int propertiesAt = topicEnd + Short.BYTES;
        at = text.put(buffer, propertiesAt, properties);
        buffer.putShort(topicEnd, (short) (at - propertiesAt));
        buffer.putInt(base + MessageRecord.MAGIC, isLong ? MessageRecord.MAGIC_V2 : MessageRecord.MAGIC_V1);
        buffer.putInt(base + MessageRecord.SIZE, at - base);
        return at - propertiesAt;
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
        if (buffer.capacity() - at < bytes) {
            // With some room for the small parts that follow, so that a large message grows the memory once.
            int wanted = Math.max(at + bytes + MessageRecord.FIXED_BYTES_MIN * 8, buffer.capacity() * 2);
            ByteBuffer larger = ByteBuffer.allocate(wanted);
            larger.put(0, buffer, 0, at);
            buffer = larger;
        }
    }
}
