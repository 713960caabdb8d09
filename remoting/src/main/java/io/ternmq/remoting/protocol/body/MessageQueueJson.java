package io.ternmq.remoting.protocol.body;

import io.ternmq.common.json.JsonArray;
import io.ternmq.common.json.JsonMember;
import io.ternmq.common.json.JsonObject;
import io.ternmq.common.json.JsonWriter;
import io.ternmq.common.message.MessageQueue;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Queues in bodies: as objects, in lists, and as the names of a table's members. Stateless. */
public final class MessageQueueJson {
    private MessageQueueJson() {}

    /** The members alone, for where the object stands as a name. */
    public static void writeMembers(JsonWriter json, MessageQueue queue) {
        json.member("brokerName", queue.getBrokerName())
                .member("queueId", queue.getQueueId())
                .member("topic", queue.getTopic());
    }

    public static void write(JsonWriter json, MessageQueue queue) {
        json.beginObject();
        writeMembers(json, queue);
        json.endObject();
    }

    public static MessageQueue read(JsonObject object) {
        return new MessageQueue(object.text("topic"), object.text("brokerName"), object.int32("queueId"));
    }

    public static void writeList(JsonWriter json, Collection<MessageQueue> queues) {
        json.beginArray();
        queues.forEach(queue -> write(json, queue));
        json.endArray();
    }

    public static List<MessageQueue> readList(JsonArray array) {
        return array.map(value -> read(value.asObject()));
    }

    /** An object whose names are queues. */
    public static <V> void writeTable(
            JsonWriter json, Map<MessageQueue, V> table, BiConsumer<JsonWriter, V> writeValue) {
        json.beginObject();
        table.forEach((queue, value) -> {
            json.name(key -> writeMembers(key, queue));
            writeValue.accept(json, value);
        });
        json.endObject();
    }

    /** Reads an object whose names are queues; in the order written, unmodifiable. */
    public static <V> Map<MessageQueue, V> readTable(JsonObject object, Function<JsonMember, V> readValue) {
        Map<MessageQueue, V> table = new LinkedHashMap<>();
        object.members().forEach(member -> table.put(read(member.key().asObject()), readValue.apply(member)));
        return Collections.unmodifiableMap(table);
    }
}
