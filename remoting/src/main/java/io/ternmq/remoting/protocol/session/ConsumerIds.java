package io.ternmq.remoting.protocol.session;

import io.ternmq.common.json.JsonValue;
import io.ternmq.remoting.protocol.PayloadCodec;
import io.ternmq.remoting.protocol.body.JsonBody;
import java.util.List;

/** The clients of a consumer group that are connected to the broker asked; answers code 38. */
public record ConsumerIds(List<String> clientIds) {
    static final PayloadCodec<ConsumerIds> CODEC = JsonBody.codec(
            (json, ids) ->
                    json.beginObject().member("consumerIdList", ids.clientIds).endObject(),
            object -> new ConsumerIds(object.array("consumerIdList").map(JsonValue::asText)));

    public ConsumerIds {
        clientIds = List.copyOf(clientIds);
    }
}
