package io.ternmq.remoting.protocol.route;

import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.protocol.PayloadCodec;

/** Asks for the topics of one cluster; code 224. */
public record ClusterRequest(String cluster) {
    static final PayloadCodec<ClusterRequest> CODEC = PayloadCodec.header(
            request -> HeaderFields.builder().put("cluster", request.cluster).build(),
            fields -> new ClusterRequest(fields.text("cluster")));
}
