package io.ternmq.remoting.protocol.stats;

import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.protocol.PayloadCodec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Asks how far a group is behind; code 208.
 *
 * @param consumerGroup the group
 * @param topic only this topic; all that it reads if absent
 * @param topics only these, if any
 */
public record ConsumeStatsRequest(String consumerGroup, Optional<String> topic, List<String> topics) {
    static final PayloadCodec<ConsumeStatsRequest> CODEC =
            PayloadCodec.header(ConsumeStatsRequest::encode, ConsumeStatsRequest::decode);

    private static final String SEPARATOR = ";";

    public ConsumeStatsRequest {
        topics = List.copyOf(topics);
    }

    private HeaderFields encode() {
        HeaderFields.Builder fields =
                HeaderFields.builder().put("consumerGroup", consumerGroup).put("topic", topic);
        if (!topics.isEmpty()) {
            fields.put("topicList", String.join(SEPARATOR, topics));
        }
        return fields.build();
    }

    private static ConsumeStatsRequest decode(HeaderFields fields) {
        return new ConsumeStatsRequest(
                fields.text("consumerGroup"),
                fields.findText("topic").filter(topic -> !topic.isBlank()),
                Arrays.stream(fields.text("topicList", "").split(SEPARATOR))
                        .filter(topic -> !topic.isBlank())
                        .toList());
    }
}
