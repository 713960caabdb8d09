package io.ternmq.remoting.protocol.session;

import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.protocol.PayloadCodec;

/** Names a producer group; code 204. */
public record ProducerGroupRequest(String producerGroup) {
    static final PayloadCodec<ProducerGroupRequest> CODEC = PayloadCodec.header(
            request -> HeaderFields.builder()
                    .put("producerGroup", request.producerGroup)
                    .build(),
            fields -> new ProducerGroupRequest(fields.text("producerGroup")));
}
