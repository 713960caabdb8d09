package io.ternmq.remoting.protocol.stats;

import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.protocol.PayloadCodec;

/** Names a topic; codes 202 and 300. */
public record TopicRequest(String topic) {
    static final PayloadCodec<TopicRequest> CODEC = PayloadCodec.header(
            request -> HeaderFields.builder().put("topic", request.topic).build(),
            fields -> new TopicRequest(fields.text("topic")));
}
