package io.ternmq.client.consumer;

import io.ternmq.client.Namespace;
import io.ternmq.client.consumer.offset.BrokerOffsets;
import io.ternmq.client.consumer.offset.GroupOffsets;
import io.ternmq.client.consumer.pulling.PulledMessages;
import io.ternmq.client.consumer.pulling.RetryTopics;
import io.ternmq.client.exception.ClientErrorCode;
import io.ternmq.client.exception.MQClientException;
import io.ternmq.client.gateway.PullGateway.PullOutcome;
import io.ternmq.client.gateway.PullGateway.Pulled;
import io.ternmq.client.route.TopicRoute;
import io.ternmq.client.session.ClientInstance;
import io.ternmq.client.session.ConsumerMember;
import io.ternmq.common.message.MessageExt;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.common.work.PatientPool;
import io.ternmq.remoting.protocol.body.SubscriptionData;
import io.ternmq.remoting.protocol.pull.PullFlags;
import io.ternmq.remoting.protocol.pull.PullRequest;
import io.ternmq.remoting.protocol.send.SendBackRequest;
import io.ternmq.remoting.protocol.session.ConsumeDirectlyRequest;
import io.ternmq.remoting.protocol.session.ConsumeOutcome;
import io.ternmq.remoting.protocol.session.ConsumeType;
import io.ternmq.remoting.protocol.session.ConsumerMembership;
import io.ternmq.remoting.protocol.session.GroupModel;
import io.ternmq.remoting.protocol.session.RunningInfo;
import io.ternmq.remoting.protocol.session.StartFrom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * A plain pull consumer that runs: the composition root of its part of this room. Owns the client instance, how far the
 * application says it is, and the threads of callbacks. Safe for use by any thread.
 */
final class PullConsumer implements ConsumerMember, AutoCloseable {
    private static final int CALLBACK_THREADS = 4;

    private final String group;
    private final PullConsumerSettings settings;
    private final ClientInstance instance;
    private final ConsumerSteps steps;
    private final GroupOffsets offsets;
    private final RetryTopics retryTopics;
    private final Map<String, String> properties;
    private final PatientPool callbacks; // as many tasks as the application has pulls under way
    private final Set<String> unread = ConcurrentHashMap.newKeySet(); // topics of noted queues, not looked up yet
    private final ConcurrentMap<MessageQueue, Long> brokerIds = new ConcurrentHashMap<>(); // as answers suggest

    private PullConsumer(PullConsumerSettings settings, ClientInstance instance) {
        this.group = settings.group();
        this.settings = settings;
        this.instance = instance;
        this.steps = new ConsumerSteps(instance);
        this.offsets = new GroupOffsets(
                group,
                new BrokerOffsets(group, instance.routes(), instance.gateways().offsets(), instance.callTimeout()));
        this.retryTopics = new RetryTopics(group, Namespace.NONE);
        this.properties = Map.copyOf(ConsumerProperties.of(instance, group, ConsumeType.CONSUME_ACTIVELY));
        this.callbacks = new PatientPool("pull-callback-" + group, CALLBACK_THREADS, instance.afterRound());
    }

