package io.ternmq.remoting.protocol.session;

import io.ternmq.remoting.frame.Body;
import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.frame.Payload;
import io.ternmq.remoting.protocol.PayloadCodec;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Has one message consumed at once and tells the outcome; code 309, relayed by the broker to the client.
 *
 * @param consumerGroup the group
 * @param clientId its member
 * @param messageId where the message lies; the broker looks it up
 * @param brokerName where it came from
 * @param topic the topic it is to be consumed as
 * @param record the stored record; empty on the way to the broker
 */
public record ConsumeDirectlyRequest(
        String consumerGroup,
        Optional<String> clientId,
        Optional<String> messageId,
        Optional<String> brokerName,
        Optional<String> topic,
        ByteBuffer record) {
    static final PayloadCodec<ConsumeDirectlyRequest> CODEC =
            PayloadCodec.of(ConsumeDirectlyRequest::encode, ConsumeDirectlyRequest::decode);

    private Payload encode() {
        HeaderFields fields = HeaderFields.builder()
                .put("consumerGroup", consumerGroup)
                .put("clientId", clientId)
                .put("msgId", messageId)
                .put("brokerName", brokerName)
                .put("topic", topic)
                .build();
        return new Payload(fields, Body.of(record));
    }

    private static ConsumeDirectlyRequest decode(HeaderFields fields, ByteBuffer body) {
        return new ConsumeDirectlyRequest(
                fields.text("consumerGroup"),
                fields.findText("clientId"),
                fields.findText("msgId"),
                fields.findText("brokerName"),
                fields.findText("topic"),
                body);
    }
}
