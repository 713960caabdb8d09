package io.ternmq.common.message;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * View of one message in its stored form, which is also how pulls carry it. Owns no bytes; allocates and copies nothing
 * unless a method says so, and is not shared between threads.
 *
 * <pre>
 * byte  0      4       8      12       16     20           28        36       40
 *       +------+-------+------+--------+------+------------+---------+--------+
 *       | size | magic | crc  | queue  | flag | queue      | log     | system |
 *       |      |       | body | id     |      | offset     | position| flags  |
 *       +------+-------+------+--------+------+------------+---------+--------+
 *      40        48            + host     + 8       + host
 *       +--------+-----------+---------+------------+---------+-------------+
 *       | born   | born host | stored  | store host | sent    | position of |
 *       | millis | 8 or 20   | millis  | 8 or 20    | back    | half message|
 *       +--------+-----------+---------+------------+---------+-------------+
 *       4 + body | 1 or 2 + topic | 2 + properties                big-endian
 * </pre>
 *
 * A host is an address of 4 or 16 bytes and a port of 4; bits of the system flags tell which. The length of the topic
 * has one byte in version 1 and two in version 2.
 */
public final class MessageRecord {
    public static final int MAGIC_V1 = 0xDAA320A7;
    public static final int MAGIC_V2 = 0xDAA320AB;
    /** In place of a record's magic: nothing follows in this segment. */
    public static final int MAGIC_BLANK = 0xCBD43194;

    /** Size and magic, all that a blank has; what must stay free behind each record of a segment. */
    public static final int BLANK_BYTES = 8;

    /** Bytes of the smallest record: hosts of 8 bytes, version 1, nothing in it. */
    public static final int FIXED_BYTES_MIN = 91;

    /** The longest topic whose length fits one byte for every reader of this format. */
    public static final int V1_TOPIC_BYTES_MAX = 127;

    public static final int PROPERTIES_BYTES_MAX = Short.MAX_VALUE;

    static final int HOST_V4_BYTES = 8;
    static final int HOST_V6_BYTES = 20;

    static final int SIZE = 0;
    static final int MAGIC = SIZE + Integer.BYTES;
    static final int BODY_CRC = MAGIC + Integer.BYTES;
    static final int QUEUE_ID = BODY_CRC + Integer.BYTES;
    static final int FLAG = QUEUE_ID + Integer.BYTES;
    static final int QUEUE_OFFSET = FLAG + Integer.BYTES;
    static final int POSITION = QUEUE_OFFSET + Long.BYTES;
    static final int SYS_FLAG = POSITION + Long.BYTES;
    static final int BORN_MILLIS = SYS_FLAG + Integer.BYTES;
    static final int BORN_HOST = BORN_MILLIS + Long.BYTES;

    private static final int CRC_MASK = 0x7FFFFFFF;

    private ByteBuffer buffer = ByteBuffer.allocate(0);
    private int base;
    private int storeMillisAt;
    private int bodyAt; // of the length before it, like the next two
    private int topicAt;
    private int propertiesAt;
    private PropertyPlaces places; // null until they are asked for
    private boolean hasPlaces; // those are this record's

    /**
     * Looks at the record that begins at {@code index} of {@code buffer}, if a whole one begins there: its magic is
     * known, its size is within {@code available}, and its parts add up to its size. The checksum is not looked at.
     *
     * @param available bytes from {@code index} on that may be read
     * @return whether this view may be used now; if not, no accessor may be called
     */
    public boolean wrap(ByteBuffer buffer, int index, int available) {
        if (available < FIXED_BYTES_MIN) {
            return false;
        }
        int size = buffer.getInt(index + SIZE);
        int magic = buffer.getInt(index + MAGIC);
        if (size < FIXED_BYTES_MIN || size > available || (magic != MAGIC_V1 && magic != MAGIC_V2)) {
            return false;
        }
        this.buffer = buffer;
        hasPlaces = false;
        base = index;
        int end = index + size;
        int sysFlag = buffer.getInt(index + SYS_FLAG);
        storeMillisAt = index + BORN_HOST + hostBytes(sysFlag, SystemFlags.BORN_HOST_V6);
        bodyAt =
                storeMillisAt + Long.BYTES + hostBytes(sysFlag, SystemFlags.STORE_HOST_V6) + Integer.BYTES + Long.BYTES;
        return placeBody(magic, end);
    }

    /** As {@link #wrap(ByteBuffer, int, int)} for all that lies between a buffer's position and its limit. */
    public boolean wrap(ByteBuffer buffer) {
        return wrap(buffer, buffer.position(), buffer.remaining());
    }

    // All sums below stay in the range of an int: each part is checked against the end before the next is looked for.
    private boolean placeBody(int magic, int end) {
        if (bodyAt + Integer.BYTES > end) {
            return false;
        }
        int bodyBytes = buffer.getInt(bodyAt);
        if (bodyBytes < 0 || bodyBytes > end - bodyAt - Integer.BYTES) {
            return false;
        }
        topicAt = bodyAt + Integer.BYTES + bodyBytes;
        int topicLengthBytes = magic == MAGIC_V1 ? 1 : 2;
        if (topicLengthBytes > end - topicAt) {
            return false;
        }
        int topicBytes = topicBytes();
        if (topicBytes < 0 || topicBytes > end - topicAt - topicLengthBytes - Short.BYTES) {
            return false;
        }
        propertiesAt = topicAt + topicLengthBytes + topicBytes;
        int propertiesBytes = buffer.getShort(propertiesAt);
        return propertiesBytes >= 0 && propertiesAt + Short.BYTES + propertiesBytes == end;
    }

    /** Length of the whole record in bytes. */
    public int size() {
        return buffer.getInt(base + SIZE);
    }

