package io.ternmq.remoting.protocol.offset;

import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.protocol.PayloadCodec;

/** An offset in the queue asked about; answers codes 14, 29, 30 and 31. */
public record OffsetAnswer(long offset) {
    static final PayloadCodec<OffsetAnswer> CODEC = PayloadCodec.header(
            answer -> HeaderFields.builder().put("offset", answer.offset).build(),
            fields -> new OffsetAnswer(fields.int64("offset")));
}
