package io.ternmq.remoting.protocol.stats;

import io.ternmq.common.json.JsonValue;
import io.ternmq.remoting.protocol.PayloadCodec;
import io.ternmq.remoting.protocol.body.JsonBody;
import java.util.List;

/** Groups that read a topic, or have; answers code 300. */
public record GroupList(List<String> groups) {
    static final PayloadCodec<GroupList> CODEC = JsonBody.codec(
            (json, list) -> json.beginObject().member("groupList", list.groups).endObject(),
            object -> new GroupList(object.array("groupList").map(JsonValue::asText)));

    public GroupList {
        groups = List.copyOf(groups);
    }
}
