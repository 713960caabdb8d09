package io.ternmq.remoting.protocol.session;

import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.protocol.PayloadCodec;
import java.util.Optional;

/**
 * Asks a consumer how far it is with a topic; code 221, from the broker to the client.
 *
 * @param topic the topic
 * @param group the consumer group
 * @param clientId the member that an operator asked about
 */
public record ConsumerPositionsRequest(String topic, String group, Optional<String> clientId) {
    static final PayloadCodec<ConsumerPositionsRequest> CODEC =
            PayloadCodec.header(ConsumerPositionsRequest::encode, ConsumerPositionsRequest::decode);

    private HeaderFields encode() {
        return HeaderFields.builder()
                .put("topic", topic)
                .put("group", group)
                .put("clientAddr", clientId)
                .build();
    }

    private static ConsumerPositionsRequest decode(HeaderFields fields) {
        return new ConsumerPositionsRequest(fields.text("topic"), fields.text("group"), fields.findText("clientAddr"));
    }
}
