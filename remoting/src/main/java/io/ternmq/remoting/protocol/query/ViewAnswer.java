package io.ternmq.remoting.protocol.query;

import io.ternmq.remoting.frame.Body;
import io.ternmq.remoting.frame.Payload;
import io.ternmq.remoting.protocol.PayloadCodec;

/** One stored record; answers code 33. */
public record ViewAnswer(Body message) {
    static final PayloadCodec<ViewAnswer> CODEC =
            PayloadCodec.of(answer -> Payload.of(answer.message), (fields, body) -> new ViewAnswer(Body.of(body)));
}
