package io.ternmq.broker;

import io.ternmq.broker.session.RetryTopics;
import io.ternmq.broker.topic.Topics;
import io.ternmq.common.topic.TopicConfig;
import io.ternmq.common.topic.TopicNames;
import java.util.concurrent.CompletionStage;

/** The retry topics among the topics of this broker. Stateless. */
final class GroupRetryTopics implements RetryTopics {
    private final Topics topics;

    GroupRetryTopics(Topics topics) {
        this.topics = topics;
    }

    @Override
    public CompletionStage<?> ensure(String group, int queues) {
        return topics.ensure(TopicConfig.of(TopicNames.retryOf(group), queues));
    }

    @Override
    public boolean exists(String group) {
        return topics.find(TopicNames.retryOf(group)).isPresent();
    }
}
