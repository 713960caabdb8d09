package io.ternmq.remoting.protocol.route;

import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.protocol.PayloadCodec;

/** Names the brokers whose topics gain or lose the permission to write; codes 205 and 327. */
public record BrokerNameRequest(String brokerName) {
    static final PayloadCodec<BrokerNameRequest> CODEC = PayloadCodec.header(
            request -> HeaderFields.builder()
                    .put(BrokerIdentity.BROKER_NAME, request.brokerName)
                    .build(),
            fields -> new BrokerNameRequest(fields.text(BrokerIdentity.BROKER_NAME)));
}
