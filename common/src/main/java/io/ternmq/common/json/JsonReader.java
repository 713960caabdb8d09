package io.ternmq.common.json;

/**
 * Pulls names and values out of a UTF-8 text, in order, without building a tree. Used by one thread.
 *
 * <pre>{@code
 * reader.beginObject();
 * while (reader.hasNext()) {
 *     switch (reader.name()) {
 *         case "code" -> code = reader.int32();
 *         default -> reader.skip();
 *     }
 * }
 * reader.end();
 * }</pre>
 *
 * <p>Reads all that is JSON and what peers write beyond it: names in single quotes, bare or as bare numbers, objects in
 * the place of names, texts in single quotes, numbers and truth values as texts. Every method throws
 * {@link JsonException} when the text is not what the method reads.
 */
public final class JsonReader {
    /** No number of the protocol needs more digits; longer ones are refused before they are computed. */
    static final int NUMBER_LENGTH_MAX = 64;

    private final JsonScanner scanner;
    private final boolean[] isObject; // by depth
    private final boolean[] hasFirst; // by depth: whether a member or element was read
    private int depth;

    public JsonReader(byte[] text) {
        this(text, 0, text.length, JsonLimits.DEFAULT);
    }

    public JsonReader(byte[] text, int offset, int length, JsonLimits limits) {
        if (length > limits.bytes()) {
            throw new JsonException("Text of " + length + " bytes, at most " + limits.bytes() + " expected");
        }
        scanner = new JsonScanner(text, offset, length);
        isObject = new boolean[limits.depth()];
        hasFirst = new boolean[limits.depth()];
    }

    /** What comes next, without reading it. */
    JsonKind peek() {
        return scanner.kind();
    }

    /** Enters an object; {@link #hasNext()} leaves it. */
    public void beginObject() {
        begin('{', true);
    }

    /** Enters an array; {@link #hasNext()} leaves it. */
    public void beginArray() {
        begin('[', false);
    }

    /** Whether the object or array has another member or element; once false, it has been left. */
    public boolean hasNext() {
        int top = depth - 1;
        int close = isObject[top] ? '}' : ']';
        if (scanner.take(close)) {
            depth--;
            return false;
        }
        if (hasFirst[top]) {
            scanner.expect(',', close);
        }
        hasFirst[top] = true;
        return true;
    }

    /** The name of the next member. An object that stands as a name is given as the text it was written with. */
    public String name() {
        if (isObjectKeyNext()) {
            int start = scanner.position();
            skip();
            String text = scanner.textBetween(start, scanner.position());
            scanner.expect(':');
            return text;
        }
        String name = scanner.name();
        scanner.expect(':');
        return name;
    }

    /** Whether the next member's name is an object. */
    boolean isObjectKeyNext() {
        return scanner.isObjectNext();
    }

    void endObjectKey() {
        scanner.expect(':');
    }

    /** Reads a null if one comes next; says whether it did. */
    public boolean takeNull() {
        if (scanner.kind() != JsonKind.NULL) {
            return false;
        }
        scanner.literal("null");
        return true;
    }

    /** A text; a number or truth value is given as it was written. */
    public String text() {
        JsonKind kind = scanner.kind();
        return switch (kind) {
            case TEXT -> scanner.quoted();
            case NUMBER -> scanner.number();
            case FLAG -> Boolean.toString(scanner.flag());
            case NULL, OBJECT, ARRAY -> throw scanner.unexpected("a text");
        };
    }

    /** A whole number of 32 bits, or a text of one. */
    public int int32() {
        return JsonNumbers.int32(numberText(), scanner.position());
    }

    /** A whole number of 64 bits, or a text of one. */
    public long int64() {
        return JsonNumbers.int64(numberText(), scanner.position());
    }

    /** A finite number, or a text of one. */
    public double float64() {
        return JsonNumbers.float64(numberText(), scanner.position());
    }

    /** {@code true} or {@code false}, or a text of one. */
    public boolean flag() {
        return scanner.kind() == JsonKind.TEXT
                ? JsonNumbers.flag(scanner.quoted(), scanner.position())
                : scanner.flag();
    }

    /** Reads the next value and forgets it. */
    public void skip() {
        int outer = depth;
        do {
            if (depth > outer && !hasNext()) {
                continue;
            }
            if (depth > outer && isObject[depth - 1]) {
                if (isObjectKeyNext()) {
                    // The key's own members are walked like any value; its colon is due when it has been left.
                    skip();
                    endObjectKey();
                } else {
                    name();
                }
            }
            skipOrEnter();
        } while (depth > outer);
    }

    /** Expects that nothing but blanks is left. */
    public void end() {
        scanner.end();
    }

    /** Bytes read so far. */
    public int position() {
        return scanner.position();
    }

    private void begin(char open, boolean object) {
        if (depth == isObject.length) {
            throw new JsonException("Nested deeper than " + isObject.length, scanner.position());
        }
        scanner.expect(open);
        isObject[depth] = object;
        hasFirst[depth] = false;
        depth++;
    }

    private void skipOrEnter() {
        switch (scanner.kind()) {
            case OBJECT -> beginObject();
            case ARRAY -> beginArray();
            case NULL -> scanner.literal("null");
            case TEXT, NUMBER, FLAG -> text();
        }
    }

    private String numberText() {
        return scanner.kind() == JsonKind.TEXT ? scanner.quoted() : scanner.number();
    }
}
