package io.ternmq.remoting.frame;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The bytes of a header being written, in an array that is used again and grows on demand. Numbers are big-endian. Not
 * safe for use by several threads.
 */
final class HeaderBytes {
    /** What is kept for the next header; a larger array goes with the header that needed it. */
    private static final int KEPT_MAX = 64 * 1024;

    private static final int FIRST_CAPACITY = 1024;
    private static final int BULK_LENGTH_MIN = 16;
    private static final int UTF8_UNIT_MAX = 3; // a pair of units has four bytes
    private static final int DECIMAL_MAX = 11; // -2147483648

    private byte[] bytes = new byte[FIRST_CAPACITY];
    private int size;

    void clear() {
        size = 0;
        if (bytes.length > KEPT_MAX) {
            bytes = new byte[FIRST_CAPACITY];
        }
    }

    /** Leaves room for bytes that are set later. */
    void skip(int count) {
        reserve(count);
        size += count;
    }

    int size() {
        return size;
    }

    byte[] array() {
        return bytes;
    }

    /** Makes sure that {@code more} bytes can be written with the {@code raw} methods. */
    void reserve(int more) {
        if (more > bytes.length - size) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }

    /** Writes one byte for which room was reserved. */
    void raw(int value) {
        bytes[size++] = (byte) value;
    }

    void int8(int value) {
        reserve(1);
        raw(value);
    }

    void int16(int value) {
        reserve(Short.BYTES);
        raw(value >> 8);
        raw(value);
    }

    void int32(int value) {
        reserve(Integer.BYTES);
        size += Integer.BYTES;
        setInt32(size - Integer.BYTES, value);
    }

    void setInt16(int index, int value) {
        bytes[index] = (byte) (value >> 8);
        bytes[index + 1] = (byte) value;
    }

    void setInt32(int index, int value) {
        bytes[index] = (byte) (value >> 24);
        bytes[index + 1] = (byte) (value >> 16);
        bytes[index + 2] = (byte) (value >> 8);
        bytes[index + 3] = (byte) value;
    }

    /** Writes bytes as they are. */
    void ascii(byte[] text) {
        ascii(text, 0);
    }

    /** Writes bytes from {@code from} on as they are. */
    void ascii(byte[] text, int from) {
        bytes(text, from, text.length);
    }

    /** Writes bytes from {@code from} to {@code to} as they are. */
    void bytes(byte[] source, int from, int to) {
        int length = to - from;
        reserve(length);
        System.arraycopy(source, from, bytes, size, length);
        size += length;
    }

    /**
     * Writes characters that stand for themselves in a quoted text of JSON, for which room was reserved.
     *
     * @return the index of the first that does not; {@code to} if all do, or if it lies behind {@code from}
     */
    int plain(String text, int from, int to) {
        byte[] target = bytes;
        int shift = size - from;
        int index = from;
        for (; index < to; index++) {
            char unit = text.charAt(index);
            if (unit >= 0x80 || unit < 0x20 || unit == '"' || unit == '\\') {
                break;
            }
            target[index + shift] = (byte) unit;
        }
        size = index + shift;
        return index;
    }

    /** A number in decimal digits. */
    void decimal(int value) {
        reserve(DECIMAL_MAX);
        long rest = value;
        if (rest < 0) {
            raw('-');
            rest = -rest;
        }
        int digits = 1;
        for (long bound = 10; bound <= rest; bound *= 10) {
            digits++;
        }
        size += digits;
        for (int index = size - 1; digits > 0; index--, digits--) {
            bytes[index] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    void utf8(String text) {
        int length = text.length();
        if (length >= BULK_LENGTH_MIN) {
            ascii(text.getBytes(StandardCharsets.UTF_8)); // a copy more, made many bytes at a time
            return;
        }
        reserve(length * UTF8_UNIT_MAX); // once: for each character it would cost more than writing it
        for (int index = 0; index < length; index++) {
            char unit = text.charAt(index);
            if (unit < 0x80) {
                raw(unit);
            } else {
                index += beyondAscii(text, index);
            }
        }
    }

    /** A text in UTF-8 behind its length in 4 bytes. */
    void longText(String text) {
        int lengthAt = size;
        int32(0);
        utf8(text);
        setInt32(lengthAt, size - lengthAt - Integer.BYTES);
    }

    /**
     * Writes the code point at {@code index} in two to four bytes, for which room was reserved. Half a surrogate pair
     * has no form in UTF-8 and becomes a question mark.
     *
     * @return units used beyond the first: 1 for a surrogate pair, else 0
     */
    int beyondAscii(String text, int index) {
        int point = text.codePointAt(index);
        if (point >= Character.MIN_SUPPLEMENTARY_CODE_POINT) {
            raw(0xF0 | point >> 18);
            raw(0x80 | (point >> 12 & 0x3F));
            raw(0x80 | (point >> 6 & 0x3F));
            raw(0x80 | (point & 0x3F));
            return 1;
        }
        if (point < 0x800) {
            raw(0xC0 | point >> 6);
            raw(0x80 | (point & 0x3F));
        } else if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
            raw('?');
        } else {
            raw(0xE0 | point >> 12);
            raw(0x80 | (point >> 6 & 0x3F));
            raw(0x80 | (point & 0x3F));
        }
        return 0;
    }
}
