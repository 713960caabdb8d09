package io.ternmq.remoting.protocol.session;

import io.ternmq.common.json.JsonObject;
import io.ternmq.common.json.JsonWriter;
import io.ternmq.remoting.protocol.body.JsonBody;
import io.ternmq.remoting.protocol.body.SubscriptionData;
import java.util.List;

/**
 * A client's part in one consumer group, as its heartbeat says.
 *
 * @param group the group
 * @param type how its members come by messages
 * @param model whether they share the messages
 * @param startFrom where a new group begins
 * @param subscriptions what the group reads, each topic once
 * @param isUnit whether the client belongs to a unit
 */
public record ConsumerMembership(
        String group,
        ConsumeType type,
        GroupModel model,
        StartFrom startFrom,
        List<SubscriptionData> subscriptions,
        boolean isUnit) {

    public ConsumerMembership {
        subscriptions = List.copyOf(subscriptions);
    }

    void write(JsonWriter json) {
        json.beginObject()
                .member("consumeFromWhere", startFrom)
                .member("consumeType", type)
                .member("groupName", group)
                .member("messageModel", model)
                .name("subscriptionDataSet")
                .beginArray();
        subscriptions.forEach(subscription -> subscription.write(json));
        json.endArray().member("unitMode", isUnit).endObject();
    }

    static ConsumerMembership read(JsonObject object) {
        return new ConsumerMembership(
                object.text("groupName"),
                JsonBody.constant(object, "consumeType", ConsumeType.CONSUME_PASSIVELY),
                JsonBody.constant(object, "messageModel", GroupModel.CLUSTERING),
                JsonBody.constant(object, "consumeFromWhere", StartFrom.CONSUME_FROM_LAST_OFFSET),
                object.array("subscriptionDataSet").map(value -> SubscriptionData.read(value.asObject())),
                object.flag("unitMode", false));
    }
}
