package io.ternmq.common.message;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * A message taken apart into what its record will hold, but for what the log decides when it gives it its place: queue
 * offset, position and store time. Its length is known before a byte is written, so it can be written where it is to
 * stay. {@link MessageRecord} draws the layout.
 *
 * @param queueId 0 or more
 * @param flag the user's own flag
 * @param sysFlag bits of {@link SystemFlags}; the host bits are set from the hosts themselves
 * @param bornMillis when the producer made it, wall time
 * @param bornHost where the producer is
 * @param storeHost the broker
 * @param reconsumeTimes how often a consumer has sent it back
 * @param preparedPosition commit-log position of the half message that this one commits, else 0
 * @param body from position to limit; neither moved nor kept
 * @param topic in UTF-8, at most 32767 bytes; over 127 bytes the record takes its second form
 * @param properties in UTF-8, at most {@link MessageRecord#PROPERTIES_BYTES_MAX} bytes
 */
@SuppressWarnings("ArrayRecordComponent") // text made for this one purpose, never compared or changed
public record RecordForm(
        int queueId,
        int flag,
        int sysFlag,
        long bornMillis,
        StoredHost bornHost,
        StoredHost storeHost,
        int reconsumeTimes,
        long preparedPosition,
        ByteBuffer body,
        byte[] topic,
        byte[] properties) {

    /** Length of the record. */
    public int size() {
        return MessageRecord.FIXED_BYTES_MIN
                + bornHost.bytes()
                + storeHost.bytes()
                - 2 * MessageRecord.HOST_V4_BYTES
                + body.remaining()
                + (isLong() ? 1 : 0)
                + topic.length
                + properties.length;
    }

    /**
     * Writes the record, except its size: whatever else is in a record that has none, nobody takes it for one.
     *
     * @param index of {@code target}, which has room for {@link #size()} bytes from there
     */
    public void write(ByteBuffer target, int index, long queueOffset, long position, long storeMillis) {
        target.putInt(index + MessageRecord.MAGIC, isLong() ? MessageRecord.MAGIC_V2 : MessageRecord.MAGIC_V1);
        target.putInt(index + MessageRecord.QUEUE_ID, queueId);
        target.putInt(index + MessageRecord.FLAG, flag);
        target.putLong(index + MessageRecord.QUEUE_OFFSET, queueOffset);
        target.putLong(index + MessageRecord.POSITION, position);
        target.putInt(index + MessageRecord.SYS_FLAG, storedFlags());
        target.putLong(index + MessageRecord.BORN_MILLIS, bornMillis);
        int at = bornHost.put(target, index + MessageRecord.BORN_HOST);
        target.putLong(at, storeMillis);
        at = storeHost.put(target, at + Long.BYTES);
        target.putInt(at, reconsumeTimes);
        target.putLong(at + Integer.BYTES, preparedPosition);
        writeTexts(target, writeBody(target, at + Integer.BYTES + Long.BYTES));
        // Last: the sum is taken of the source, while the copies are still on their way to memory.
        target.putInt(index + MessageRecord.BODY_CRC, crcOfBody());
    }

    /** Makes what {@link #write} wrote a record. */
    public void writeSize(ByteBuffer target, int index) {
        target.putInt(index + MessageRecord.SIZE, size());
    }

    private int writeBody(ByteBuffer target, int at) {
        int bytes = body.remaining();
        target.putInt(at, bytes);
        target.put(at + Integer.BYTES, body, body.position(), bytes);
        return at + Integer.BYTES + bytes;
    }

    private void writeTexts(ByteBuffer target, int at) {
        int topicAt = at + (isLong() ? Short.BYTES : 1);
        if (isLong()) {
            target.putShort(at, (short) topic.length);
        } else {
            target.put(at, (byte) topic.length);
        }
        target.put(topicAt, topic);
        target.putShort(topicAt + topic.length, (short) properties.length);
        target.put(topicAt + topic.length + Short.BYTES, properties);
    }

    private int crcOfBody() {
        CRC32 crc = new CRC32();
        if (body.hasArray()) {
            crc.update(body.array(), body.arrayOffset() + body.position(), body.remaining());
        } else {
            crc.update(body.duplicate());
        }
        return MessageRecord.masked(crc);
    }

    private int storedFlags() {
        return (sysFlag & ~(SystemFlags.BORN_HOST_V6 | SystemFlags.STORE_HOST_V6))
                | (bornHost.isV6() ? SystemFlags.BORN_HOST_V6 : 0)
                | (storeHost.isV6() ? SystemFlags.STORE_HOST_V6 : 0);
    }

    private boolean isLong() {
        return topic.length > MessageRecord.V1_TOPIC_BYTES_MAX;
    }
}
