package io.ternmq.common.json;

import java.util.ArrayList;
import java.util.List;

/** Builds the tree of one text. Recursion is bounded by the depth limit of its reader. Lives for one text. */
final class JsonTreeParser {
    private static final int SEEN_MAX = 512; // a power of two

    private final JsonReader reader;
    // Names and most values of a table come again in every row: one object for each keeps a large tree small.
    private final JsonScalar[] seen = new JsonScalar[SEEN_MAX];
    private final int valuesMax;
    private int values;
    private boolean hasReferences;

    private JsonTreeParser(JsonReader reader, int valuesMax) {
        this.reader = reader;
        this.valuesMax = valuesMax;
    }

    static JsonValue parse(byte[] text, JsonLimits limits) {
        JsonTreeParser parser = new JsonTreeParser(new JsonReader(text, 0, text.length, limits), limits.values());
        if (parser.reader.takeNull()) {
            throw new JsonException("Expected a value, found null", 0);
        }
        JsonValue root = parser.value();
        parser.reader.end();
        return parser.hasReferences ? new JsonReferences(root, limits.values()).resolved() : root;
    }

    private JsonValue value() {
        countOne();
        JsonKind kind = reader.peek();
        return switch (kind) {
            case OBJECT -> object();
            case ARRAY -> array();
            case TEXT, NUMBER, FLAG -> scalar(kind, reader.text());
            case NULL -> throw new IllegalStateException("null is read by whoever holds the value");
        };
    }

    private JsonObject object() {
        List<JsonMember> members = new ArrayList<>();
        reader.beginObject();
        while (reader.hasNext()) {
            JsonValue key = key();
            if (!reader.takeNull()) {
                members.add(new JsonMember(key, value()));
            } else {
                countOne();
            }
        }
        return new JsonObject(members);
    }

    private JsonValue key() {
        if (reader.isObjectKeyNext()) {
            JsonObject key = object();
            reader.endObjectKey();
            return key;
        }
        String name = reader.name();
        hasReferences |= name.equals(JsonReferences.NAME);
        return scalar(JsonKind.TEXT, name);
    }

    private JsonScalar scalar(JsonKind kind, String text) {
        int slot = text.hashCode() & (SEEN_MAX - 1);
        JsonScalar before = seen[slot];
        if (before != null && before.kind() == kind && before.asText().equals(text)) {
            return before;
        }
        seen[slot] = new JsonScalar(kind, text);
        return seen[slot];
    }

    private JsonArray array() {
        List<JsonValue> elements = new ArrayList<>();
        reader.beginArray();
        while (reader.hasNext()) {
            if (!reader.takeNull()) {
                elements.add(value());
            } else {
                countOne();
            }
        }
        return elements.isEmpty() ? JsonArray.empty() : new JsonArray(elements);
    }

    private void countOne() {
        if (++values > valuesMax) {
            throw new JsonException("More than " + valuesMax + " values", reader.position());
        }
    }
}
