package io.ternmq.remoting.protocol.route;

import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.frame.Payload;
import io.ternmq.remoting.protocol.PayloadCodec;
import io.ternmq.remoting.protocol.body.TextTable;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What a broker is told when it has registered; answers code 103.
 *
 * @param masterAddress where its master is; for replicas
 * @param haServerAddress where its master takes replicas; for replicas
 * @param orderTopics the ordered topics and where their queues are, if the name server tells
 */
public record RegisterBrokerAnswer(
        Optional<String> masterAddress, Optional<String> haServerAddress, Optional<TextTable> orderTopics) {
    static final PayloadCodec<RegisterBrokerAnswer> CODEC =
            PayloadCodec.of(RegisterBrokerAnswer::encode, RegisterBrokerAnswer::decode);

    private static final String MASTER = "masterAddr";
    private static final String HA = "haServerAddr";

    private Payload encode() {
        HeaderFields fields = HeaderFields.builder()
                .put(HA, haServerAddress)
                .put(MASTER, masterAddress)
                .build();
        return new Payload(
                fields,
                orderTopics.map(TextTable.CODEC::encode).orElse(Payload.empty()).body());
    }

    private static RegisterBrokerAnswer decode(HeaderFields fields, ByteBuffer body) {
        return new RegisterBrokerAnswer(
                fields.findText(MASTER),
                fields.findText(HA),
                body.hasRemaining() ? Optional.of(TextTable.CODEC.decode(fields, body)) : Optional.empty());
    }
}
