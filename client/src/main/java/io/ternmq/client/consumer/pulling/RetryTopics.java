package io.ternmq.client.consumer.pulling;

import io.ternmq.client.Namespace;
import io.ternmq.common.message.MessageExt;
import io.ternmq.common.message.MessageProperties;
import io.ternmq.common.topic.TopicNames;
import java.util.List;

/** Gives messages the topic that the application knows: that they were sent to, and without its namespace. Immutable. */
public final class RetryTopics {
    private final String retryTopic;
    private final Namespace namespace;

    public RetryTopics(String group, Namespace namespace) {
        this.retryTopic = TopicNames.retryOf(group);
        this.namespace = namespace;
    }

    public void restore(List<MessageExt> messages) {
        for (MessageExt message : messages) {
            if (message.getTopic().equals(retryTopic)) {
                String original = message.getProperty(MessageProperties.RETRY_TOPIC);
                if (original != null) {
                    message.setTopic(original);
                }
            }
            if (!namespace.name().isEmpty()) {
                message.setTopic(namespace.plain(message.getTopic()));
            }
        }
    }
}
