package io.ternmq.broker.send;

import io.ternmq.broker.group.ConsumerGroups;
import io.ternmq.broker.group.GroupOutcome;
import io.ternmq.broker.send.SendOutcome.Refusal;
import io.ternmq.broker.topic.TopicOutcome;
import io.ternmq.broker.topic.Topics;
import io.ternmq.common.topic.TopicConfig;
import io.ternmq.common.topic.TopicNames;
import io.ternmq.remoting.protocol.send.SendRequest;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Finds the topic that a message is sent to, and makes it where that is allowed. Stateless. */
public final class SendTopics {
    private final Topics topics;
    private final ConsumerGroups groups;

    public SendTopics(Topics topics, ConsumerGroups groups) {
        this.topics = topics;
        this.groups = groups;
    }

    Optional<TopicConfig> find(String topic) {
        return topics.find(topic);
    }

    /** Makes a topic that {@link #find} does not know; it is saved when the stage completes. */
    CompletionStage<SendTarget> create(SendRequest request) {
        String topic = request.topic();
        if (TopicNames.isRetry(topic)) {
            return createRetryTopic(topic, TopicNames.groupOf(topic).orElseThrow());
        }
        return topics.createFrom(request.defaultTopic(), topic, request.defaultTopicQueues())
                .thenApply(SendTopics::targetOf);
    }

    private CompletionStage<SendTarget> createRetryTopic(String topic, String groupName) {
        return groups.findOrCreate(groupName)
                .thenCompose(outcome -> outcome.fold(
                        group -> topics.ensure(TopicConfig.of(
                                        topic, Math.max(1, group.group().retryQueues())))
                                .thenApply(SendTopics::targetOf),
                        refused -> CompletableFuture.completedFuture(targetOf(refused))));
    }

    private static SendTarget targetOf(TopicOutcome outcome) {
        return outcome.fold(
                done -> new SendTarget.Found(done.topic()), refused -> new SendTarget.Missing(refusalOf(refused)));
    }

    private static SendTarget targetOf(GroupOutcome.Refused refused) {
        return new SendTarget.Missing(refusalOf(refused));
    }

    static SendOutcome.Refused refusalOf(TopicOutcome.Refused refused) {
        Refusal reason = switch (refused.reason()) {
            case BAD_NAME -> Refusal.BAD_TARGET;
            case RESERVED -> Refusal.NOT_PERMITTED;
            case UNKNOWN, TABLE_FULL -> Refusal.UNKNOWN_TOPIC;
            case BUSY -> Refusal.BUSY;
            case BAD_VALUE, NOT_DELETABLE, NOT_SAVED -> Refusal.FAILED;
        };
        return new SendOutcome.Refused(reason, refused.detail());
    }

    static SendOutcome.Refused refusalOf(GroupOutcome.Refused refused) {
        Refusal reason = switch (refused.reason()) {
            case BAD_NAME, UNKNOWN, TABLE_FULL -> Refusal.UNKNOWN_GROUP;
            case BUSY -> Refusal.BUSY;
            case NOT_SAVED -> Refusal.FAILED;
        };
        return new SendOutcome.Refused(reason, refused.detail());
    }
}
