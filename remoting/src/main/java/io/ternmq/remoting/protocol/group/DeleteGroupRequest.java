package io.ternmq.remoting.protocol.group;

import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.protocol.PayloadCodec;

/**
 * Deletes a group; code 207.
 *
 * @param group the group
 * @param deletesOffsets whether how far it has read is forgotten too
 */
public record DeleteGroupRequest(String group, boolean deletesOffsets) {
    static final PayloadCodec<DeleteGroupRequest> CODEC = PayloadCodec.header(
            request -> HeaderFields.builder()
                    .put("groupName", request.group)
                    .put("cleanOffset", request.deletesOffsets)
                    .build(),
            fields -> new DeleteGroupRequest(fields.text("groupName"), fields.flag("cleanOffset", false)));
}
