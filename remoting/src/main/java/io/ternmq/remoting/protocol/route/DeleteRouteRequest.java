package io.ternmq.remoting.protocol.route;

import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.protocol.PayloadCodec;
import java.util.Optional;

/**
 * Has a topic forgotten; code 216.
 *
 * @param topic the topic
 * @param cluster only on the brokers of this cluster; everywhere if absent
 */
public record DeleteRouteRequest(String topic, Optional<String> cluster) {
    static final PayloadCodec<DeleteRouteRequest> CODEC =
            PayloadCodec.header(DeleteRouteRequest::encode, DeleteRouteRequest::decode);

    private HeaderFields encode() {
        return HeaderFields.builder()
                .put("topic", topic)
                .put(BrokerIdentity.CLUSTER, cluster)
                .build();
    }

    private static DeleteRouteRequest decode(HeaderFields fields) {
        return new DeleteRouteRequest(
                fields.text("topic"), fields.findText(BrokerIdentity.CLUSTER).filter(cluster -> !cluster.isBlank()));
    }
}
