package io.ternmq.remoting.protocol.offset;

import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.protocol.PayloadCodec;

/**
 * Says how far a group has read; code 15, mostly sent one-way. May go backwards.
 *
 * @param consumerGroup the group
 * @param topic the topic
 * @param queueId the queue
 * @param offset offset of the next message to read
 */
public record CommitOffsetRequest(String consumerGroup, String topic, int queueId, long offset) {
    static final PayloadCodec<CommitOffsetRequest> CODEC =
            PayloadCodec.header(CommitOffsetRequest::encode, CommitOffsetRequest::decode);

    private HeaderFields encode() {
        return HeaderFields.builder()
                .put("consumerGroup", consumerGroup)
                .put("topic", topic)
                .put("queueId", queueId)
                .put("commitOffset", offset)
                .build();
    }

    private static CommitOffsetRequest decode(HeaderFields fields) {
        return new CommitOffsetRequest(
                fields.text("consumerGroup"),
                fields.text("topic"),
                fields.int32("queueId"),
                fields.int64("commitOffset"));
    }
}
