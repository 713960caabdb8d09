package io.ternmq.common.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Where in a record's property string the values lie that queues and indexes are derived from: tag, unique key and keys.
 * Found in one pass over the bytes, eight at a time; of several values of one name the last one counts. Indexes are those
 * of the buffer that was looked through: a start is that of the value's first byte, an end the one behind its last. Used by
 * one thread.
 */
public final class PropertyPlaces {
    private static final byte[] TAGS = MessageProperties.TAGS.getBytes(StandardCharsets.US_ASCII);
    private static final byte[] UNIQUE_KEY = MessageProperties.UNIQUE_KEY.getBytes(StandardCharsets.US_ASCII);
    private static final byte[] KEYS = MessageProperties.KEYS.getBytes(StandardCharsets.US_ASCII);

    private static final long SEPARATORS = 0x0101010101010101L * MessageProperties.PROPERTY_SEPARATOR;
    private static final long LOW_BITS = 0x7F7F7F7F7F7F7F7FL;

    private int tagStart;
    private int tagEnd;
    private int uniqueKeyStart;
    private int uniqueKeyEnd;
    private int keysStart;
    private int keysEnd;

    /**
     * Looks through a property string; what an earlier one had is forgotten.
     *
     * @param buffer in the byte order that buffers have at first
     * @param index where the property string begins
     * @param length its bytes
     */
    void find(ByteBuffer buffer, int index, int length) {
        tagEnd = 0;
        uniqueKeyEnd = 0;
        keysEnd = 0;
        int end = index + length;
        int start = index; // of the piece that is looked at
        int i = index;
        for (; i <= end - Long.BYTES; i += Long.BYTES) {
            long found = separatorsIn(buffer.getLong(i));
            while (found != 0) {
                int pieceEnd = i + Long.numberOfLeadingZeros(found) / Byte.SIZE;
                take(buffer, start, pieceEnd);
                start = pieceEnd + 1;
                found ^= Long.highestOneBit(found);
            }
        }
        for (; i < end; i++) {
            if (buffer.get(i) == MessageProperties.PROPERTY_SEPARATOR) {
                take(buffer, start, i);
                start = i + 1;
            }
        }
        if (start < end) {
            take(buffer, start, end); // the last separator may be missing
        }
    }

    /** Whether there is a tag; without, its start and end mean nothing. */
    public boolean hasTag() {
        return tagEnd > 0;
    }

    public int tagStart() {
        return tagStart;
    }

    public int tagEnd() {
        return tagEnd;
    }

    /** Whether there is a unique key; without, its start and end mean nothing. */
    public boolean hasUniqueKey() {
        return uniqueKeyEnd > 0;
    }

    public int uniqueKeyStart() {
        return uniqueKeyStart;
    }

    public int uniqueKeyEnd() {
        return uniqueKeyEnd;
    }

    /** Whether there are keys; without, their start and end mean nothing. */
    public boolean hasKeys() {
        return keysEnd > 0;
    }

    public int keysStart() {
        return keysStart;
    }

    public int keysEnd() {
        return keysEnd;
    }

    // The highest bit of each byte that is a separator, and no other: no sum below carries into the next byte.
    private static long separatorsIn(long eight) {
        long zeroAtSeparators = eight ^ SEPARATORS;
        return ~((zeroAtSeparators & LOW_BITS) + LOW_BITS | zeroAtSeparators | LOW_BITS);
    }

    private void take(ByteBuffer buffer, int start, int end) {
        if (isNamed(TAGS, buffer, start, end)) {
            tagStart = start + TAGS.length + 1;
            tagEnd = end;
        } else if (isNamed(UNIQUE_KEY, buffer, start, end)) {
            uniqueKeyStart = start + UNIQUE_KEY.length + 1;
            uniqueKeyEnd = end;
        } else if (isNamed(KEYS, buffer, start, end)) {
            keysStart = start + KEYS.length + 1;
            keysEnd = end;
        }
    }

    // Whether a piece is a pair of this name with a value of at least one byte.
    private static boolean isNamed(byte[] name, ByteBuffer buffer, int start, int end) {
        if (end - start <= name.length + 1
                || buffer.get(start) != name[0]
                || buffer.get(start + name.length) != MessageProperties.NAME_VALUE_SEPARATOR) {
            return false;
        }
        for (int i = 1; i < name.length; i++) {
            if (buffer.get(start + i) != name[i]) {
                return false;
            }
        }
        return true;
    }
}
