package io.ternmq.common.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes one text in UTF-8, in one of three forms. Members come out in the order written; peers expect them
 * alphabetical, which is the caller's part. Used by one thread.
 *
 * <ul>
 *   <li>{@link #compact()}: as peers write bodies; whole numbers stand bare as names, objects may stand as names.
 *   <li>{@link #strict()}: JSON that every parser takes; names are quoted and all is ASCII.
 *   <li>{@link #pretty()}: as {@code compact}, indented, for files that operators read.
 * </ul>
 */
public final class JsonWriter {
    private static final int FIRST_CAPACITY = 256;
    private static final int DEPTH_MAX = 256;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);

    private final boolean isStrict;
    private boolean isPretty;
    private byte[] bytes = new byte[FIRST_CAPACITY];
    private int length;
    private int depth;
    private boolean hasContent; // whether the innermost object or array has a member or element yet
    private boolean isAfterName;

    private JsonWriter(boolean isStrict, boolean isPretty) {
        this.isStrict = isStrict;
        this.isPretty = isPretty;
    }

    public static JsonWriter compact() {
        return new JsonWriter(false, false);
    }

    public static JsonWriter strict() {
        return new JsonWriter(true, false);
    }

    public static JsonWriter pretty() {
        return new JsonWriter(false, true);
    }

    public JsonWriter beginObject() {
        return open('{');
    }

    public JsonWriter endObject() {
        return close('}');
    }

    public JsonWriter beginArray() {
        return open('[');
    }

    public JsonWriter endArray() {
        return close(']');
    }

    public JsonWriter name(String name) {
        separate();
        quoted(name);
        return colon();
    }

    /** A whole number as a name: bare, or quoted in a strict text. */
    public JsonWriter name(long number) {
        if (isStrict) {
            return name(Long.toString(number));
        }
        separate();
        ascii(Long.toString(number));
        return colon();
    }

    /**
     * An object as a name; {@code members} writes what is between its braces.
     *
     * @throws IllegalStateException in a strict text, which has no form for it
     */
    public JsonWriter name(Consumer<JsonWriter> members) {
        if (isStrict) {
            throw new IllegalStateException("A strict text cannot hold an object as a name");
        }
        separate();
        boolean wasPretty = isPretty;
        isPretty = false;
        isAfterName = true; // keeps the brace from being taken for an element
        beginObject();
        members.accept(this);
        endObject();
        isPretty = wasPretty;
        return colon();
    }

    public JsonWriter value(String text) {
        separate();
        quoted(text);
        return written();
    }

    public JsonWriter value(long number) {
        return plain(Long.toString(number));
    }

    /** A number with a fraction, {@code 0.0} at least; null where it is not finite, as the text has no word for that. */
    public JsonWriter value(double number) {
        return plain(Double.isFinite(number) ? Double.toString(number) : "null");
    }

    public JsonWriter value(boolean flag) {
        return plain(flag ? "true" : "false");
    }

    /** A value read before. */
    public JsonWriter value(JsonValue value) {
        if (value instanceof JsonObject object) {
            beginObject();
            object.members().forEach(this::member);
            return endObject();
        }
        if (value instanceof JsonArray array) {
            beginArray();
            array.forEach(this::value);
            return endArray();
        }
        JsonScalar scalar = (JsonScalar) value;
        return scalar.kind() == JsonKind.TEXT ? value(scalar.asText()) : plain(scalar.asText());
    }

    public JsonWriter member(String name, String text) {
        return name(name).value(text);
    }

    public JsonWriter member(String name, long number) {
        return name(name).value(number);
    }

    public JsonWriter member(String name, double number) {
        return name(name).value(number);
    }

    public JsonWriter member(String name, boolean flag) {
        return name(name).value(flag);
    }

    public JsonWriter member(String name, Enum<?> constant) {
        return name(name).value(constant.name());
    }

    /** Writes nothing where there is no text, as peers leave null members out. */
    public JsonWriter member(String name, Optional<String> text) {
        return text.isPresent() ? member(name, text.get()) : this;
    }

    /** An array of texts. */
    public JsonWriter member(String name, Iterable<String> texts) {
        name(name).beginArray();
        texts.forEach(this::value);
        return endArray();
    }

    /** The text written so far, which must be one whole value. */
    public byte[] toBytes() {
        if (depth != 0 || isAfterName || length == 0) {
            throw new IllegalStateException("Text is not finished: depth=" + depth + " length=" + length);
        }
        return Arrays.copyOf(bytes, length);
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private void member(JsonMember member) {
        if (member.key() instanceof JsonObject key) {
            name(writer -> key.members().forEach(writer::member));
        } else {
            name(member.name());
        }
        value(member.value());
    }

    private JsonWriter open(char mark) {
        separate();
        isAfterName = false;
        if (++depth > DEPTH_MAX) {
            throw new IllegalStateException("Nested deeper than " + DEPTH_MAX);
        }
        hasContent = false;
        put(mark);
        return this;
    }

    private JsonWriter close(char mark) {
        depth--;
        if (hasContent) {
            newLine();
        }
        put(mark);
        return written();
    }

    private JsonWriter colon() {
        put(':');
        isAfterName = true;
        return this;
    }

    private JsonWriter plain(String word) {
        separate();
        ascii(word);
        return written();
    }

    private JsonWriter written() {
        hasContent = true;
        isAfterName = false;
        return this;
    }

    private void separate() {
        if (isAfterName || depth == 0) {
            return;
        }
        if (hasContent) {
            put(',');
        }
        newLine();
        hasContent = true;
    }

    private void newLine() {
        if (isPretty) {
            put('\n');
            for (int indent = 0; indent < depth; indent++) {
                put('\t');
            }
        }
    }

    private void quoted(String text) {
        put('"');
        for (int index = 0; index < text.length(); index++) {
            char unit = text.charAt(index);
            if (unit >= ' ' && unit < 0x7F && unit != '"' && unit != '\\') {
                put(unit);
            } else if (unit < 0x80) {
                escaped(unit);
            } else if (isStrict) {
                unicode(unit);
            } else {
                index += utf8(text, index) - 1;
            }
        }
        put('"');
    }

    private void escaped(char unit) {
        switch (unit) {
            case '"' -> ascii("\\\"");
            case '\\' -> ascii("\\\\");
            case '\n' -> ascii("\\n");
            case '\r' -> ascii("\\r");
            case '\t' -> ascii("\\t");
            case '\b' -> ascii("\\b");
            case '\f' -> ascii("\\f");
            default -> unicode(unit);
        }
    }

    private void unicode(char unit) {
        ascii("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            put((char) HEX[unit >> shift & 0xF]);
        }
    }

    /** Writes the character at {@code index}; says how many units it took. Half a pair has no UTF-8 and is escaped. */
    private int utf8(String text, int index) {
        char unit = text.charAt(index);
        if (!Character.isSurrogate(unit)) {
            putAll(String.valueOf(unit).getBytes(StandardCharsets.UTF_8));
            return 1;
        }
        int point = text.codePointAt(index);
        if (!Character.isSupplementaryCodePoint(point)) {
            unicode(unit);
            return 1;
        }
        putAll(Character.toString(point).getBytes(StandardCharsets.UTF_8));
        return 2;
    }

    private void ascii(String text) {
        for (int index = 0; index < text.length(); index++) {
            put(text.charAt(index));
        }
    }

    private void putAll(byte[] units) {
        for (byte unit : units) {
            put((char) (unit & 0xFF));
        }
    }

    private void put(char unit) {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, length * 2);
        }
        bytes[length++] = (byte) unit;
    }
}
