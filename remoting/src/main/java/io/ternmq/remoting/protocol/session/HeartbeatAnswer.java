package io.ternmq.remoting.protocol.session;

import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.protocol.PayloadCodec;

/**
 * What a broker makes of a heartbeat. The version in the answer's header matters as well: clients keep it.
 *
 * @param takesSecondVersion whether the next heartbeat may leave subscriptions out
 * @param wantsSubscriptions whether the next one must list them
 */
public record HeartbeatAnswer(boolean takesSecondVersion, boolean wantsSubscriptions) {
    static final PayloadCodec<HeartbeatAnswer> CODEC =
            PayloadCodec.header(HeartbeatAnswer::encode, HeartbeatAnswer::decode);

    private HeaderFields encode() {
        return HeaderFields.builder()
                .put("IS_SUPPORT_HEART_BEAT_V2", takesSecondVersion)
                .put("IS_SUB_CHANGE", wantsSubscriptions)
                .build();
    }

    private static HeartbeatAnswer decode(HeaderFields fields) {
        return new HeartbeatAnswer(fields.flag("IS_SUPPORT_HEART_BEAT_V2", false), fields.flag("IS_SUB_CHANGE", true));
    }
}
