package io.ternmq.broker.pull;

import io.ternmq.broker.filter.FilterCompiler;
import io.ternmq.broker.filter.FilterOutcome;
import io.ternmq.broker.pull.PullOutcome.Refusal;
import io.ternmq.broker.session.ClientSessions;
import io.ternmq.broker.session.ConsumerMembers;
import io.ternmq.broker.store.MessageFilter;
import io.ternmq.broker.topic.Topics;
import io.ternmq.common.topic.Permission;
import io.ternmq.common.topic.TopicConfig;
import io.ternmq.common.topic.TopicNames;
import io.ternmq.remoting.protocol.body.SubscriptionData;
import io.ternmq.remoting.protocol.group.GroupConfig;
import io.ternmq.remoting.protocol.pull.PullRequest;
import io.ternmq.remoting.protocol.session.GroupModel;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntSupplier;

/** Decides whether a pull may read its queue, and with which filter. Stateless. */
public final class PullAdmission {
    private final Topics topics;
    private final ClientSessions sessions;
    private final FilterCompiler filters;
    private final IntSupplier brokerPermission;

    /** @param brokerPermission bits of {@link Permission} that hold for all topics of this broker, asked at each pull */
    public PullAdmission(Topics topics, ClientSessions sessions, FilterCompiler filters, IntSupplier brokerPermission) {
        this.topics = topics;
        this.sessions = sessions;
        this.filters = filters;
        this.brokerPermission = brokerPermission;
    }

    /** Whether a pull may read. */
    sealed interface Decision {

        <T> T fold(Function<Admitted, T> admitted, Function<Denied, T> denied);
    }

    /** It may, and gets what passes the filter. */
    record Admitted(MessageFilter filter) implements Decision {
        @Override
        public <T> T fold(Function<Admitted, T> admitted, Function<Denied, T> denied) {
            return admitted.apply(this);
        }
    }

    /** It may not. */
    record Denied(PullOutcome.Refused refusal) implements Decision {
        @Override
        public <T> T fold(Function<Admitted, T> admitted, Function<Denied, T> denied) {
            return denied.apply(this);
        }
    }

    Decision decide(PullRequest pull, GroupConfig group) {
        if (!Permission.isReadable(brokerPermission.getAsInt())) {
            return denied(Refusal.BROKER_NOT_READABLE, "This broker is not readable (brokerPermission)");
        }
        if (!group.isConsumable()) {
            return denied(
                    Refusal.GROUP_NOT_READABLE, "Group " + pull.consumerGroup() + " may not consume (consumeEnable)");
        }
        Optional<TopicConfig> topic = topics.find(pull.topic());
        if (topic.isEmpty()) {
            return denied(Refusal.UNKNOWN_TOPIC, "Topic " + pull.topic() + " does not exist on this broker");
        }
        if (!Permission.isReadable(topic.get().permission())) {
            return denied(Refusal.TOPIC_NOT_READABLE, "Topic " + pull.topic() + " is not readable");
        }
        if (pull.queueId() < 0 || pull.queueId() >= topic.get().readQueues()) {
            return denied(
                    Refusal.BAD_QUEUE,
                    "queueId[" + pull.queueId() + "] is illegal: topic " + pull.topic() + " has "
                            + topic.get().readQueues() + " queues to read");
        }
        return pull.hasSubscription()
                ? decide(
                        pull,
                        filters.compile(
                                pull.expressionType().orElse(FilterCompiler.TAG),
                                pull.subscription().orElse("")))
                : ofGroup(pull, group);
    }

    private Decision ofGroup(PullRequest pull, GroupConfig group) {
        Optional<ConsumerMembers> members = sessions.consumers(pull.consumerGroup());
        if (members.isEmpty()) {
            return denied(
                    Refusal.NOT_SUBSCRIBED,
                    "the consumer's group info not exist: no member of " + pull.consumerGroup()
                            + " has sent a heartbeat to this broker");
        }
        if (members.get().model() == GroupModel.BROADCASTING && !group.mayBroadcast()) {
            return denied(
                    Refusal.BROADCAST_NOT_ALLOWED,
                    "Group " + pull.consumerGroup() + " may not consume by broadcast (consumeBroadcastEnable)");
        }
        Optional<SubscriptionData> subscription = members.get().subscription(pull.topic());
        if (subscription.isEmpty()) {
            return denied(
                    Refusal.NOT_SUBSCRIBED,
                    "the consumer's subscription not exist: group " + pull.consumerGroup() + " does not subscribe to "
                            + pull.topic());
        }
        if (subscription.get().version() < pull.subscriptionVersion()) {
            return denied(
                    Refusal.SUBSCRIPTION_OLD,
                    "the consumer's subscription not latest: version "
                            + subscription.get().version() + " is known, " + pull.subscriptionVersion()
                            + " asked for");
        }
        return decide(pull, compile(subscription.get()));
    }

    private Decision decide(PullRequest pull, FilterOutcome outcome) {
        return outcome.fold(
                compiled -> new Admitted(keptOnRetry(pull, compiled.filter())),
                refused -> denied(refusalOf(refused), refused.detail()));
    }

    // Only a group with a condition pays for it: what is retried for any other is not read to be filtered.
    private MessageFilter keptOnRetry(PullRequest pull, MessageFilter filter) {
        String group = pull.consumerGroup();
        if (!pull.topic().equals(TopicNames.retryOf(group)) || !filters.isKeptOnRetry()) {
            return filter;
        }
        return sessions.consumers(group)
                .filter(members -> members.subscriptions().stream().anyMatch(each -> !each.isTagType()))
                .map(members -> FilterCompiler.forRetries(filter, topic -> conditionOf(members, topic)))
                .orElse(filter);
    }

    // Of tags nothing is asked again, as with official brokers; nor where the group no longer reads the topic.
    private MessageFilter conditionOf(ConsumerMembers members, String topic) {
        return members.subscription(topic)
                .filter(subscription -> !subscription.isTagType())
                .map(this::compile)
                .map(outcome -> outcome.fold(FilterOutcome.Compiled::filter, refused -> MessageFilter.ALL))
                .orElse(MessageFilter.ALL);
    }

    private FilterOutcome compile(SubscriptionData subscription) {
        return filters.compile(subscription.expressionType(), subscription.expression(), subscription.tagCodes());
    }

    private static Refusal refusalOf(FilterOutcome.Refused refused) {
        return switch (refused.reason()) {
            case MALFORMED -> Refusal.EXPRESSION_MALFORMED;
            case TYPE_NOT_SUPPORTED -> Refusal.EXPRESSION_NOT_SUPPORTED;
        };
    }

    private static Decision denied(Refusal reason, String detail) {
        return new Denied(new PullOutcome.Refused(reason, detail));
    }
}
