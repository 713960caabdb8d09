package io.ternmq.client.consumer;

import io.ternmq.client.consumer.consumption.ConcurrentConsumption;
import io.ternmq.client.consumer.consumption.ConsumePaces;
import io.ternmq.client.consumer.consumption.ConsumeSettings;
import io.ternmq.client.consumer.consumption.LaterDelivery;
import io.ternmq.client.consumer.listener.MessageListenerConcurrently;
import io.ternmq.client.consumer.pulling.ProcessQueue;
import io.ternmq.client.consumer.pulling.PulledMessages;
import io.ternmq.client.consumer.pulling.QueueLimits;
import io.ternmq.client.consumer.pulling.QueuePuller;
import io.ternmq.client.consumer.pulling.RetryTopics;
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
import io.ternmq.remoting.protocol.session.RunningInfo;
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

    private final ClientInstance instance;
    private final GroupMember member;
    private final ConcurrentConsumption consumption;
    private final ConsumePaces paces;
    private final ConsumerReport report;

    private PushConsumer(
            PushConsumerConfig config,
            MessageListenerConcurrently listener,
            Map<String, MessageSelector> selectors,
            ClientInstance instance)
            throws MQClientException {
        ConsumeSettings settings = RunSettings.consume(config);
        QueueLimits limits = RunSettings.limits(config);
        this.instance = instance;
        Arrivals arrivals = new Arrivals();
        this.member = new GroupMember(
                config,
                ConsumeType.CONSUME_PASSIVELY,
                RunSettings.pull(config),
                selectors,
                instance,
                rooms -> (queue, start) ->
                        new QueuePuller(queue, new ProcessQueue(limits, start), start, rooms, arrivals),
                () -> {});
        boolean isBroadcast = config.getMessageModel() == MessageModel.BROADCASTING;
        if (!isBroadcast) {
            member.subscriptions().putAll(TopicNames.retryOf(settings.group()));
        }
        this.paces = new ConsumePaces(instance.clock());
        this.consumption = new ConcurrentConsumption(
                settings,
                listener,
                member.offsets(),
                new LaterDelivery(
                        settings.group(),
                        settings.reconsumeTimesMax(),
                        isBroadcast,
                        instance.routes(),
                        instance.gateways().sends()),
                paces,
                instance.scheduler(),
                instance.clock());
        this.report = new ConsumerReport(
                properties(config), member.subscriptions(), member.assigned(), member.offsets(), paces);
    }

    /**
     * Starts a consumer.
     *
     * @throws MQClientException if the configuration or a subscription cannot be used
     */
    static PushConsumer start(
            PushConsumerConfig config, MessageListenerConcurrently listener, Map<String, MessageSelector> selectors)
            throws MQClientException {
        ClientInstance instance = GroupMember.instance(config);
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
        member.join(this);
        member.rebalance().start();
        instance.scheduler().every(FIRST_COMMIT, commitInterval, "commit offsets", member.offsets()::commitAll);
        instance.scheduler().every(SAMPLE_INTERVAL, SAMPLE_INTERVAL, "sample paces", paces::sample);
    }

    void subscribe(String topic, MessageSelector selector) {
        member.subscribe(topic, selector);
    }

    void unsubscribe(String topic) {
        member.unsubscribe(topic);
    }

    Set<MessageQueue> subscribeQueues(String topic) throws MQClientException {
        return member.steps().subscribeQueues(topic);
    }

    @Override
    public String group() {
        return member.group();
    }

    @Override
    public ConsumerMembership membership() {
        return member.membership();
    }

    @Override
    public void shareOutAgain() {
        member.rebalance().soon();
    }

    @Override
    public void resetOffsets(Map<MessageQueue, Long> resets) {
        resets.forEach((queue, offset) -> member.assigned().find(queue).ifPresent(puller -> {
            puller.processQueue().drop(); // before the offset is set, so that no listener that ends moves it on
            member.offsets().set(queue, offset);
            member.assigned().restart(puller, offset);
        }));
    }

    @Override
    public Map<MessageQueue, Long> positions(String topic) {
        return member.offsets().positions(topic);
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
        new RetryTopics(member.group()).restore(messages);
        MessageExt message = messages.get(0);
        MessageQueue queue = new MessageQueue(message.getTopic(), brokerName, message.getQueueId());
        return consumption.consumeDirectly(queue, message);
    }

    /** Pulls nothing more, waits a bounded time for listeners, commits what they did, and lets others take over. */
    @Override
    public void close() {
        member.rebalance().stop();
        member.assigned().close();
        consumption.stop();
        consumption.close();
        member.steps().await(member.offsets().commitAll(), "commit of offsets");
        member.steps().await(member.assigned().giveBackAll(), "return of queues");
        member.leave();
        instance.close();
    }

    private Map<String, String> properties(PushConsumerConfig config) {
        Map<String, String> properties = member.properties();
        properties.put("PROP_THREADPOOL_CORE_SIZE", Integer.toString(config.getConsumeThreadMax()));
        return properties;
    }

    /** Hands what pullers find to the listener. */
    private final class Arrivals implements QueuePuller.Sink {
        @Override
        public void arrived(QueuePuller from, List<ProcessQueue.Held> messages) {
            consumption.offer(from, messages);
        }

        @Override
        public void passedOver(QueuePuller from) {
            member.offsets().advance(from.queue(), from.processQueue().committableOffset());
        }

        @Override
        public void movedTo(QueuePuller from, long next) {
            member.offsets().set(from.queue(), next);
            member.assigned().restart(from, next);
        }

        @Override
        public void left(QueuePuller from) {
            member.offsets().advance(from.queue(), from.processQueue().committableOffset());
        }
    }
}
