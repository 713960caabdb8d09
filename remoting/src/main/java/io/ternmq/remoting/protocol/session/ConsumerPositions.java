package io.ternmq.remoting.protocol.session;

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
 * How far a consumer is; answers code 221.
 *
 * @param offsets of the next message to consume, by queue
 */
public record ConsumerPositions(Map<MessageQueue, Long> offsets) {
    static final PayloadCodec<ConsumerPositions> CODEC =
            JsonBody.codec((json, positions) -> positions.write(json), ConsumerPositions::read);

    private static final String TABLE = "messageQueueTable";

    public ConsumerPositions {
        offsets = Collections.unmodifiableMap(new LinkedHashMap<>(offsets)); // keeps the order written
    }

    // The other table is a broker's, who asked several clients; readers expect it.
    private void write(JsonWriter json) {
        json.beginObject().name("consumerTable").beginObject().endObject().name(TABLE);
        MessageQueueJson.writeTable(json, offsets, (writer, offset) -> writer.value(offset));
        json.endObject();
    }

    private static ConsumerPositions read(JsonObject object) {
        return new ConsumerPositions(MessageQueueJson.readTable(
                object.object(TABLE), member -> member.value().asInt64()));
    }
}
