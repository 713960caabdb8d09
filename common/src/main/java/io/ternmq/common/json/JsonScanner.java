package io.ternmq.common.json;

import java.nio.charset.StandardCharsets;

/**
 * Reads single words of the dialect from UTF-8 bytes: marks, names, texts, numbers. Knows no nesting; owns the place
 * in the text.
 */
final class JsonScanner {
    private final byte[] bytes;
    private final int start;
    private final int limit;
    private int next;

    JsonScanner(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.start = offset;
        this.limit = offset + length;
        this.next = offset;
    }

    /** What comes next, blanks left out. */
    JsonKind kind() {
        int first = peek();
        return switch (first) {
            case '{' -> JsonKind.OBJECT;
            case '[' -> JsonKind.ARRAY;
            case '"', '\'' -> JsonKind.TEXT;
            case 't', 'f' -> JsonKind.FLAG;
            case 'n' -> JsonKind.NULL;
            default -> {
                if (first == '-' || isDigit(first)) {
                    yield JsonKind.NUMBER;
                }
                throw unexpected("a value");
            }
        };
    }

    boolean isObjectNext() {
        return peek() == '{';
    }

    boolean take(int mark) {
        if (peek() != mark) {
            return false;
        }
        next++;
        return true;
    }

    void expect(int mark) {
        if (!take(mark)) {
            throw unexpected("'" + (char) mark + "'");
        }
    }

    void expect(int mark, int otherwise) {
        if (!take(mark)) {
            throw unexpected("'" + (char) mark + "' or '" + (char) otherwise + "'");
        }
    }

    void end() {
        skipBlanks();
        if (next < limit) {
            throw unexpected("the end");
        }
    }

    int position() {
        return next - start;
    }

    /** A member's name: quoted, or bare up to the colon. */
    String name() {
        int first = peek();
        if (first == '"' || first == '\'') {
            return quoted();
        }
        int begin = next;
        while (next < limit && isBare(bytes[next])) {
            next++;
        }
        if (next == begin) {
            throw unexpected("a name");
        }
        return new String(bytes, begin, next - begin, StandardCharsets.UTF_8);
    }

    /** A text in double or single quotes. */
    String quoted() {
        int quote = peek();
        int opened = next++;
        int begin = next;
        boolean isAscii = true;
        while (next < limit) {
            byte unit = bytes[next];
            if (unit == quote) {
                return plain(begin, next++, isAscii);
            }
            if (unit == '\\') {
                return new JsonEscapes(this).text(begin, quote, opened);
            }
            isAscii &= unit >= 0;
            next++;
        }
        throw unended(opened);
    }

    /** The characters of a number, checked for length and nothing else but their kind. */
    String number() {
        if (kind() != JsonKind.NUMBER) {
            throw unexpected("a number");
        }
        int begin = next;
        while (next < limit && isNumeric(bytes[next])) {
            next++;
        }
        if (next - begin > JsonReader.NUMBER_LENGTH_MAX) {
            throw new JsonException(
                    "Number of " + (next - begin) + " characters, at most " + JsonReader.NUMBER_LENGTH_MAX
                            + " expected",
                    begin - start);
        }
        return new String(bytes, begin, next - begin, StandardCharsets.ISO_8859_1);
    }

    boolean flag() {
        int first = peek();
        if (first == 't') {
            literal("true");
            return true;
        }
        if (first == 'f') {
            literal("false");
            return false;
        }
        throw unexpected("true or false");
    }

    void literal(String word) {
        peek();
        for (int index = 0; index < word.length(); index++) {
            if (next + index >= limit || bytes[next + index] != word.charAt(index)) {
                throw unexpected(word);
            }
        }
        next += word.length();
    }

    /** The bytes between two positions as they stand. */
    String textBetween(int from, int to) {
        return new String(bytes, start + from, to - from, StandardCharsets.UTF_8).strip();
    }

    /** The next byte, read; -1 at the end. For {@link JsonEscapes}. */
    int readByte() {
        return next < limit ? bytes[next++] : -1;
    }

    /** Reads up to, and leaves, the next backslash or {@code quote}; false at the end of the text. */
    boolean seekEscapeOr(int quote) {
        while (next < limit) {
            byte unit = bytes[next];
            if (unit == '\\' || unit == quote) {
                return true;
            }
            next++;
        }
        return false;
    }

    int mark() {
        return next;
    }

    String utf8(int begin, int end) {
        return new String(bytes, begin, end - begin, StandardCharsets.UTF_8);
    }

    JsonException unended(int opened) {
        return new JsonException("Text without an end, begun", opened - start);
    }

    JsonException unexpected(String expected) {
        skipBlanks();
        String found = next < limit ? JsonNumbers.shown(Character.toString(bytes[next] & 0xFF)) : "the end";
        return new JsonException("Expected " + expected + ", found " + found, position());
    }

    private String plain(int begin, int end, boolean isAscii) {
        // Latin-1 is a copy of the bytes where UTF-8 has to look at each; header fields are nearly always ASCII.
        return new String(bytes, begin, end - begin, isAscii ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }

    private int peek() {
        skipBlanks();
        return next < limit ? bytes[next] : -1;
    }

    private void skipBlanks() {
        while (next < limit && isBlank(bytes[next])) {
            next++;
        }
    }

    private static boolean isBlank(byte unit) {
        return unit == ' ' || unit == '\n' || unit == '\r' || unit == '\t';
    }

    private static boolean isDigit(int unit) {
        return unit >= '0' && unit <= '9';
    }

    private static boolean isNumeric(byte unit) {
        return isDigit(unit) || unit == '-' || unit == '+' || unit == '.' || unit == 'e' || unit == 'E';
    }

    private static boolean isBare(byte unit) {
        return unit != ':'
                && unit != ','
                && unit != '}'
                && unit != ']'
                && unit != '{'
                && unit != '['
                && unit != '"'
                && unit != '\''
                && unit != '\\'
                && (unit < 0 || unit > ' ');
    }
}
