package io.ternmq.remoting.protocol.route;

import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.protocol.PayloadCodec;

/** Asks which brokers share a name; code 901. */
public record MemberGroupRequest(String cluster, String brokerName) {
    static final PayloadCodec<MemberGroupRequest> CODEC = PayloadCodec.header(
            request -> HeaderFields.builder()
                    .put(BrokerIdentity.CLUSTER, request.cluster)
                    .put(BrokerIdentity.BROKER_NAME, request.brokerName)
                    .build(),
            fields -> new MemberGroupRequest(
                    fields.text(BrokerIdentity.CLUSTER), fields.text(BrokerIdentity.BROKER_NAME)));
}
