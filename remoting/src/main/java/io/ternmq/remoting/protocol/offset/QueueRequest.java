package io.ternmq.remoting.protocol.offset;

import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.protocol.PayloadCodec;

/** Asks something of one queue that needs no more than its name; codes 30, 31 and 32. */
public record QueueRequest(String topic, int queueId) {
    static final PayloadCodec<QueueRequest> CODEC = PayloadCodec.header(QueueRequest::encode, QueueRequest::decode);

    private HeaderFields encode() {
        return HeaderFields.builder()
                .put("topic", topic)
                .put("queueId", queueId)
                .build();
    }

    private static QueueRequest decode(HeaderFields fields) {
        return new QueueRequest(fields.text("topic"), fields.int32("queueId"));
    }
}
