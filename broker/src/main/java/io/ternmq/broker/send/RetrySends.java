package io.ternmq.broker.send;

import io.ternmq.broker.group.ConsumerGroups;
import io.ternmq.broker.group.RetryTimes;
import io.ternmq.broker.topic.Topics;
import io.ternmq.common.message.MessageProperties;
import io.ternmq.common.message.PropertyString;
import io.ternmq.common.topic.TopicConfig;
import io.ternmq.common.topic.TopicNames;
import io.ternmq.remoting.protocol.group.GroupConfig;
import io.ternmq.remoting.protocol.send.SendRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Decides about messages that a consumer sends to the retry topic of its group itself, because no broker took them back:
 * those that were tried often enough go to the group's dead letters. So do all of a group that consumes in order, which
 * retries in its place and sends only what it gives up. Stateless.
 */
public final class RetrySends {
    private static final int DEAD_LETTER_QUEUES = 1;
    private static final String NO_DELAY = "-1";

    private final ConsumerGroups groups;
    private final Topics topics;
    private final Predicate<String> isOrdered;

    /** @param isOrdered whether a member of a group holds queues now in order to consume them in order */
    public RetrySends(ConsumerGroups groups, Topics topics, Predicate<String> isOrdered) {
        this.groups = groups;
        this.topics = topics;
        this.isOrdered = isOrdered;
    }

    /** The request as it is to be carried out; its topic exists if it is one of dead letters. */
    CompletionStage<Judged> judge(SendRequest request) {
        String groupName = TopicNames.groupOf(request.topic()).orElseThrow();
        return groups.findOrCreate(groupName)
                .thenCompose(outcome -> outcome.fold(
                        found -> isDead(found.group(), request)
                                ? bury(found.group(), request)
                                : now(new Judged.Accepted(request)),
                        refused -> now(new Judged.Rejected(SendTopics.refusalOf(refused)))));
    }

    /** What was decided. */
    sealed interface Judged {

        <T> T fold(Function<Accepted, T> accepted, Function<Rejected, T> rejected);

        /** Carry this out. */
        record Accepted(SendRequest request) implements Judged {
            @Override
            public <T> T fold(Function<Accepted, T> accepted, Function<Rejected, T> rejected) {
                return accepted.apply(this);
            }
        }

        /** Tell the sender why not. */
        record Rejected(SendOutcome.Refused refusal) implements Judged {
            @Override
            public <T> T fold(Function<Accepted, T> accepted, Function<Rejected, T> rejected) {
                return rejected.apply(this);
            }
        }
    }

    private boolean isDead(GroupConfig group, SendRequest request) {
        return request.reconsumeTimes() > RetryTimes.max(group, request.reconsumeTimesMax())
                || isOrdered.test(group.name());
    }

    private CompletionStage<Judged> bury(GroupConfig group, SendRequest request) {
        String topic = TopicNames.deadLetterOf(group.name());
        return topics.ensure(TopicConfig.of(topic, DEAD_LETTER_QUEUES))
                .thenApply(outcome -> outcome.fold(
                        done -> new Judged.Accepted(redirected(request, topic)),
                        refused -> new Judged.Rejected(SendTopics.refusalOf(refused))));
    }

    private static SendRequest redirected(SendRequest request, String topic) {
        String properties = PropertyString.remove(request.properties(), MessageProperties.DELAY);
        return new SendRequest(
                request.producerGroup(),
                topic,
                request.defaultTopic(),
                request.defaultTopicQueues(),
                0,
                request.sysFlag(),
                request.bornMillis(),
                request.flag(),
                PropertyString.append(properties, MessageProperties.DELAY, NO_DELAY),
                request.reconsumeTimes(),
                request.isUnit(),
                request.reconsumeTimesMax(),
                request.isBatch(),
                request.brokerName(),
                request.body());
    }

    private static CompletionStage<Judged> now(Judged judged) {
        return CompletableFuture.completedFuture(judged);
    }
}
