package io.ternmq.remoting.protocol.offset;

import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.protocol.PayloadCodec;

/**
 * Asks how far a group has read; code 14.
 *
 * @param consumerGroup the group
 * @param topic the topic
 * @param queueId the queue
 * @param mayStartAtZero whether 0 may be answered for a group that has read nothing, if the queue still begins there
 */
public record CommittedOffsetRequest(String consumerGroup, String topic, int queueId, boolean mayStartAtZero) {
    static final PayloadCodec<CommittedOffsetRequest> CODEC =
            PayloadCodec.header(CommittedOffsetRequest::encode, CommittedOffsetRequest::decode);

    private static final String ZERO = "setZeroIfNotFound";

    private HeaderFields encode() {
        HeaderFields.Builder fields = HeaderFields.builder()
                .put("consumerGroup", consumerGroup)
                .put("topic", topic)
                .put("queueId", queueId);
        if (!mayStartAtZero) { // old brokers do not know the field; left out, it means yes
            fields.put(ZERO, false);
        }
        return fields.build();
    }

    private static CommittedOffsetRequest decode(HeaderFields fields) {
        return new CommittedOffsetRequest(
                fields.text("consumerGroup"),
                fields.text("topic"),
                fields.int32("queueId"),
                !fields.text(ZERO, "true").equalsIgnoreCase("false"));
    }
}
