package io.ternmq.remoting.frame;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Moves over a JSON text in bytes and reads its tokens. Nothing is built but the texts asked for, nothing recurses
 * deeper than a limit, and few bytes are looked at twice. Escapes are resolved in place, which spoils
 * the array for a second reading. Not safe for use by several threads.
 */
final class JsonCursor {
    /** Levels of objects and arrays that a value of no interest may have. */
    static final int DEPTH_MAX = 16;

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EACH_BYTE = 0x0101_0101_0101_0101L;
    private static final long HIGHEST_BITS = 0x8080_8080_8080_8080L;

    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private final RecentTexts texts;
    private byte[] bytes = new byte[0];
    private int position;
    private int end;

    JsonCursor(RecentTexts texts) {
        this.texts = texts;
    }

    /** Begins at the first byte of {@code newBytes}, which end after {@code length}. */
    void reset(byte[] newBytes, int length) {
        texts.begin();
        bytes = newBytes;
        position = 0;
        end = length;
    }

    /** The header's code is known, which tells what texts to expect from here on. */
    void ofCode(int code) {
        texts.ofCode(code);
    }

    /** The next byte that is not blank, without moving beyond it; -1 at the end. */
    int peek() {
        while (position < end) {
            byte next = bytes[position];
            if (next != ' ' && next != '\n' && next != '\r' && next != '\t') {
                return next;
            }
            position++;
        }
        return -1;
    }

    /** Moves beyond {@code expected} if it comes next. */
    boolean skipIf(char expected) {
        if (peek() != expected) {
            return false;
        }
        position++;
        return true;
    }

    void expect(char expected) {
        if (!skipIf(expected)) {
            throw broken("'" + expected + "'");
        }
    }

    void expectEnd() {
        if (peek() >= 0) {
            throw broken("the end of the header");
        }
    }

    /** A quoted text. */
    String text() {
        expect('"');
        int start = position;
        int known = texts.remembered(bytes, start, end - 1);
        if (known >= 0 && bytes[start + known] == '"') { // a text that is remembered holds neither quote nor escape
            position = start + known + 1;
            return texts.recall();
        }
        int stop = plainEnd(start);
        if (stop < end && bytes[stop] == '"') {
            position = stop + 1;
            return texts.ascii(bytes, start, stop - start);
        }
        return textWithEscapes(start, stop);
    }

    // Where something else than plain ASCII comes first, or the end. Eight bytes at a time: in each byte of a word the
    // highest bit becomes set where the byte is a quote or a backslash, or lies beyond ASCII; further bits may be set
    // behind the first of these, never before it.
    private int plainEnd(int from) {
        int index = from;
        for (; index <= end - Long.BYTES; index += Long.BYTES) {
            long word = (long) WORDS.get(bytes, index);
            long quotes = word ^ EACH_BYTE * '"';
            long backslashes = word ^ EACH_BYTE * '\\';
            long found = (((quotes - EACH_BYTE) & ~quotes) | ((backslashes - EACH_BYTE) & ~backslashes) | word)
                    & HIGHEST_BITS;
            if (found != 0) {
                return index + Long.numberOfTrailingZeros(found) / Byte.SIZE;
            }
        }
        while (index < end && bytes[index] != '"' && bytes[index] != '\\' && bytes[index] >= 0) {
            index++;
        }
        return index;
    }

    /** The digits, sign, point and exponent of a number, as they stand. */
    String number() {
        peek();
        int start = position;
        while (position < end && isOfNumber(bytes[position])) {
            position++;
        }
        if (position == start) {
            throw broken("a value");
        }
        return texts.ascii(bytes, start, position - start);
    }

