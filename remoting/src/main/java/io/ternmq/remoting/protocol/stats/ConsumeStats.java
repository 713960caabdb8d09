package io.ternmq.remoting.protocol.stats;

import io.ternmq.common.json.JsonObject;
import io.ternmq.common.json.JsonWriter;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.remoting.protocol.PayloadCodec;
import io.ternmq.remoting.protocol.body.JsonBody;
import io.ternmq.remoting.protocol.body.MessageQueueJson;
import java.util.Map;

/**
 * How far a group is behind; answers code 208.
 *
 * @param queues by queue
 * @param consumedPerSecond messages read
 */
public record ConsumeStats(Map<MessageQueue, QueueLag> queues, double consumedPerSecond) {
    static final PayloadCodec<ConsumeStats> CODEC =
            JsonBody.codec((json, stats) -> stats.write(json), ConsumeStats::read);

    /**
     * How far the group is behind in one queue.
     *
     * @param brokerOffset that the next message will get
     * @param consumerOffset that the group has committed
     * @param pullOffset up to which it has read
     * @param lastConsumedMillis when the last message that it consumed was stored, wall milliseconds
     */
    public record QueueLag(long brokerOffset, long consumerOffset, long pullOffset, long lastConsumedMillis) {}

    private void write(JsonWriter json) {
        json.beginObject().member("consumeTps", consumedPerSecond).name("offsetTable");
        MessageQueueJson.writeTable(
                json,
                queues,
                (writer, lag) -> writer.beginObject()
                        .member("brokerOffset", lag.brokerOffset)
                        .member("consumerOffset", lag.consumerOffset)
                        .member("lastTimestamp", lag.lastConsumedMillis)
                        .member("pullOffset", lag.pullOffset)
                        .endObject());
        json.endObject();
    }

    private static ConsumeStats read(JsonObject object) {
        return new ConsumeStats(
                MessageQueueJson.readTable(
                        object.object("offsetTable"),
                        member -> lag(member.value().asObject())),
                object.float64("consumeTps", 0));
    }

    private static QueueLag lag(JsonObject object) {
        return new QueueLag(
                object.int64("brokerOffset", 0),
                object.int64("consumerOffset", 0),
                object.int64("pullOffset", 0),
                object.int64("lastTimestamp", 0));
    }
}
