package io.ternmq.common.message;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Writes text as UTF-8 straight into a buffer, without the array that {@link String#getBytes} makes, and to the same
 * bytes. Owns the characters of the text being written, kept for the next one. Used by one thread at a time.
 */
final class TextEncoder {
    /** UTF-8 takes at most three bytes for one UTF-16 unit. */
    static final int BYTES_PER_CHAR_MAX = 3;

    private static final int CHARS_FIRST = 256;

    private final CharsetEncoder utf8 = StandardCharsets.UTF_8
            .newEncoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);

    // Characters are taken out of the string and encoded in bulk: one by one costs twice as much.
    private CharBuffer chars = CharBuffer.allocate(CHARS_FIRST);

    /**
     * Writes.
     *
     * @param target has room for {@link #BYTES_PER_CHAR_MAX} bytes a character behind {@code index}; its position is
     *     left at 0
     * @return index behind the last byte written
     */
    int put(ByteBuffer target, int index, String text) {
        int length = text.length();
        if (length > chars.capacity()) {
            chars = CharBuffer.allocate(Math.max(length, chars.capacity() * 2));
        }
        text.getChars(0, length, chars.array(), 0);
        chars.clear().limit(length);
        target.position(index);
        utf8.reset();
        boolean isWhole = utf8.encode(chars, target, true).isUnderflow()
                && utf8.flush(target).isUnderflow();
        if (!isWhole) {
            throw new IllegalArgumentException("text of " + length + " characters does not fit "
                    + (target.limit() - index) + " bytes: expected room for " + length * BYTES_PER_CHAR_MAX);
        }
        int end = target.position();
        target.position(0);
        return end;
    }
}
