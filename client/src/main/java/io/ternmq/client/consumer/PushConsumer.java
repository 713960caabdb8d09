package io.ternmq.client.consumer;

import io.ternmq.client.exception.ClientErrorCode;
import io.ternmq.client.exception.MQClientException;
import io.ternmq.client.session.ClientInstance;
import io.ternmq.client.session.ConsumerMember;
import io.ternmq.common.message.MessageExt;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.common.topic.TopicNames;
import io.ternmq.remoting.frame.Body;
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
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A push consumer that runs: the composition root of this room. Owns the client instance, the assigned queues and the
 * listener's threads.
 */
final class PushConsumer implements ConsumerMember, AutoCloseable {
    private static final Duration FIRST_COMMIT = Duration.ofSeconds(1);
    private static final Duration SAMPLE_INTERVAL = Duration.ofSeconds(10);

    private final String group;
    private final StartFrom startFrom;
    private final ClientInstance instance;
    private final ConsumerSteps steps;
    private final Subscriptions subscriptions;
    private final GroupOffsets offsets;
    private final ConcurrentConsumption consumption;
    private final AssignedQueues assigned;
    private final Rebalance rebalance;
    private final ConsumePaces paces;
    private final ConsumerReport report;

    private PushConsumer(
            PushConsumerConfig config,
            MessageListenerConcurrently listener,
            Map<String, MessageSelector> selectors,
            ClientInstance instance)
            throws MQClientException {
        ConsumeSettings settings = ConsumeSettings.of(config);
        this.group = settings.group();
        this.startFrom = StartFrom.valueOf(config.getConsumeFromWhere().name());
        this.instance = instance;
        this.steps = new ConsumerSteps(instance);
        this.subscriptions = new Subscriptions(instance.clock());
        selectors.forEach(subscriptions::put);
        subscriptions.put(TopicNames.retryOf(group), MessageSelector.byTag("*"));
        var gateways = instance.gateways();
        this.offsets = new GroupOffsets(group, instance.routes(), gateways.offsets(), instance.callTimeout());
        this.paces = new ConsumePaces(instance.clock());
        this.consumption = new ConcurrentConsumption(
                settings,
                listener,
                offsets,
                new LaterDelivery(group, settings.reconsumeTimesMax(), instance.routes(), gateways.sends()),
                paces,
                instance.scheduler(),
                instance.clock());
        this.rebalance = new Rebalance(
                RebalanceRooms.of(instance, group, subscriptions, config.getAllocateMessageQueueStrategy()),
                new Shares());
        this.assigned = new AssignedQueues(
                group,
                new StartOffsets(
                        offsets,
                        instance.routes(),
                        gateways.offsets(),
                        config.getConsumeFromWhere(),
                        ConsumeTimestamp.millis(config.getConsumeTimestamp(), instance.clock()),
                        instance.callTimeout()),
                offsets,
                pullers(settings),
                instance.scheduler(),
                rebalance::unsettled);
        this.report = new ConsumerReport(properties(config), subscriptions, assigned, offsets, paces);
    }

    /**
     * Starts a consumer.
     *
     * @throws MQClientException if the configuration or a subscription cannot be used
     */
    static PushConsumer start(
            PushConsumerConfig config, MessageListenerConcurrently listener, Map<String, MessageSelector> selectors)
            throws MQClientException {
        ClientInstance instance = ClientInstance.start(config);
        try {
            PushConsumer consumer = new PushConsumer(config, listener, selectors, instance);
            consumer.begin(Duration.ofMillis(config.getPersistConsumerOffsetInterval()));
            return consumer;
        } catch (MQClientException | RuntimeException e) {
            instance.close();
            throw e;
        }
    }

    private void begin(Duration commitInterval) throws MQClientException {
        try {
            steps.findRoutes(subscriptions.topics());
            steps.checkExpressions(group, subscriptions.all());
            instance.joinConsumer(this);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MQClientException(
                    ClientErrorCode.UNKNOWN, "Interrupted while starting the consumer of group " + group, e);
        }
        rebalance.start();
        instance.scheduler().every(FIRST_COMMIT, commitInterval, "commit offsets", offsets::commitAll);
        instance.scheduler().every(SAMPLE_INTERVAL, SAMPLE_INTERVAL, "sample paces", paces::sample);
    }

