package io.ternmq.remoting.protocol.session;

import io.ternmq.common.json.JsonObject;
import io.ternmq.common.json.JsonWriter;
import io.ternmq.remoting.protocol.PayloadCodec;
import io.ternmq.remoting.protocol.body.JsonBody;
import java.util.List;

/**
 * All that a client is at the moment; code 34. A client that lives says so every 30 seconds.
 *
 * @param clientId unique among clients
 * @param producerGroups groups it sends for
 * @param consumers groups it reads for
 * @param fingerprint hash of the subscriptions; not 0 makes it a heartbeat of the second version
 * @param leavesSubscriptionsOut whether the subscriptions are as before and therefore not listed
 */
public record Heartbeat(
        String clientId,
        List<String> producerGroups,
        List<ConsumerMembership> consumers,
        int fingerprint,
        boolean leavesSubscriptionsOut) {
    static final PayloadCodec<Heartbeat> CODEC =
            JsonBody.codec((json, heartbeat) -> heartbeat.write(json), Heartbeat::read);

    public Heartbeat {
        producerGroups = List.copyOf(producerGroups);
        consumers = List.copyOf(consumers);
    }

    private void write(JsonWriter json) {
        json.beginObject().member("clientID", clientId).name("consumerDataSet").beginArray();
        consumers.forEach(consumer -> consumer.write(json));
        json.endArray()
                .member("heartbeatFingerprint", fingerprint)
                .name("producerDataSet")
                .beginArray();
        producerGroups.forEach(
                group -> json.beginObject().member("groupName", group).endObject());
        json.endArray().member("withoutSub", leavesSubscriptionsOut).endObject();
    }

    private static Heartbeat read(JsonObject object) {
        return new Heartbeat(
                object.text("clientID"),
                object.array("producerDataSet").map(value -> value.asObject().text("groupName")),
                object.array("consumerDataSet").map(value -> ConsumerMembership.read(value.asObject())),
                object.int32("heartbeatFingerprint", 0),
                object.flag("withoutSub", false));
    }
}
