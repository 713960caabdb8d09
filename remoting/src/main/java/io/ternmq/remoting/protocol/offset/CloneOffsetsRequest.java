package io.ternmq.remoting.protocol.offset;

import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.protocol.PayloadCodec;
import java.util.Optional;

/**
 * Wants one group to begin where another is; code 314.
 *
 * @param from the group whose offsets are copied
 * @param to the group that gets them
 * @param topic only this topic; all in which {@code from} has committed if absent
 * @param isOffline whether topics count too that {@code from}, being connected, does not subscribe to
 */
public record CloneOffsetsRequest(String from, String to, Optional<String> topic, boolean isOffline) {
    static final PayloadCodec<CloneOffsetsRequest> CODEC =
            PayloadCodec.header(CloneOffsetsRequest::encode, CloneOffsetsRequest::decode);

    private HeaderFields encode() {
        return HeaderFields.builder()
                .put("srcGroup", from)
                .put("destGroup", to)
                .put("topic", topic)
                .put("offline", isOffline)
                .build();
    }

    private static CloneOffsetsRequest decode(HeaderFields fields) {
        return new CloneOffsetsRequest(
                fields.text("srcGroup"),
                fields.text("destGroup"),
                fields.findText("topic").filter(topic -> !topic.isBlank()),
                fields.flag("offline", false));
    }
}
