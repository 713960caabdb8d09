package io.ternmq.remoting.protocol.offset;

import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.protocol.PayloadCodec;

/**
 * Wants a group to go on elsewhere in a topic; code 222.
 *
 * @param topic the topic
 * @param group the consumer group
 * @param timestampMillis wall time of the first message wanted; {@link #LATEST} for the end of each queue, below it for
 *     the beginning
 * @param isForced whether offsets may also go forward
 * @param queueId only this queue; {@link #ALL_QUEUES} for each
 * @param offset where to go on, whatever the time; {@link #BY_TIME} if the time says it
 */
public record ResetByTimeRequest(
        String topic, String group, long timestampMillis, boolean isForced, int queueId, long offset) {
    public static final long LATEST = -1;
    public static final int ALL_QUEUES = -1;
    public static final long BY_TIME = -1;

    static final PayloadCodec<ResetByTimeRequest> CODEC =
            PayloadCodec.header(ResetByTimeRequest::encode, ResetByTimeRequest::decode);

    private HeaderFields encode() {
        return HeaderFields.builder()
                .put("topic", topic)
                .put("group", group)
                .put("timestamp", timestampMillis)
                .put("isForce", isForced)
                .put("queueId", queueId)
                .put("offset", offset)
                .build();
    }

    private static ResetByTimeRequest decode(HeaderFields fields) {
        return new ResetByTimeRequest(
                fields.text("topic"),
                fields.text("group"),
                fields.int64("timestamp"),
                fields.flag("isForce", false),
                fields.int32("queueId", ALL_QUEUES),
                fields.int64("offset", BY_TIME));
    }
}
