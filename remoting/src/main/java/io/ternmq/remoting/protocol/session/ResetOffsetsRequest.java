package io.ternmq.remoting.protocol.session;

import io.ternmq.common.json.JsonArray;
import io.ternmq.common.json.JsonMember;
import io.ternmq.common.json.JsonObject;
import io.ternmq.common.json.JsonWriter;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.frame.Payload;
import io.ternmq.remoting.protocol.PayloadCodec;
import io.ternmq.remoting.protocol.body.JsonBody;
import io.ternmq.remoting.protocol.body.MessageQueueJson;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Has a consumer go on elsewhere; code 220, one-way from the broker to the members of a group.
 *
 * @param topic the topic
 * @param group the consumer group
 * @param timestampMillis the wall time that an operator wants to go back to
 * @param isForced whether offsets may also go forward
 * @param offsets where to go on, by queue
 * @param isList whether the offsets are written as a list, for clients that cannot read objects as names; false
 *     in what was read, whichever form it had
 */
public record ResetOffsetsRequest(
        String topic,
        String group,
        long timestampMillis,
        boolean isForced,
        Map<MessageQueue, Long> offsets,
        boolean isList) {
    static final PayloadCodec<ResetOffsetsRequest> CODEC =
            PayloadCodec.of(ResetOffsetsRequest::encode, ResetOffsetsRequest::decode);

    private static final String TABLE = "offsetTable";

    /** With the offsets written as a table by queue. */
    public ResetOffsetsRequest(
            String topic, String group, long timestampMillis, boolean isForced, Map<MessageQueue, Long> offsets) {
        this(topic, group, timestampMillis, isForced, offsets, false);
    }

    public ResetOffsetsRequest {
        offsets = Collections.unmodifiableMap(new LinkedHashMap<>(offsets)); // keeps the order written
    }

    private Payload encode() {
        HeaderFields fields = HeaderFields.builder()
                .put("topic", topic)
                .put("group", group)
                .put("timestamp", timestampMillis)
                .put("isForce", isForced)
                .build();
        return JsonBody.payload(fields, json -> {
            json.beginObject().name(TABLE);
            if (isList) {
                writeList(json);
            } else {
                MessageQueueJson.writeTable(json, offsets, (writer, offset) -> writer.value(offset));
            }
            json.endObject();
        });
    }

    private void writeList(JsonWriter json) {
        json.beginArray();
        offsets.forEach((queue, offset) -> {
            json.beginObject();
            MessageQueueJson.writeMembers(json, queue);
            json.member("offset", offset).endObject();
        });
        json.endArray();
    }

    private static ResetOffsetsRequest decode(HeaderFields fields, ByteBuffer body) {
        return new ResetOffsetsRequest(
                fields.text("topic"),
                fields.text("group"),
                fields.int64("timestamp", 0),
                fields.flag("isForce", false),
                JsonBody.read(body, ResetOffsetsRequest::readTable));
    }

    // Brokers write a table by queue, or a list for clients that cannot read objects as names.
    private static Map<MessageQueue, Long> readTable(JsonObject object) {
        boolean isList = object.find(TABLE).filter(JsonArray.class::isInstance).isPresent();
        if (!isList) {
            return MessageQueueJson.readTable(object.object(TABLE), ResetOffsetsRequest::offset);
        }
        Map<MessageQueue, Long> offsets = new LinkedHashMap<>();
        object.array(TABLE)
                .values()
                .forEach(value -> offsets.put(
                        MessageQueueJson.read(value.asObject()),
                        value.asObject().int64("offset")));
        return offsets;
    }

    private static Long offset(JsonMember member) {
        return member.value().asInt64();
    }
}
