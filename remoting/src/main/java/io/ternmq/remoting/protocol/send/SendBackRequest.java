package io.ternmq.remoting.protocol.send;

import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.protocol.PayloadCodec;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A message that a consumer could not use and wants again later; code 36.
 *
 * @param position of the message in the commit log of the broker asked
 * @param group the consumer group
 * @param delayLevel 0: the broker decides; below 0: to the dead letters at once; above: that level
 * @param originMessageId id of the message
 * @param originTopic topic it was read from
 * @param isUnit whether the consumer belongs to a unit
 * @param reconsumeTimesMax overrides the group's limit of retries
 */
public record SendBackRequest(
        long position,
        String group,
        int delayLevel,
        Optional<String> originMessageId,
        Optional<String> originTopic,
        boolean isUnit,
        OptionalInt reconsumeTimesMax) {
    static final PayloadCodec<SendBackRequest> CODEC =
            PayloadCodec.header(SendBackRequest::encode, SendBackRequest::decode);

    private static final String TIMES_MAX = "maxReconsumeTimes";

    private HeaderFields encode() {
        HeaderFields.Builder fields = HeaderFields.builder()
                .put("offset", position)
                .put("group", group)
                .put("delayLevel", delayLevel)
                .put("originMsgId", originMessageId)
                .put("originTopic", originTopic)
                .put("unitMode", isUnit);
        if (reconsumeTimesMax.isPresent()) {
            fields.put(TIMES_MAX, reconsumeTimesMax.getAsInt());
        }
        return fields.build();
    }

    private static SendBackRequest decode(HeaderFields fields) {
        return new SendBackRequest(
                fields.int64("offset"),
                fields.text("group"),
                fields.int32("delayLevel"),
                fields.findText("originMsgId"),
                fields.findText("originTopic"),
                fields.flag("unitMode", false),
                fields.contains(TIMES_MAX) ? OptionalInt.of(fields.int32(TIMES_MAX)) : OptionalInt.empty());
    }
}
