package io.ternmq.remoting.protocol.body;

import io.ternmq.common.json.JsonValue;
import io.ternmq.remoting.protocol.PayloadCodec;
import java.util.List;
import java.util.Optional;

/**
 * Names of topics, as bodies of several areas hold them.
 *
 * @param topics each once, in no promised order
 * @param brokerAddress one broker to ask further, where the protocol wants it
 */
public record TopicList(List<String> topics, Optional<String> brokerAddress) {
    public static final PayloadCodec<TopicList> CODEC = JsonBody.codec(
            (json, list) -> json.beginObject()
                    .member("brokerAddr", list.brokerAddress)
                    .member("topicList", list.topics)
                    .endObject(),
            object -> new TopicList(object.array("topicList").map(JsonValue::asText), object.findText("brokerAddr")));

    public TopicList {
        topics = List.copyOf(topics);
    }

    public static TopicList of(List<String> topics) {
        return new TopicList(topics, Optional.empty());
    }
}
