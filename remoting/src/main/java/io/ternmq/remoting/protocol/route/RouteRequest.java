package io.ternmq.remoting.protocol.route;

import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.protocol.PayloadCodec;

/**
 * Asks where a topic is served; code 105.
 *
 * @param topic the topic
 * @param takesStrictJsonOnly whether the sender cannot read the dialect, whatever its version says
 */
public record RouteRequest(String topic, boolean takesStrictJsonOnly) {
    static final PayloadCodec<RouteRequest> CODEC = PayloadCodec.header(RouteRequest::encode, RouteRequest::decode);

    private static final String STRICT = "acceptStandardJsonOnly";

    private HeaderFields encode() {
        HeaderFields.Builder fields = HeaderFields.builder().put("topic", topic);
        if (takesStrictJsonOnly) {
            fields.put(STRICT, true);
        }
        return fields.build();
    }

    private static RouteRequest decode(HeaderFields fields) {
        return new RouteRequest(fields.text("topic"), fields.flag(STRICT, false));
    }
}
