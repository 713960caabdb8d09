package io.ternmq.common.json;

/** A text, number or truth value, as the characters it was written with. Immutable. */
final class JsonScalar implements JsonValue {
    private final JsonKind kind;
    private final String text;

    JsonScalar(JsonKind kind, String text) {
        this.kind = kind;
        this.text = text;
    }

    JsonKind kind() {
        return kind;
    }

    @Override
    public String asText() {
        return text;
    }

    @Override
    public int asInt32() {
        return JsonNumbers.int32(text, JsonException.NO_POSITION);
    }

    @Override
    public long asInt64() {
        return JsonNumbers.int64(text, JsonException.NO_POSITION);
    }

    @Override
    public double asFloat64() {
        return JsonNumbers.float64(text, JsonException.NO_POSITION);
    }

    @Override
    public boolean asFlag() {
        return JsonNumbers.flag(text, JsonException.NO_POSITION);
    }

    /** Some old writers put an object into a text, above all where it is a key. */
    @Override
    public JsonObject asObject() {
        if (kind == JsonKind.TEXT && text.startsWith("{")) {
            return JsonObject.parse(text);
        }
        return JsonValue.super.asObject();
    }

    @Override
    public String words() {
        return kind.words();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JsonScalar that && kind == that.kind && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return JsonWriter.compact().value(this).toString();
    }
}
