package io.ternmq.common.json;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/** An array of a parsed text, nulls left out. Immutable. */
public final class JsonArray implements JsonValue, Iterable<JsonValue> {
    private static final JsonArray EMPTY = new JsonArray(List.of());

    private final List<JsonValue> values;

    JsonArray(List<JsonValue> values) {
        this.values = List.copyOf(values);
    }

    public static JsonArray empty() {
        return EMPTY;
    }

    /** Reads a text that is one array. */
    public static JsonArray parse(byte[] text) {
        return JsonTreeParser.parse(text, JsonLimits.DEFAULT).asArray();
    }

    public int size() {
        return values.size();
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }

    public JsonValue get(int index) {
        return values.get(index);
    }

    /** The elements in order, unmodifiable. */
    public List<JsonValue> values() {
        return values;
    }

    /** The elements in order, each turned by {@code reader}; unmodifiable. */
    public <T> List<T> map(Function<JsonValue, T> reader) {
        List<T> mapped = new ArrayList<>(values.size());
        values.forEach(value -> mapped.add(reader.apply(value)));
        return List.copyOf(mapped);
    }

    @Override
    public Iterator<JsonValue> iterator() {
        return values.iterator();
    }

    @Override
    public JsonArray asArray() {
        return this;
    }

    @Override
    public String words() {
        return JsonKind.ARRAY.words();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JsonArray that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** The array as a compact text. */
    @Override
    public String toString() {
        return JsonWriter.compact().value(this).toString();
    }
}
