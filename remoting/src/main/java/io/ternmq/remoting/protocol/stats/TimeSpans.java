package io.ternmq.remoting.protocol.stats;

import io.ternmq.common.json.JsonObject;
import io.ternmq.common.json.JsonWriter;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.remoting.protocol.PayloadCodec;
import io.ternmq.remoting.protocol.body.JsonBody;
import io.ternmq.remoting.protocol.body.MessageQueueJson;
import java.util.List;

/** From when to when the messages of queues are, and where a group is between them; answers code 303. */
public record TimeSpans(List<QueueTimes> queues) {
    static final PayloadCodec<TimeSpans> CODEC = JsonBody.codec((json, spans) -> spans.write(json), TimeSpans::read);

    private static final String SET = "consumeTimeSpanSet";

    public TimeSpans {
        queues = List.copyOf(queues);
    }

    /**
     * One queue. Times are store times, wall milliseconds of the broker; -1 where there is no
     * message.
     *
     * @param queue the queue
     * @param firstMillis of the first message there is
     * @param lastMillis of the last one
     * @param consumedMillis of the last one that the group has consumed; of the first one if it has consumed none
     * @param delayMillis how long the next message that the group wants has been there; 0 if there is none
     */
    public record QueueTimes(
            MessageQueue queue, long firstMillis, long lastMillis, long consumedMillis, long delayMillis) {}

    private void write(JsonWriter json) {
        json.beginObject().name(SET).beginArray();
        for (QueueTimes times : queues) {
            json.beginObject()
                    .member("consumeTimeStamp", times.consumedMillis)
                    .member("delayTime", times.delayMillis)
                    .member("maxTimeStamp", times.lastMillis)
                    .name("messageQueue");
            MessageQueueJson.write(json, times.queue);
            json.member("minTimeStamp", times.firstMillis).endObject();
        }
        json.endArray().endObject();
    }

    private static TimeSpans read(JsonObject object) {
        return new TimeSpans(object.array(SET).map(value -> times(value.asObject())));
    }

    private static QueueTimes times(JsonObject object) {
        return new QueueTimes(
                MessageQueueJson.read(object.object("messageQueue")),
                object.int64("minTimeStamp", 0),
                object.int64("maxTimeStamp", 0),
                object.int64("consumeTimeStamp", 0),
                object.int64("delayTime", 0));
    }
}
