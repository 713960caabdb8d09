package io.ternmq.remoting.protocol.session;

import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.protocol.PayloadCodec;

/**
 * Asks a consumer how it is doing; code 307, relayed by the broker to the client.
 *
 * @param consumerGroup the group
 * @param clientId its member
 * @param withThreads whether a dump of the client's threads is wanted too
 */
public record RunningInfoRequest(String consumerGroup, String clientId, boolean withThreads) {
    static final PayloadCodec<RunningInfoRequest> CODEC =
            PayloadCodec.header(RunningInfoRequest::encode, RunningInfoRequest::decode);

    private HeaderFields encode() {
        return HeaderFields.builder()
                .put("consumerGroup", consumerGroup)
                .put("clientId", clientId)
                .put("jstackEnable", withThreads)
                .build();
    }

    private static RunningInfoRequest decode(HeaderFields fields) {
        return new RunningInfoRequest(
                fields.text("consumerGroup"), fields.text("clientId"), fields.flag("jstackEnable", false));
    }
}
