package io.ternmq.common.json;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * An object of a parsed text: members in the order written, nulls left out. Immutable. Where a name stands twice the
 * later one counts. Getters name the member in what they throw; those with a fallback use it when the member is absent,
 * never when it is malformed.
 *
 * <p>Looking up is a scan: records have a dozen members, and large tables are walked by {@link #members()}.
 */
public final class JsonObject implements JsonValue {
    private static final JsonObject EMPTY = new JsonObject(List.of());

    private final List<JsonMember> members;

    JsonObject(List<JsonMember> members) {
        this.members = List.copyOf(members);
    }

    public static JsonObject empty() {
        return EMPTY;
    }

    /** Reads a text that is one object. */
    public static JsonObject parse(byte[] text) {
        return parse(text, JsonLimits.DEFAULT);
    }

    public static JsonObject parse(byte[] text, JsonLimits limits) {
        return JsonTreeParser.parse(text, limits).asObject();
    }

    public static JsonObject parse(String text) {
        return parse(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads the bytes from position to limit, leaving both as they are. */
    public static JsonObject parse(ByteBuffer text) {
        byte[] bytes = new byte[text.remaining()];
        text.duplicate().get(bytes);
        return parse(bytes);
    }

    /** All members in order, unmodifiable. */
    public List<JsonMember> members() {
        return members;
    }

    public boolean isEmpty() {
        return members.isEmpty();
    }

    public boolean contains(String name) {
        return lookUp(name) != null;
    }

    public Optional<JsonValue> find(String name) {
        return Optional.ofNullable(lookUp(name));
    }

    public Optional<String> findText(String name) {
        JsonValue value = lookUp(name);
        return value == null ? Optional.empty() : Optional.of(named(name, value::asText));
    }

    public Optional<JsonObject> findObject(String name) {
        JsonValue value = lookUp(name);
        return value == null ? Optional.empty() : Optional.of(named(name, value::asObject));
    }

    public String text(String name) {
        return named(name, required(name)::asText);
    }

    public String text(String name, String fallback) {
        JsonValue value = lookUp(name);
        return value == null ? fallback : named(name, value::asText);
    }

    public int int32(String name) {
        return named(name, required(name)::asInt32);
    }

    public int int32(String name, int fallback) {
        JsonValue value = lookUp(name);
        return value == null ? fallback : named(name, value::asInt32);
    }

    public long int64(String name) {
        return named(name, required(name)::asInt64);
    }

    public long int64(String name, long fallback) {
        JsonValue value = lookUp(name);
        return value == null ? fallback : named(name, value::asInt64);
    }

    public double float64(String name, double fallback) {
        JsonValue value = lookUp(name);
        return value == null ? fallback : named(name, value::asFloat64);
    }

    public boolean flag(String name, boolean fallback) {
        JsonValue value = lookUp(name);
        return value == null ? fallback : named(name, value::asFlag);
    }

    /** The object of that name; an empty one where there is none. */
    public JsonObject object(String name) {
        return findObject(name).orElse(EMPTY);
    }

    /** The array of that name; an empty one where there is none. */
    public JsonArray array(String name) {
        JsonValue value = lookUp(name);
        return value == null ? JsonArray.empty() : named(name, value::asArray);
    }

    /** The same object but for the members of these names. */
    public JsonObject without(Set<String> names) {
        return new JsonObject(members.stream()
                .filter(member -> !(member.key() instanceof JsonScalar key && names.contains(key.asText())))
                .toList());
    }

    @Override
    public JsonObject asObject() {
        return this;
    }

    @Override
    public String words() {
        return JsonKind.OBJECT.words();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JsonObject that && members.equals(that.members);
    }

    @Override
    public int hashCode() {
        return members.hashCode();
    }

    /** The object as a compact text. */
    @Override
    public String toString() {
        return JsonWriter.compact().value(this).toString();
    }

    private JsonValue required(String name) {
        JsonValue value = lookUp(name);
        if (value == null) {
            throw new JsonException("Member " + name + " is missing");
        }
        return value;
    }

    private JsonValue lookUp(String name) {
        for (int index = members.size() - 1; index >= 0; index--) {
            JsonMember member = members.get(index);
            if (member.key() instanceof JsonScalar key && key.asText().equals(name)) {
                return member.value();
            }
        }
        return null;
    }

    private static <T> T named(String name, Supplier<T> getter) {
        try {
            return getter.get();
        } catch (JsonException e) {
            throw new JsonException("Member " + name + ": " + e.getMessage(), e);
        }
    }
}
