package io.ternmq.remoting.protocol.route;

import io.ternmq.common.json.JsonObject;
import io.ternmq.common.json.JsonWriter;
import io.ternmq.remoting.frame.Body;
import io.ternmq.remoting.frame.Payload;
import io.ternmq.remoting.protocol.PayloadCodec;
import io.ternmq.remoting.protocol.body.JsonBody;
import java.util.List;
import java.util.Optional;

/**
 * Where a topic is served; answers code 105 and is the body of code 217.
 *
 * @param orderConfig for ordered topics, {@code broker:queues;broker:queues}
 * @param queues one entry for each broker name that has the topic
 * @param brokers the brokers of those names
 */
public record TopicRoute(Optional<String> orderConfig, List<QueueRoute> queues, List<BrokerRoute> brokers) {
    /** Senders from this release on read strict JSON: 4.9.4. */
    public static final int STRICT_SINCE_VERSION = 401;

    /** Writes the dialect; see {@link #payload} for the other form. */
    static final PayloadCodec<TopicRoute> CODEC = JsonBody.codec((json, route) -> route.write(json), TopicRoute::read);

    public TopicRoute {
        queues = List.copyOf(queues);
        brokers = List.copyOf(brokers);
    }

    /** The answer's body: strict JSON, or the dialect with bare broker ids that old clients read. */
    public Payload payload(boolean isStrict) {
        JsonWriter json = isStrict ? JsonWriter.strict() : JsonWriter.compact();
        write(json);
        return Payload.of(Body.of(json.toBytes()));
    }

    // The table of filter servers belongs to a removed feature, but readers expect the member.
    private void write(JsonWriter json) {
        json.beginObject().name("brokerDatas").beginArray();
        brokers.forEach(broker -> broker.write(json));
        json.endArray()
                .name("filterServerTable")
                .beginObject()
                .endObject()
                .member("orderTopicConf", orderConfig)
                .name("queueDatas")
                .beginArray();
        queues.forEach(queue -> queue.write(json));
        json.endArray().endObject();
    }

    private static TopicRoute read(JsonObject object) {
        return new TopicRoute(
                object.findText("orderTopicConf"),
                object.array("queueDatas").map(value -> QueueRoute.read(value.asObject())),
                object.array("brokerDatas").map(value -> BrokerRoute.read(value.asObject())));
    }
}
