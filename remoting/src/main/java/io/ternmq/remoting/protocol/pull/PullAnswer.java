package io.ternmq.remoting.protocol.pull;

import io.ternmq.remoting.frame.Body;
import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.frame.Payload;
import io.ternmq.remoting.protocol.PayloadCodec;
import java.nio.ByteBuffer;
import java.util.OptionalInt;

/**
 * Messages read, or where to go on; goes with codes 0, 19, 20 and 21, whose readers expect all four numbers.
 *
 * @param suggestedBrokerId id of the broker to read from next: 0 the master
 * @param nextOffset offset to ask for next
 * @param minOffset offset of the first message there is
 * @param maxOffset offset that the next message will get
 * @param forbiddenReason with code 16: 1 broker, 2 group, 3 topic, 4 broadcasting, 5 subscription
 * @param messages stored records one after another, as they lie in the commit log; empty but for code 0
 */
public record PullAnswer(
        long suggestedBrokerId,
        long nextOffset,
        long minOffset,
        long maxOffset,
        OptionalInt forbiddenReason,
        Body messages) {
    static final PayloadCodec<PullAnswer> CODEC = PayloadCodec.of(PullAnswer::encode, PullAnswer::decode);

    private static final String FORBIDDEN = "forbiddenType";

    /** An answer from the master. */
    public static PullAnswer of(long nextOffset, long minOffset, long maxOffset, Body messages) {
        return new PullAnswer(0, nextOffset, minOffset, maxOffset, OptionalInt.empty(), messages);
    }

    private Payload encode() {
        HeaderFields.Builder fields = HeaderFields.builder()
                .put("suggestWhichBrokerId", suggestedBrokerId)
                .put("nextBeginOffset", nextOffset)
                .put("minOffset", minOffset)
                .put("maxOffset", maxOffset);
        if (forbiddenReason.isPresent()) {
            fields.put(FORBIDDEN, forbiddenReason.getAsInt());
        }
        return new Payload(fields.build(), messages);
    }

    private static PullAnswer decode(HeaderFields fields, ByteBuffer body) {
        return new PullAnswer(
                fields.int64("suggestWhichBrokerId"),
                fields.int64("nextBeginOffset"),
                fields.int64("minOffset"),
                fields.int64("maxOffset"),
                fields.contains(FORBIDDEN) ? OptionalInt.of(fields.int32(FORBIDDEN)) : OptionalInt.empty(),
                body.hasRemaining() ? Body.of(body) : Body.empty());
    }
}
