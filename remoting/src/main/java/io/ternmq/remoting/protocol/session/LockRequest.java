package io.ternmq.remoting.protocol.session;

import io.ternmq.common.json.JsonObject;
import io.ternmq.common.json.JsonWriter;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.remoting.protocol.PayloadCodec;
import io.ternmq.remoting.protocol.body.JsonBody;
import io.ternmq.remoting.protocol.body.MessageQueueJson;
import java.util.List;

/**
 * Wants queues for one client alone, or gives them back; codes 41 and 42.
 *
 * @param consumerGroup the group
 * @param clientId its member
 * @param queues which queues
 * @param isThisBrokerOnly whether the broker must not ask its replicas
 */
public record LockRequest(String consumerGroup, String clientId, List<MessageQueue> queues, boolean isThisBrokerOnly) {
    static final PayloadCodec<LockRequest> CODEC =
            JsonBody.codec((json, request) -> request.write(json), LockRequest::read);

    public LockRequest {
        queues = List.copyOf(queues);
    }

    private void write(JsonWriter json) {
        json.beginObject()
                .member("clientId", clientId)
                .member("consumerGroup", consumerGroup)
                .name("mqSet");
        MessageQueueJson.writeList(json, queues);
        json.member("onlyThisBroker", isThisBrokerOnly).endObject();
    }

    private static LockRequest read(JsonObject object) {
        return new LockRequest(
                object.text("consumerGroup"),
                object.text("clientId"),
                MessageQueueJson.readList(object.array("mqSet")),
                object.flag("onlyThisBroker", false));
    }
}
