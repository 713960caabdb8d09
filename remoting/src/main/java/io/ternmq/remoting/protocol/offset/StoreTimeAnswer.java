package io.ternmq.remoting.protocol.offset;

import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.protocol.PayloadCodec;

/**
 * When the first message of a queue was stored; answers code 32.
 *
 * @param storedMillis wall time of the broker; {@link #NONE} if the queue is empty
 */
public record StoreTimeAnswer(long storedMillis) {
    public static final long NONE = -1;

    static final PayloadCodec<StoreTimeAnswer> CODEC = PayloadCodec.header(
            answer ->
                    HeaderFields.builder().put("timestamp", answer.storedMillis).build(),
            fields -> new StoreTimeAnswer(fields.int64("timestamp")));
}
