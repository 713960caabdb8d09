package io.ternmq.remoting.protocol.route;

import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.protocol.PayloadCodec;

/** How many topics were changed; answers codes 205 and 327. */
public record TopicCount(int topics) {
    static final PayloadCodec<TopicCount> WIPED = codec("wipeTopicCount");
    static final PayloadCodec<TopicCount> ADDED = codec("addTopicCount");

    private static PayloadCodec<TopicCount> codec(String field) {
        return PayloadCodec.header(
                count -> HeaderFields.builder().put(field, count.topics).build(),
                fields -> new TopicCount(fields.int32(field, 0)));
    }
}
