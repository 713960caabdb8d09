package io.ternmq.remoting.protocol.session;

import io.ternmq.common.json.JsonObject;
import io.ternmq.common.json.JsonWriter;
import io.ternmq.remoting.protocol.PayloadCodec;
import io.ternmq.remoting.protocol.body.JsonBody;
import io.ternmq.remoting.protocol.body.SubscriptionData;
import java.util.List;

/**
 * The clients of a consumer group and what the group reads; answers code 203.
 *
 * @param connections its members
 * @param type how they come by messages
 * @param model whether they share them
 * @param startFrom where the group began
 * @param subscriptions each topic once
 */
public record ConsumerConnections(
        List<ClientConnection> connections,
        ConsumeType type,
        GroupModel model,
        StartFrom startFrom,
        List<SubscriptionData> subscriptions) {
    static final PayloadCodec<ConsumerConnections> CODEC =
            JsonBody.codec((json, answer) -> answer.write(json), ConsumerConnections::read);

    public ConsumerConnections {
        connections = List.copyOf(connections);
        subscriptions = List.copyOf(subscriptions);
    }

    private void write(JsonWriter json) {
        json.beginObject().name("connectionSet").beginArray();
        connections.forEach(connection -> connection.write(json));
        json.endArray()
                .member("consumeFromWhere", startFrom)
                .member("consumeType", type)
                .member("messageModel", model)
                .name("subscriptionTable")
                .beginObject();
        for (SubscriptionData subscription : subscriptions) {
            json.name(subscription.topic());
            subscription.write(json);
        }
        json.endObject().endObject();
    }

    private static ConsumerConnections read(JsonObject object) {
        return new ConsumerConnections(
                object.array("connectionSet").map(value -> ClientConnection.read(value.asObject())),
                JsonBody.constant(object, "consumeType", ConsumeType.CONSUME_PASSIVELY),
                JsonBody.constant(object, "messageModel", GroupModel.CLUSTERING),
                JsonBody.constant(object, "consumeFromWhere", StartFrom.CONSUME_FROM_LAST_OFFSET),
                object.object("subscriptionTable").members().stream()
                        .map(member -> SubscriptionData.read(member.value().asObject()))
                        .toList());
    }
}
