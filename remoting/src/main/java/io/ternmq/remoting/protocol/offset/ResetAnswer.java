package io.ternmq.remoting.protocol.offset;

import io.ternmq.common.json.JsonObject;
import io.ternmq.common.json.JsonWriter;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.remoting.protocol.PayloadCodec;
import io.ternmq.remoting.protocol.body.JsonBody;
import io.ternmq.remoting.protocol.body.MessageQueueJson;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where a group goes on in each queue of one broker; answers code 222. */
public record ResetAnswer(Map<MessageQueue, Long> offsets) {
    static final PayloadCodec<ResetAnswer> CODEC =
            JsonBody.codec((json, answer) -> answer.write(json), ResetAnswer::read);

    private static final String TABLE = "offsetTable";

    public ResetAnswer {
        offsets = Collections.unmodifiableMap(new LinkedHashMap<>(offsets)); // keeps the order written
    }

    private void write(JsonWriter json) {
        json.beginObject().name(TABLE);
        MessageQueueJson.writeTable(json, offsets, (writer, offset) -> writer.value(offset));
        json.endObject();
    }

    private static ResetAnswer read(JsonObject object) {
        return new ResetAnswer(MessageQueueJson.readTable(
                object.object(TABLE), member -> member.value().asInt64()));
    }
}
