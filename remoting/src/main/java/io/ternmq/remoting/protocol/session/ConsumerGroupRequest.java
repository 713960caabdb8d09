package io.ternmq.remoting.protocol.session;

import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.protocol.PayloadCodec;

/** Names a consumer group; codes 38, 40 and 203. */
public record ConsumerGroupRequest(String consumerGroup) {
    static final PayloadCodec<ConsumerGroupRequest> CODEC = PayloadCodec.header(
            request -> HeaderFields.builder()
                    .put("consumerGroup", request.consumerGroup)
                    .build(),
            fields -> new ConsumerGroupRequest(fields.text("consumerGroup")));
}
