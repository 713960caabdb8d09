package io.ternmq.common.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Java's string hash, of text that lies as UTF-8 in a buffer. Makes no strings as long as all is ASCII. Stateless.
 *
 * <p>A hash can be gone on with: that of a whole text is that of its second part, extended from that of its first.
 */
public final class TextHash {
    private static final int FACTOR = 31;
    private static final int FACTOR_2 = FACTOR * FACTOR;
    private static final int FACTOR_3 = FACTOR_2 * FACTOR;
    private static final int FACTOR_4 = FACTOR_3 * FACTOR;

    private static final int HIGH_BITS = 0x80808080;
    private static final int BYTE_MASK = 0xFF;

    private TextHash() {}

    /**
     * Goes on with a hash.
     *
     * @param hash of what stands before; 0 for nothing
     * @param buffer in the byte order that buffers have at first
     * @param start index of the first byte
     * @param end index behind the last one
     */
    public static int extend(int hash, ByteBuffer buffer, int start, int end) {
        int sum = hash;
        int i = start;
        // Four at a time: one by one, each step waits for the product of the one before.
        for (; i <= end - Integer.BYTES; i += Integer.BYTES) {
            int four = buffer.getInt(i);
            if ((four & HIGH_BITS) != 0) {
                return extend(hash, decoded(buffer, start, end));
            }
            sum = FACTOR_4 * sum
                    + FACTOR_3 * (four >>> 24)
                    + FACTOR_2 * (four >>> 16 & BYTE_MASK)
                    + FACTOR * (four >>> 8 & BYTE_MASK)
                    + (four & BYTE_MASK);
        }
        for (; i < end; i++) {
            byte unit = buffer.get(i);
            if (unit < 0) {
                return extend(hash, decoded(buffer, start, end));
            }
            sum = FACTOR * sum + unit;
        }
        return sum;
    }

    /** Goes on with a hash by a text. */
    public static int extend(int hash, String text) {
        int sum = hash;
        for (int i = 0; i < text.length(); i++) {
            sum = FACTOR * sum + text.charAt(i);
        }
        return sum;
    }

    /** Goes on with a hash by one character. */
    public static int extend(int hash, char character) {
        return FACTOR * hash + character;
    }

    private static String decoded(ByteBuffer buffer, int start, int end) {
        byte[] bytes = new byte[end - start];
        buffer.get(start, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
