package io.ternmq.remoting.protocol.query;

import io.ternmq.remoting.frame.Body;
import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.frame.Payload;
import io.ternmq.remoting.protocol.PayloadCodec;
import java.nio.ByteBuffer;

/**
 * Messages found by key; answers code 12. May hold others whose keys hash alike: whoever asked looks again.
 *
 * @param indexUpdatedMillis up to which store time the index knows messages
 * @param indexPosition up to which position of the commit log
 * @param messages stored records one after another
 */
public record QueryAnswer(long indexUpdatedMillis, long indexPosition, Body messages) {
    static final PayloadCodec<QueryAnswer> CODEC = PayloadCodec.of(QueryAnswer::encode, QueryAnswer::decode);

    private Payload encode() {
        HeaderFields fields = HeaderFields.builder()
                .put("indexLastUpdateTimestamp", indexUpdatedMillis)
                .put("indexLastUpdatePhyoffset", indexPosition)
                .build();
        return new Payload(fields, messages);
    }

    private static QueryAnswer decode(HeaderFields fields, ByteBuffer body) {
        return new QueryAnswer(
                fields.int64("indexLastUpdateTimestamp"),
                fields.int64("indexLastUpdatePhyoffset"),
                body.hasRemaining() ? Body.of(body) : Body.empty());
    }
}
