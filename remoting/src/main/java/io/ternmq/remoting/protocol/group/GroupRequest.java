package io.ternmq.remoting.protocol.group;

import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.protocol.PayloadCodec;

/** Names a group; code 352. */
public record GroupRequest(String group) {
    static final PayloadCodec<GroupRequest> CODEC = PayloadCodec.header(
            request -> HeaderFields.builder().put("group", request.group).build(),
            fields -> new GroupRequest(fields.text("group")));
}
