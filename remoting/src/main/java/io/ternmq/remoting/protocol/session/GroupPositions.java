package io.ternmq.remoting.protocol.session;

import io.ternmq.common.json.JsonMember;
import io.ternmq.common.json.JsonObject;
import io.ternmq.common.json.JsonWriter;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.remoting.protocol.PayloadCodec;
import io.ternmq.remoting.protocol.body.JsonBody;
import io.ternmq.remoting.protocol.body.MessageQueueJson;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How far each member of a group is; answers code 223.
 *
 * @param byClient offsets of the next message to consume, by client id and queue
 */
public record GroupPositions(Map<String, Map<MessageQueue, Long>> byClient) {
    static final PayloadCodec<GroupPositions> CODEC =
            JsonBody.codec((json, positions) -> positions.write(json), GroupPositions::read);

    private static final String TABLE = "consumerTable";

    public GroupPositions {
        byClient = Collections.unmodifiableMap(new LinkedHashMap<>(byClient)); // keeps the order written
    }

    // The other table is a single client's; readers expect it.
    private void write(JsonWriter json) {
        json.beginObject().name(TABLE).beginObject();
        byClient.forEach((client, offsets) -> {
            json.name(client);
            MessageQueueJson.writeTable(json, offsets, (writer, offset) -> writer.value(offset));
        });
        json.endObject().name("messageQueueTable").beginObject().endObject().endObject();
    }

    private static GroupPositions read(JsonObject object) {
        Map<String, Map<MessageQueue, Long>> byClient = new LinkedHashMap<>();
        for (JsonMember client : object.object(TABLE).members()) {
            byClient.put(
                    client.name(),
                    MessageQueueJson.readTable(
                            client.value().asObject(), member -> member.value().asInt64()));
        }
        return new GroupPositions(byClient);
    }
}
