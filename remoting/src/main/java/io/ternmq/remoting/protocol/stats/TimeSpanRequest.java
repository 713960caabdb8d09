package io.ternmq.remoting.protocol.stats;

import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.protocol.PayloadCodec;

/** Asks from when the messages of a topic are, and where a group is between them; code 303. */
public record TimeSpanRequest(String topic, String group) {
    static final PayloadCodec<TimeSpanRequest> CODEC = PayloadCodec.header(
            request -> HeaderFields.builder()
                    .put("topic", request.topic)
                    .put("group", request.group)
                    .build(),
            fields -> new TimeSpanRequest(fields.text("topic"), fields.text("group")));
}
