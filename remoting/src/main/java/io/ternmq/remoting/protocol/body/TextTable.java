package io.ternmq.remoting.protocol.body;

import io.ternmq.common.json.JsonMember;
import io.ternmq.common.json.JsonObject;
import io.ternmq.common.json.JsonWriter;
import io.ternmq.remoting.protocol.PayloadCodec;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Texts by name, as bodies of several areas hold them: {@code {"table":{"name":"text"}}}.
 *
 * @param texts in the order of names, unmodifiable
 */
public record TextTable(Map<String, String> texts) {
    public static final PayloadCodec<TextTable> CODEC = JsonBody.codec(
            (json, table) -> {
                json.beginObject().name("table");
                writeTexts(json, table.texts);
                json.endObject();
            },
            object -> new TextTable(readTexts(object.object("table"))));

    public TextTable {
        texts = Collections.unmodifiableMap(new TreeMap<>(texts));
    }

    public static TextTable empty() {
        return new TextTable(Map.of());
    }

    /** An object of texts. */
    public static void writeTexts(JsonWriter json, Map<String, String> texts) {
        json.beginObject();
        texts.forEach(json::member);
        json.endObject();
    }

    /** The texts of an object, in the order of names, unmodifiable. */
    public static Map<String, String> readTexts(JsonObject object) {
        Map<String, String> texts = new TreeMap<>();
        for (JsonMember member : object.members()) {
            texts.put(member.name(), member.value().asText());
        }
        return Collections.unmodifiableMap(texts);
    }
}