    public int magic() {
        return buffer.getInt(base + MAGIC);
    }

    /** Checksum of the body as it was written; see {@link #isBodyIntact()}. */
    public int bodyCrc() {
        return buffer.getInt(base + BODY_CRC);
    }

    public int queueId() {
        return buffer.getInt(base + QUEUE_ID);
    }

    /** The user's own flag. */
    public int flag() {
        return buffer.getInt(base + FLAG);
    }

    /** Offset in its queue; 0 in half messages and rollbacks, which are in no queue. */
    public long queueOffset() {
        return buffer.getLong(base + QUEUE_OFFSET);
    }

    /** Commit-log position that the record itself claims. */
    public long position() {
        return buffer.getLong(base + POSITION);
    }

    /** Bits of {@link SystemFlags}. */
    public int sysFlag() {
        return buffer.getInt(base + SYS_FLAG);
    }

    public long bornMillis() {
        return buffer.getLong(base + BORN_MILLIS);
    }

    /** Where the producer was. Allocates. */
    public InetSocketAddress bornHost() {
        return host(base + BORN_HOST, storeMillisAt - base - BORN_HOST);
    }

    public long storeMillis() {
        return buffer.getLong(storeMillisAt);
    }

    /** Where the broker was that stored it. Allocates. */
    public InetSocketAddress storeHost() {
        int at = storeMillisAt + Long.BYTES;
        return host(at, bodyAt - Long.BYTES - Integer.BYTES - at);
    }

    public int reconsumeTimes() {
        return buffer.getInt(bodyAt - Long.BYTES - Integer.BYTES);
    }

    /** Commit-log position of the half message that this record commits, else 0. */
    public long preparedPosition() {
        return buffer.getLong(bodyAt - Long.BYTES);
    }

    /** Length of the body as stored, in bytes. */
    public int bodyBytes() {
        return buffer.getInt(bodyAt);
    }

    /** The body as stored, perhaps compressed: a new view of the same memory. */
    public ByteBuffer body() {
        return buffer.slice(bodyAt + Integer.BYTES, bodyBytes());
    }

    /** Length of the topic in bytes of UTF-8. */
    public int topicBytes() {
        // One byte is read as signed, as every other reader does: a writer uses version 2 above 127.
        return magic() == MAGIC_V1 ? buffer.get(topicAt) : buffer.getShort(topicAt);
    }

    /** Where in the wrapped buffer the topic's bytes begin. */
    public int topicIndex() {
        return topicAt + (magic() == MAGIC_V1 ? 1 : 2);
    }

    /** The topic. Allocates. */
    public String topic() {
        return text(topicIndex(), topicBytes());
    }

    public int propertiesBytes() {
        return buffer.getShort(propertiesAt);
    }

    /** Where in the wrapped buffer the property string's bytes begin. */
    public int propertiesIndex() {
        return propertiesAt + Short.BYTES;
    }

    /** The property string, as {@link PropertyString} reads it. Allocates. */
    public String properties() {
        return text(propertiesIndex(), propertiesBytes());
    }

    /** Where in the wrapped buffer tag and keys lie. Looked for when it is first asked; valid until the next wrap. */
    public PropertyPlaces places() {
        if (!hasPlaces) {
            if (places == null) {
                places = new PropertyPlaces();
            }
            places.find(buffer, propertiesIndex(), propertiesBytes());
            hasPlaces = true;
        }
        return places;
    }

    /**
     * Java's string hash of the tag, sign-extended, as consume queues hold it and subscriptions ask for it; 0 without a
     * tag. Allocates only if the tag is not ASCII.
     */
    public long tagsHash() {
        PropertyPlaces all = places();
        return all.hasTag() ? TextHash.extend(0, buffer, all.tagStart(), all.tagEnd()) : 0;
    }

    /** The wrapped buffer, for readers of {@link #topicIndex()} and {@link #propertiesIndex()}. */
    public ByteBuffer buffer() {
        return buffer;
    }

    /** The whole record: a new view of the same memory. */
    public ByteBuffer bytes() {
        return buffer.slice(base, size());
    }

    /** Whether the body's bytes have the checksum that the record names. Reads the whole body. */
    public boolean isBodyIntact() {
        CRC32 crc = new CRC32();
        crc.update(body());
        return masked(crc) == bodyCrc();
    }

    /**
     * Whether the record was written to its end, as far as the format tells: the body has its checksum, and neither
     * topic nor properties, which have none, end in the zero that stands where nothing was written yet. Reads the whole
     * body.
     */
    public boolean isIntact() {
        return isBodyIntact()
                && !endsInZero(topicIndex(), topicBytes())
                && !endsInZero(propertiesIndex(), propertiesBytes());
    }

    private boolean endsInZero(int index, int length) {
        return length > 0 && buffer.get(index + length - 1) == 0;
    }

    /** The checksum of a body as records hold it: without its highest bit. */
    static int masked(CRC32 crc) {
        return (int) crc.getValue() & CRC_MASK;
    }

    static int hostBytes(int sysFlag, int versionBit) {
        return SystemFlags.isSet(sysFlag, versionBit) ? HOST_V6_BYTES : HOST_V4_BYTES;
    }

    private String text(int index, int length) {
        byte[] bytes = new byte[length];
        buffer.get(index, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private InetSocketAddress host(int at, int bytes) {
        byte[] address = new byte[bytes - Integer.BYTES];
        buffer.get(at, address);
        int port = buffer.getInt(at + address.length);
        try {
            // A port outside the range was never a port; the address is still worth showing.
            return new InetSocketAddress(InetAddress.getByAddress(address), port >>> 16 == 0 ? port : 0);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + address.length + " bytes", e); // only 4 or 16 come here
        }
    }
}
