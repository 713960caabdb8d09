package io.ternmq.remoting.protocol.topic;

import io.ternmq.common.topic.TagMode;
import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.frame.ProtocolException;
import io.ternmq.remoting.protocol.PayloadCodec;
import java.util.Optional;

/**
 * Makes or changes a topic on the broker asked; code 17.
 *
 * @param topic the topic
 * @param defaultTopic a topic to take what is missing from; tools send it, brokers of today do not look at it
 * @param readQueues how many queues may be read
 * @param writeQueues how many queues may be written
 * @param permission bits of {@link io.ternmq.common.topic.Permission}
 * @param tagMode how tags are read
 * @param sysFlag see {@link io.ternmq.common.topic.TopicConfig}
 * @param isOrdered whether its queues must not move between brokers
 * @param attributeChanges {@code +name=value} sets, {@code -name} removes; joined by commas
 */
public record UpdateTopicRequest(
        String topic,
        String defaultTopic,
        int readQueues,
        int writeQueues,
        int permission,
        TagMode tagMode,
        int sysFlag,
        boolean isOrdered,
        Optional<String> attributeChanges) {
    static final PayloadCodec<UpdateTopicRequest> CODEC =
            PayloadCodec.header(UpdateTopicRequest::encode, UpdateTopicRequest::decode);

    private HeaderFields encode() {
        return HeaderFields.builder()
                .put("topic", topic)
                .put("defaultTopic", defaultTopic)
                .put("readQueueNums", readQueues)
                .put("writeQueueNums", writeQueues)
                .put("perm", permission)
                .put("topicFilterType", tagMode.name())
                .put("topicSysFlag", sysFlag)
                .put("order", isOrdered)
                .put("attributes", attributeChanges)
                .build();
    }

    private static UpdateTopicRequest decode(HeaderFields fields) {
        return new UpdateTopicRequest(
                fields.text("topic"),
                fields.text("defaultTopic", ""),
                fields.int32("readQueueNums"),
                fields.int32("writeQueueNums"),
                fields.int32("perm"),
                tagMode(fields.text("topicFilterType", TagMode.SINGLE_TAG.name())),
                fields.int32("topicSysFlag", 0),
                fields.flag("order", false),
                fields.findText("attributes").filter(changes -> !changes.isBlank()));
    }

    private static TagMode tagMode(String name) {
        try {
            return TagMode.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new ProtocolException(
                    "Header field topicFilterType=" + name + " is neither SINGLE_TAG nor MULTI_TAG", e);
        }
    }
}
