package io.ternmq.remoting.protocol.session;

import io.ternmq.common.json.JsonObject;
import io.ternmq.common.json.JsonWriter;
import io.ternmq.remoting.protocol.PayloadCodec;
import io.ternmq.remoting.protocol.body.JsonBody;
import io.ternmq.remoting.protocol.body.SubscriptionData;
import java.util.Optional;

/**
 * Asks whether the broker can use a subscription; code 46, sent for expressions that are not tags.
 *
 * @param clientId the client
 * @param group its group
 * @param namespace the client's namespace, if any
 * @param subscription what it wants to read
 */
public record CheckSubscriptionRequest(
        String clientId, String group, Optional<String> namespace, SubscriptionData subscription) {
    static final PayloadCodec<CheckSubscriptionRequest> CODEC =
            JsonBody.codec((json, request) -> request.write(json), CheckSubscriptionRequest::read);

    private void write(JsonWriter json) {
        json.beginObject()
                .member("clientId", clientId)
                .member("group", group)
                .member("namespace", namespace)
                .name("subscriptionData");
        subscription.write(json);
        json.endObject();
    }

    private static CheckSubscriptionRequest read(JsonObject object) {
        return new CheckSubscriptionRequest(
                object.text("clientId"),
                object.text("group"),
                object.findText("namespace"),
                SubscriptionData.read(object.object("subscriptionData")));
    }
}