    /**
     * Starts a consumer.
     *
     * @throws MQClientException if the configuration cannot be used, or the thread is interrupted
     */
    static PullConsumer start(PullConsumerConfig config) throws MQClientException {
        PullConsumerSettings settings = PullConsumerSettings.of(config);
        ClientInstance instance = ClientInstance.start(config);
        PullConsumer consumer = new PullConsumer(settings, instance);
        try {
            instance.joinConsumer(consumer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            instance.close();
            throw new MQClientException("Interrupted while starting the consumer of group " + settings.group(), e);
        }
        Duration interval = Duration.ofMillis(config.getPersistConsumerOffsetInterval());
        instance.scheduler().every(interval, interval, "commit offsets", consumer.offsets::commitAll);
        return consumer;
    }

    PullConsumerSettings settings() {
        return settings;
    }

    /** Longest wait for a pull that may take {@code timeout}: before it the broker may have to hear of this consumer. */
    Duration waitOf(Duration timeout) {
        return timeout.plus(instance.callTimeout());
    }

    /**
     * Reads a queue once.
     *
     * @param mayWait whether the broker holds the pull for a while if there is nothing
     * @return fails as {@link PullCallback#onException} says
     */
    CompletionStage<PullResult> pull(
            MessageQueue queue, MessageSelector selector, long offset, int maxNums, boolean mayWait, Duration timeout) {
        SubscriptionData wanted = SubscriptionData.of(queue.getTopic(), selector.expression(), selector.type(), 0);
        PullRequest question = question(queue, wanted, offset, maxNums, mayWait);
        return addressOf(queue)
                .thenCompose(address -> instance.heartbeats()
                        .reach(address) // a group comes to be with its first member
                        .thenCompose(heard -> instance.gateways().pulls().pull(address, question, timeout))
                        .whenComplete((pulled, failure) -> {
                            if (failure != null) {
                                instance.heartbeats().forget(address);
                                brokerIds.remove(queue);
                            }
                        }))
                .thenApply(pulled -> result(queue, wanted, pulled));
    }

    /** As {@link #pull}, and has the callback told. */
    void pull(CompletionStage<PullResult> begun, PullCallback callback) {
        begun.whenComplete((result, failure) -> callbacks.execute(() -> {
            if (failure == null) {
                callback.onSuccess(result);
            } else {
                boolean isWrapped = failure instanceof CompletionException && failure.getCause() != null;
                callback.onException(isWrapped ? failure.getCause() : failure);
            }
        }));
    }

    /** Has the broker that stores a message deliver it again later. */
    CompletionStage<Void> sendBack(MessageExt message, String brokerName, String toGroup, int delayLevel) {
        Optional<String> address = Optional.ofNullable(
                        instance.routes().brokers().get(brokerName))
                .map((SortedMap<Long, String> addresses) -> addresses.get(TopicRoute.MASTER));
        if (address.isEmpty()) {
            return CompletableFuture.failedFuture(noBroker("broker " + brokerName + ", which the message is to go to"));
        }
        SendBackRequest request = new SendBackRequest(
                message.getCommitLogOffset(),
                toGroup,
                delayLevel,
                Optional.ofNullable(message.getMsgId()),
                Optional.ofNullable(message.getTopic()),
                false,
                OptionalInt.of(settings.reconsumeTimesMax()));
        return instance.gateways().sends().sendBack(address.get(), request, instance.callTimeout());
    }

    /** Notes how far the application is; brokers are told from time to time. */
    void update(MessageQueue queue, long offset) {
        offsets.set(queue, offset);
        if (instance.routes().known(queue.getTopic()).isEmpty() && unread.add(queue.getTopic())) {
            instance.routes().find(queue.getTopic());
        }
    }

    /** Tells brokers what was noted and waits a bounded time for their answers. */
    void persist() throws InterruptedException {
        Set<String> topics = Set.copyOf(unread);
        if (!topics.isEmpty()) {
            steps.findRoutes(topics); // whom to tell, and they have to know of the group
            steps.await(instance.heartbeats().sendToAll(), "heartbeat");
            unread.removeAll(topics);
        }
        steps.await(offsets.commitAll(), "commit of offsets");
    }

    /** How far the group is: what was noted here unless {@code fromStore}, else what the broker has; -1 for nothing. */
    long committed(MessageQueue queue, boolean fromStore) throws MQClientException {
        if (!fromStore && offsets.position(queue).isPresent()) {
            return offsets.position(queue).getAsLong();
        }
        steps.masterOf(queue); // has its route known
        return steps.get(offsets.committed(queue), "the committed offset of " + queue)
                .orElse(-1);
    }

    /** As {@link ConsumerSteps#ask}. */
    long ask(MessageQueue queue, String what, ConsumerSteps.Place place) throws MQClientException {
        return steps.ask(queue, what, place);
    }

    Set<MessageQueue> subscribeQueues(String topic) throws MQClientException {
        return steps.subscribeQueues(topic);
    }

    @Override
    public String group() {
        return group;
    }

    @Override
    public ConsumerMembership membership() {
        return new ConsumerMembership(
                group,
                ConsumeType.CONSUME_ACTIVELY,
                GroupModel.CLUSTERING,
                StartFrom.CONSUME_FROM_LAST_OFFSET,
                List.of(),
                false);
    }

    @Override
    public void shareOutAgain() {
        // Which queues are read is the application's to say.
    }

    @Override
    public void resetOffsets(Map<MessageQueue, Long> resets) {
        resets.forEach((queue, offset) -> {
            if (offsets.position(queue).isPresent()) {
                offsets.set(queue, offset);
            }
        });
    }

    @Override
    public Map<MessageQueue, Long> positions(String topic) {
        return offsets.positions(topic);
    }

    @Override
    public RunningInfo runningInfo(boolean withThreads) {
        return new RunningInfo(
                properties,
                List.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                withThreads ? Optional.of(ConsumerReport.threads()) : Optional.empty());
    }

    @Override
    public CompletableFuture<ConsumeOutcome> consumeDirectly(ConsumeDirectlyRequest question) {
        return CompletableFuture.failedFuture(new IllegalStateException(
                "The consumer of group " + group + " pulls: it has no listener to consume with"));
    }

    /** Tells brokers how far the application is, lets callbacks be told, and leaves the group. */
    @Override
    public void close() {
        try {
            persist();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        instance.leaveConsumer(group);
        instance.close();
        callbacks.close();
    }

    private PullRequest question(
            MessageQueue queue, SubscriptionData wanted, long offset, int maxNums, boolean mayWait) {
        return new PullRequest(
                group,
                queue.getTopic(),
                queue.getQueueId(),
                offset,
                maxNums,
                PullFlags.SUBSCRIPTION | (mayWait ? PullFlags.SUSPEND : 0),
                0,
                mayWait ? settings.suspend().toMillis() : 0,
                Optional.of(wanted.expression()),
                0,
                Optional.of(wanted.expressionType()),
                OptionalInt.empty(),
                Optional.empty());
    }

    private CompletionStage<String> addressOf(MessageQueue queue) {
        Optional<TopicRoute> known = instance.routes().known(queue.getTopic());
        CompletionStage<Optional<TopicRoute>> route = known.isPresent()
                ? CompletableFuture.completedFuture(known)
                : instance.routes().find(queue.getTopic());
        long brokerId = brokerIds.getOrDefault(queue, TopicRoute.MASTER);
        return route.thenCompose(found -> found.flatMap(there -> there.addressOf(queue.getBrokerName(), brokerId))
                .<CompletionStage<String>>map(CompletableFuture::completedFuture)
                .orElseGet(() -> CompletableFuture.failedFuture(noBroker(queue.toString()))));
    }

    private PullResult result(MessageQueue queue, SubscriptionData wanted, Pulled pulled) {
        brokerIds.put(queue, pulled.answer().suggestedBrokerId());
        List<MessageExt> messages = PulledMessages.matching(
                PulledMessages.decode(pulled.answer().messages(), queue.getBrokerName()), wanted);
        retryTopics.restore(messages);
        boolean isNone = pulled.outcome() == PullOutcome.FOUND && messages.isEmpty();
        return new PullResult(
                isNone ? PullStatus.NO_MATCHED_MSG : statusOf(pulled.outcome()),
                pulled.answer().nextOffset(),
                pulled.answer().minOffset(),
                pulled.answer().maxOffset(),
                messages);
    }

    private static PullStatus statusOf(PullOutcome outcome) {
        return switch (outcome) {
            case FOUND -> PullStatus.FOUND;
            case NOTHING_NEW -> PullStatus.NO_NEW_MSG;
            case NOTHING_MATCHED -> PullStatus.NO_MATCHED_MSG;
            case OFFSET_ILLEGAL -> PullStatus.OFFSET_ILLEGAL;
        };
    }

    private static MQClientException noBroker(String what) {
        return new MQClientException(ClientErrorCode.BROKER_NOT_EXIST_EXCEPTION, "No broker is known for " + what);
    }
}
