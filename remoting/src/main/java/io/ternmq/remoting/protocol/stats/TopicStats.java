package io.ternmq.remoting.protocol.stats;

import io.ternmq.common.json.JsonObject;
import io.ternmq.common.json.JsonWriter;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.remoting.protocol.PayloadCodec;
import io.ternmq.remoting.protocol.body.JsonBody;
import io.ternmq.remoting.protocol.body.MessageQueueJson;
import java.util.Map;

/**
 * What a broker holds of a topic; answers code 202.
 *
 * @param queues by queue
 * @param putsPerSecond messages stored
 */
public record TopicStats(Map<MessageQueue, QueueSpan> queues, double putsPerSecond) {
    static final PayloadCodec<TopicStats> CODEC = JsonBody.codec((json, stats) -> stats.write(json), TopicStats::read);

    /**
     * What there is of one queue.
     *
     * @param minOffset of the first message there is
     * @param maxOffset that the next message will get
     * @param lastStoredMillis when the last message was stored, wall milliseconds; 0 for never
     */
    public record QueueSpan(long minOffset, long maxOffset, long lastStoredMillis) {}

    private void write(JsonWriter json) {
        json.beginObject().name("offsetTable");
        MessageQueueJson.writeTable(
                json,
                queues,
                (writer, span) -> writer.beginObject()
                        .member("lastUpdateTimestamp", span.lastStoredMillis)
                        .member("maxOffset", span.maxOffset)
                        .member("minOffset", span.minOffset)
                        .endObject());
        json.member("topicPutTps", putsPerSecond).endObject();
    }

    private static TopicStats read(JsonObject object) {
        return new TopicStats(
                MessageQueueJson.readTable(
                        object.object("offsetTable"),
                        member -> span(member.value().asObject())),
                object.float64("topicPutTps", 0));
    }

    private static QueueSpan span(JsonObject object) {
        return new QueueSpan(
                object.int64("minOffset", 0), object.int64("maxOffset", 0), object.int64("lastUpdateTimestamp", 0));
    }
}
