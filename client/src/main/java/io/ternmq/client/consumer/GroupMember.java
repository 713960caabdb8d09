package io.ternmq.client.consumer;

import io.ternmq.client.Namespace;
import io.ternmq.client.consumer.offset.BrokerOffsets;
import io.ternmq.client.consumer.offset.ConsumeTimestamp;
import io.ternmq.client.consumer.offset.GroupOffsets;
import io.ternmq.client.consumer.offset.LocalOffsetFile;
import io.ternmq.client.consumer.offset.OffsetKeeper;
import io.ternmq.client.consumer.offset.StartOffsets;
import io.ternmq.client.consumer.pulling.PullRooms;
import io.ternmq.client.consumer.pulling.PullSettings;
import io.ternmq.client.consumer.pulling.Subscriptions;
import io.ternmq.client.consumer.rebalance.AssignedQueues;
import io.ternmq.client.consumer.rebalance.ClaimRooms;
import io.ternmq.client.consumer.rebalance.LeasedQueues;
import io.ternmq.client.consumer.rebalance.QueueClaims;
import io.ternmq.client.consumer.rebalance.Rebalance;
import io.ternmq.client.consumer.rebalance.RebalanceRooms;
import io.ternmq.client.exception.ClientErrorCode;
import io.ternmq.client.exception.MQClientException;
import io.ternmq.client.session.ClientInstance;
import io.ternmq.client.session.ConsumerMember;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.common.work.DrainingPool;
import io.ternmq.remoting.protocol.session.ConsumeType;
import io.ternmq.remoting.protocol.session.ConsumerMembership;
import io.ternmq.remoting.protocol.session.GroupModel;
import io.ternmq.remoting.protocol.session.StartFrom;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What push and lite pull consumers are both made of: what the group wants, how far it is, and which queues this member
 * has. Owns these parts; the client instance below them is the consumer's.
 */
final class GroupMember {
    private final String group;
    private final ConsumeType type;
    private final StartFrom startFrom;
    private final GroupModel model;
    private final boolean isUnit;
    private final ClientInstance instance;
    private final ConsumerSteps steps;
    private final Subscriptions subscriptions;
    private final GroupOffsets offsets;
    private final Rebalance rebalance;
    private final AssignedQueues assigned;
    private final DrainingPool teller; // of the listener that hears of this member's queues

    /** What one kind of consumer adds. */
    @FunctionalInterface
    interface Kind {
        /** Queues may have been given or taken. Called by the timer thread. */
        void shared();

        /** This member's share of a topic is so many queues. Called by the timer thread, before they are given to it. */
        default void sharing(String topic, int queues) {}

        /** Who says when a queue may be begun with, if not what all groups have in common. */
        default Optional<QueueClaims> claims() {
            return Optional.empty();
        }
    }

    /**
     * Composes the parts; nothing runs yet.
     *
     * @param pullers makes what pulls a queue, from what every puller of this consumer uses
     * @param kind what this kind of consumer adds
     * @throws MQClientException if the time to begin at cannot be read
     */
    GroupMember(
            ConsumerConfig config,
            ConsumeType type,
            PullSettings pulls,
            Map<String, MessageSelector> selectors,
            ClientInstance instance,
            Function<PullRooms, AssignedQueues.PullerFactory> pullers,
            Kind kind)
            throws MQClientException {
        this.group = config.namespace().group(config.getConsumerGroup());
        this.type = type;
        this.startFrom = StartFrom.valueOf(config.getConsumeFromWhere().name());
        this.isUnit = config.isUnit();
        this.instance = instance;
        this.steps = new ConsumerSteps(instance);
        this.subscriptions = new Subscriptions(instance.clock());
        selectors.forEach((topic, selector) ->
                subscriptions.put(config.namespace().topic(topic), selector.type(), selector.expression()));
        this.model = GroupModel.valueOf(config.getMessageModel().name());
        var gateway = instance.gateways().offsets();
        this.offsets = new GroupOffsets(group, keeper(config, instance));
        boolean isBroadcast = model == GroupModel.BROADCASTING;
        this.rebalance = new Rebalance(
                RebalanceRooms.of(
                        instance, group, subscriptions, config.getAllocateMessageQueueStrategy(), isBroadcast),
                new Shares(kind, Optional.ofNullable(config.getMessageQueueListener()), config.namespace()));
        this.teller = new DrainingPool("queue-listener-" + group, 1);
        this.assigned = new AssignedQueues(
                group,
                new StartOffsets(
                        offsets,
                        instance.routes(),
                        gateway,
                        startFrom,
                        ConsumeTimestamp.millis(config.getConsumeTimestamp(), instance.clock()),
                        instance.callTimeout()),
                offsets,
                pullers.apply(PullRooms.of(instance, pulls, subscriptions, offsets)),
                kind.claims().isPresent() ? kind.claims().get() : claims(config, instance),
                instance.scheduler(),
                rebalance::unsettled);
    }

    /**
     * Starts what a consumer stands on. A broadcasting one keeps the name it was given or has by default: the file with its
     * offsets is found by it after a restart.
     */
    static ClientInstance instance(ConsumerConfig config) throws MQClientException {
        return ClientInstance.start(config, config.getMessageModel() == MessageModel.BROADCASTING);
    }

