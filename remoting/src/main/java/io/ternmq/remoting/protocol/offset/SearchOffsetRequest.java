package io.ternmq.remoting.protocol.offset;

import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.protocol.PayloadCodec;
import java.util.Locale;

/**
 * Asks for the offset at a time; code 29.
 *
 * @param topic the topic
 * @param queueId the queue
 * @param timestampMillis wall time of the broker
 * @param isUpper whether the last offset at or before the time is wanted, instead of the first at or after it
 */
public record SearchOffsetRequest(String topic, int queueId, long timestampMillis, boolean isUpper) {
    static final PayloadCodec<SearchOffsetRequest> CODEC =
            PayloadCodec.header(SearchOffsetRequest::encode, SearchOffsetRequest::decode);

    private static final String UPPER = "UPPER";
    private static final String LOWER = "LOWER";

    private HeaderFields encode() {
        return HeaderFields.builder()
                .put("topic", topic)
                .put("queueId", queueId)
                .put("timestamp", timestampMillis)
                .put("boundaryType", isUpper ? UPPER : LOWER)
                .build();
    }

    private static SearchOffsetRequest decode(HeaderFields fields) {
        return new SearchOffsetRequest(
                fields.text("topic"),
                fields.int32("queueId"),
                fields.int64("timestamp"),
                fields.text("boundaryType", LOWER).toUpperCase(Locale.ROOT).equals(UPPER));
    }
}
