package io.ternmq.client.consumer.pulling;

import io.ternmq.common.message.MessageExt;
import io.ternmq.common.message.MessageProperties;
import io.ternmq.common.topic.TopicNames;
import java.util.List;

/** Gives messages that come again the topic they were sent to. Immutable. */
public final class RetryTopics {
    private final String retryTopic;

    public RetryTopics(String group) {
        this.retryTopic = TopicNames.retryOf(group);
    }

    public void restore(List<MessageExt> messages) {
        for (MessageExt message : messages) {
            if (message.getTopic().equals(retryTopic)) {
                String original = message.getProperty(MessageProperties.RETRY_TOPIC);
                if (original != null) {
                    message.setTopic(original);
                }
            }
        }
    }
}