    private static OffsetKeeper keeper(ConsumerConfig config, ClientInstance instance) throws MQClientException {
        String group = config.namespace().group(config.getConsumerGroup());
        if (config.getMessageModel() == MessageModel.CLUSTERING) {
            return new BrokerOffsets(
                    group, instance.routes(), instance.gateways().offsets(), instance.callTimeout());
        }
        try {
            return LocalOffsetFile.open(Path.of(config.getLocalOffsetStoreDir()), instance.clientId(), group);
        } catch (IOException e) {
            throw new MQClientException(
                    ClientErrorCode.UNKNOWN,
                    "The offsets of group " + group + " cannot be read: " + e.getMessage()
                            + ". Remove the file to begin as a new consumer does",
                    e);
        }
    }

    static Duration handOverWait(ConsumerConfig config) throws MQClientException {
        return Duration.ofMillis(
                Limits.within("handOverWaitMillis", config.getHandOverWaitMillis(), 0, Limits.HAND_OVER_WAIT_MAX));
    }

    private static QueueClaims claims(ConsumerConfig config, ClientInstance instance) throws MQClientException {
        Duration waitMax = handOverWait(config);
        if (waitMax.isZero() || config.getMessageModel() == MessageModel.BROADCASTING) {
            return QueueClaims.NONE;
        }
        LeasedQueues leases =
                new LeasedQueues(ClaimRooms.of(instance, config.namespace().group(config.getConsumerGroup()), waitMax));
        leases.start();
        return leases;
    }

    /**
     * Finds routes, has brokers check subscriptions, and joins the group. Sharing out is begun apart.
     *
     * @throws MQClientException if a subscription cannot be used, or the thread is interrupted
     */
    void join(ConsumerMember self) throws MQClientException {
        try {
            steps.findRoutes(subscriptions.topics());
            steps.checkExpressions(group, subscriptions.all());
            instance.joinConsumer(self);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MQClientException(
                    ClientErrorCode.UNKNOWN, "Interrupted while starting the consumer of group " + group, e);
        }
    }

    /** Tells brokers that this member is gone; others take its queues. */
    void leave() {
        instance.leaveConsumer(group);
        teller.close();
    }

    /** @throws MQClientException if a broker refuses the expression; what was wanted before stays */
    void subscribe(String topic, MessageSelector selector) throws MQClientException {
        steps.checkExpression(group, topic, selector);
        subscriptions.put(topic, selector.type(), selector.expression());
        tellAndShareOut();
    }

    void unsubscribe(String topic) {
        subscriptions.remove(topic);
        tellAndShareOut();
    }

    String group() {
        return group;
    }

    ConsumerSteps steps() {
        return steps;
    }

    Subscriptions subscriptions() {
        return subscriptions;
    }

    GroupOffsets offsets() {
        return offsets;
    }

    Rebalance rebalance() {
        return rebalance;
    }

    AssignedQueues assigned() {
        return assigned;
    }

    /** What heartbeats say. */
    ConsumerMembership membership() {
        return new ConsumerMembership(group, type, model, startFrom, subscriptions.all(), isUnit);
    }

    /** What tools are told of any consumer, to which a kind may add. */
    Map<String, String> properties() {
        return ConsumerProperties.of(instance, group, type);
    }

    private void tellAndShareOut() {
        instance.heartbeats().sendToAll().thenRun(rebalance::soon);
    }

    /** Hands on what the rebalance shares out; the assigned queues are made after it. */
    private final class Shares implements Rebalance.Assignments {
        private final Kind kind;
        private final Optional<MessageQueueListener> listener;
        private final Namespace namespace;
        private final Map<String, Set<MessageQueue>> told = new HashMap<>(); // by topic, of the timer thread

        private Shares(Kind kind, Optional<MessageQueueListener> listener, Namespace namespace) {
            this.kind = kind;
            this.listener = listener;
            this.namespace = namespace;
        }

        @Override
        public void assign(String topic, Set<MessageQueue> queues) {
            kind.sharing(topic, queues.size());
            assigned.assign(topic, queues);
            kind.shared();
            listener.ifPresent(hears -> tell(hears, topic, Set.copyOf(queues)));
        }

        private void tell(MessageQueueListener hears, String topic, Set<MessageQueue> mine) {
            Set<MessageQueue> before = told.put(topic, mine);
            if (!mine.equals(before == null ? Set.of() : before)) {
                Set<MessageQueue> all = instance.routes()
                        .known(topic)
                        .map(route -> Set.copyOf(route.subscribeQueues()))
                        .orElse(mine);
                teller.execute(() ->
                        hears.messageQueueChanged(namespace.plain(topic), namespace.plain(all), namespace.plain(mine)));
            }
        }

        @Override
        public void membersAre(String topic, Set<String> clientIds) {
            assigned.membersAre(topic, clientIds);
        }

        @Override
        public void keepTopics(Set<String> topics) {
            assigned.keepTopics(topics);
            kind.shared();
        }
    }
}