    /** A whole number of 32 bits; bare, as it should be, or quoted. */
    int int32(String member) {
        String digits = peek() == '"' ? text() : number();
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw new ProtocolException("Header member " + member + "=" + digits + " is not a 32-bit number", e);
        }
    }

    /** Moves beyond {@code null} if it comes next. */
    boolean skipNull() {
        return peek() == 'n' && literal(NULL);
    }

    /** Moves beyond {@code true} and returns true, or beyond {@code false} and returns false. */
    boolean bool() {
        if (peek() == 't') {
            return literal(TRUE);
        }
        return !literal(FALSE);
    }

    /** Moves beyond one value of any kind. */
    void skipValue() {
        skipValue(0);
    }

    private void skipValue(int depth) {
        if (depth > DEPTH_MAX) {
            throw new ProtocolException("Header nests deeper than " + DEPTH_MAX + " levels");
        }
        switch (peek()) {
            case '"' -> skipText();
            case '{' -> skipMembers(depth);
            case '[' -> skipElements(depth);
            case 't' -> literal(TRUE);
            case 'f' -> literal(FALSE);
            case 'n' -> literal(NULL);
            default -> skipNumber();
        }
    }

    private void skipMembers(int depth) {
        expect('{');
        if (skipIf('}')) {
            return;
        }
        do {
            peek();
            skipText();
            expect(':');
            skipValue(depth + 1);
        } while (skipIf(','));
        expect('}');
    }

    private void skipElements(int depth) {
        expect('[');
        if (skipIf(']')) {
            return;
        }
        do {
            skipValue(depth + 1);
        } while (skipIf(','));
        expect(']');
    }

    private void skipText() {
        expect('"');
        while (position < end) {
            byte next = bytes[position++];
            if (next == '"') {
                return;
            }
            if (next == '\\') {
                position++;
            }
        }
        position = end;
        throw broken("'\"' at the end of a text");
    }

    private void skipNumber() {
        int start = position;
        while (position < end && isOfNumber(bytes[position])) {
            position++;
        }
        if (position == start) {
            throw broken("a value");
        }
    }

    private boolean literal(byte[] word) {
        for (byte letter : word) {
            if (position >= end || bytes[position] != letter) {
                throw broken(new String(word, StandardCharsets.US_ASCII));
            }
            position++;
        }
        return true;
    }

    // A resolved text is never longer than its escaped form, so it is built over it; up to "special" all is plain
    // ASCII.
    private String textWithEscapes(int start, int special) {
        int seen = 0; // negative as soon as one byte lies beyond ASCII
        int written = special;
        position = special;
        while (position < end) {
            byte next = bytes[position++];
            if (next == '"') {
                return seen >= 0 ? texts.ascii(bytes, start, written - start) : utf8(start, written - start);
            }
            if (next == '\\') {
                int point = escape();
                if (point < 0x80) {
                    bytes[written++] = (byte) point;
                } else {
                    written = putUtf8(point, written);
                    seen = -1;
                }
            } else {
                bytes[written++] = next;
                seen |= next;
            }
        }
        throw broken("'\"' at the end of a text");
    }

    private int escape() {
        if (position >= end) {
            throw broken("an escaped character");
        }
        byte kind = bytes[position++];
        return switch (kind) {
            case '"', '\\', '/' -> kind;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> codePoint();
            default -> throw broken("one of \" \\ / b f n r t u after '\\'");
        };
    }

    private int codePoint() {
        char unit = hex4();
        if (!Character.isSurrogate(unit)) {
            return unit;
        }
        boolean isPair = Character.isHighSurrogate(unit)
                && position + 1 < end
                && bytes[position] == '\\'
                && bytes[position + 1] == 'u';
        if (isPair) {
            int afterFirst = position;
            position += 2;
            char low = hex4();
            if (Character.isLowSurrogate(low)) {
                return Character.toCodePoint(unit, low);
            }
            position = afterFirst;
        }
        return '?'; // half a pair names no character
    }

    private char hex4() {
        if (end - position < 4) {
            throw broken("four hexadecimal digits");
        }
        int value = 0;
        for (int count = 0; count < 4; count++) {
            byte letter = bytes[position];
            int digit = letter >= '0' && letter <= '9' ? letter - '0' : Character.digit(letter, 16);
            if (digit < 0) {
                throw broken("a hexadecimal digit");
            }
            position++;
            value = value << 4 | digit;
        }
        return (char) value;
    }

    private int putUtf8(int point, int at) {
        int index = at;
        if (point < 0x800) {
            bytes[index++] = (byte) (0xC0 | point >> 6);
        } else {
            if (point < 0x10000) {
                bytes[index++] = (byte) (0xE0 | point >> 12);
            } else {
                bytes[index++] = (byte) (0xF0 | point >> 18);
                bytes[index++] = (byte) (0x80 | (point >> 12 & 0x3F));
            }
            bytes[index++] = (byte) (0x80 | (point >> 6 & 0x3F));
        }
        bytes[index++] = (byte) (0x80 | (point & 0x3F));
        return index;
    }

    private String utf8(int start, int length) {
        texts.pass();
        return new String(bytes, start, length, StandardCharsets.UTF_8);
    }

    private static boolean isOfNumber(byte next) {
        return (next >= '0' && next <= '9') || next == '-' || next == '+' || next == '.' || next == 'e' || next == 'E';
    }

    private ProtocolException broken(String expected) {
        String found = position < end ? "byte 0x" + Integer.toHexString(bytes[position] & 0xFF) : "the end";
        return new ProtocolException("Header has " + found + " at byte " + position + ", expected " + expected);
    }
}