    void subscribe(String topic, MessageSelector selector) {
        subscriptions.put(topic, selector);
        tellAndShareOut();
    }

    void unsubscribe(String topic) {
        subscriptions.remove(topic);
        tellAndShareOut();
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
                group, ConsumeType.CONSUME_PASSIVELY, GroupModel.CLUSTERING, startFrom, subscriptions.all(), false);
    }

    @Override
    public void shareOutAgain() {
        rebalance.soon();
    }

    @Override
    public void resetOffsets(Map<MessageQueue, Long> resets) {
        resets.forEach((queue, offset) -> assigned.find(queue).ifPresent(puller -> {
            puller.processQueue().drop(); // before the offset is set, so that no listener that ends moves it on
            offsets.set(queue, offset);
            assigned.restart(puller, offset);
        }));
    }

    @Override
    public Map<MessageQueue, Long> positions(String topic) {
        return offsets.positions(topic);
    }

    @Override
    public RunningInfo runningInfo(boolean withThreads) {
        return report.write(withThreads);
    }

    @Override
    public CompletableFuture<ConsumeOutcome> consumeDirectly(ConsumeDirectlyRequest question) {
        String brokerName = question.brokerName().orElse("");
        List<MessageExt> messages = PulledMessages.decode(Body.of(question.record()), brokerName);
        if (messages.isEmpty()) {
            return CompletableFuture.failedFuture(
                    new IllegalArgumentException("The request to consume directly holds no message"));
        }
        new RetryTopics(group).restore(messages);
        MessageExt message = messages.get(0);
        MessageQueue queue = new MessageQueue(message.getTopic(), brokerName, message.getQueueId());
        return consumption.consumeDirectly(queue, message);
    }

    /** Pulls nothing more, waits a bounded time for listeners, commits what they did, and lets others take over. */
    @Override
    public void close() {
        rebalance.stop();
        assigned.close();
        consumption.stop();
        consumption.close();
        steps.await(offsets.commitAll(), "commit of offsets");
        instance.leaveConsumer(group);
        instance.close();
    }

    private void tellAndShareOut() {
        instance.heartbeats().sendToAll().thenRun(rebalance::soon);
    }

    private AssignedQueues.PullerFactory pullers(ConsumeSettings settings) {
        PullRooms rooms = PullRooms.of(instance, settings.pulls(), subscriptions, offsets);
        Arrivals arrivals = new Arrivals();
        return (queue, start) ->
                new QueuePuller(queue, new ProcessQueue(settings.limits(), start), start, rooms, arrivals);
    }

    private Map<String, String> properties(PushConsumerConfig config) {
        return Map.of(
                "PROP_NAMESERVER_ADDR", String.join(";", instance.routes().nameServerAddresses()),
                "PROP_CONSUME_TYPE", ConsumeType.CONSUME_PASSIVELY.name(),
                "PROP_CONSUMEORDERLY", "false",
                "PROP_THREADPOOL_CORE_SIZE", Integer.toString(config.getConsumeThreadMax()),
                "PROP_CONSUMER_START_TIMESTAMP", Long.toString(instance.clock().wallMillis()),
                "consumerGroup", group,
                "clientId", instance.clientId());
    }

    /** Hands what pullers find to the listener. */
    private final class Arrivals implements QueuePuller.Sink {
        @Override
        public void arrived(QueuePuller from, List<ProcessQueue.Held> messages) {
            consumption.offer(from, messages);
        }

        @Override
        public void passedOver(QueuePuller from) {
            offsets.advance(from.queue(), from.processQueue().committableOffset());
        }

        @Override
        public void movedTo(QueuePuller from, long next) {
            offsets.set(from.queue(), next);
            assigned.restart(from, next);
        }
    }

    /** Hands on what the rebalance shares out; the assigned queues are made after it. */
    private final class Shares implements Rebalance.Assignments {
        @Override
        public void assign(String topic, Set<MessageQueue> queues) {
            assigned.assign(topic, queues);
        }

        @Override
        public void keepTopics(Set<String> topics) {
            assigned.keepTopics(topics);
        }
    }
}
