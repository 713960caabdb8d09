package io.ternmq.remoting.protocol.kv;

import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.protocol.PayloadCodec;

/** A text; answers code 101. */
public record KvValue(String value) {
    static final String VALUE = "value";

    static final PayloadCodec<KvValue> CODEC = PayloadCodec.header(
            answer -> HeaderFields.builder().put(VALUE, answer.value).build(),
            fields -> new KvValue(fields.text(VALUE)));
}
