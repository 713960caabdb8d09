package io.ternmq.remoting.protocol.session;

import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.protocol.PayloadCodec;
import java.util.Optional;

/**
 * A client leaves groups; code 35.
 *
 * @param clientId the client
 * @param producerGroup group it no longer sends for
 * @param consumerGroup group it no longer reads for
 */
public record UnregisterClientRequest(String clientId, Optional<String> producerGroup, Optional<String> consumerGroup) {
    static final PayloadCodec<UnregisterClientRequest> CODEC =
            PayloadCodec.header(UnregisterClientRequest::encode, UnregisterClientRequest::decode);

    private HeaderFields encode() {
        return HeaderFields.builder()
                .put("clientID", clientId)
                .put("producerGroup", producerGroup)
                .put("consumerGroup", consumerGroup)
                .build();
    }

    private static UnregisterClientRequest decode(HeaderFields fields) {
        return new UnregisterClientRequest(
                fields.text("clientID"), fields.findText("producerGroup"), fields.findText("consumerGroup"));
    }
}
