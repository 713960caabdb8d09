package io.ternmq.remoting.protocol.query;

import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.protocol.PayloadCodec;
import java.util.Optional;

/**
 * Asks for the message at a place; code 33.
 *
 * @param position in the commit log of the broker asked
 * @param topic its topic; from 5.x clients
 */
public record ViewRequest(long position, Optional<String> topic) {
    static final PayloadCodec<ViewRequest> CODEC = PayloadCodec.header(
            request -> HeaderFields.builder()
                    .put("offset", request.position)
                    .put("topic", request.topic)
                    .build(),
            fields -> new ViewRequest(fields.int64("offset"), fields.findText("topic")));
}
