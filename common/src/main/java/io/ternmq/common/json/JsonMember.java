package io.ternmq.common.json;

/**
 * One member of an object. Where an object stands as the name, {@link #name()} is its compact text.
 *
 * @param key the name: a text, or an object
 * @param value never null; members that are null in the text are left out
 */
public record JsonMember(JsonValue key, JsonValue value) {

    public String name() {
        return key instanceof JsonScalar scalar ? scalar.asText() : key.toString();
    }
}
