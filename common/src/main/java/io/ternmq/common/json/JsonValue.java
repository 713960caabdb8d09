package io.ternmq.common.json;

/**
 * A value of a parsed text. Immutable. The {@code as} methods read it leniently, as peers of this protocol write:
 * numbers and truth values may stand as texts and the other way round; what cannot be read so is a
 * {@link JsonException}.
 */
public sealed interface JsonValue permits JsonObject, JsonArray, JsonScalar {

    default JsonObject asObject() {
        throw mismatch("an object");
    }

    default JsonArray asArray() {
        throw mismatch("an array");
    }

    default String asText() {
        throw mismatch("a text");
    }

    default int asInt32() {
        throw mismatch("a whole number of 32 bits");
    }

    default long asInt64() {
        throw mismatch("a whole number of 64 bits");
    }

    default double asFloat64() {
        throw mismatch("a number");
    }

    default boolean asFlag() {
        throw mismatch("true or false");
    }

    /** What this is, for an error: "a text". */
    String words();

    private JsonException mismatch(String expected) {
        return new JsonException("Expected " + expected + ", found " + words());
    }
}
