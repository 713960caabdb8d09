package io.ternmq.client.consumer;

import io.ternmq.client.consumer.consumption.ConsumeHooks;
import io.ternmq.client.consumer.consumption.ConsumePaces;
import io.ternmq.client.consumer.consumption.ConsumeRooms;
import io.ternmq.client.consumer.consumption.ConsumeSettings;
import io.ternmq.client.consumer.consumption.Consumption;
import io.ternmq.client.consumer.consumption.LaterDelivery;
import io.ternmq.client.consumer.consumption.Standstill;
import io.ternmq.client.consumer.pulling.ProcessQueue;
import io.ternmq.client.consumer.pulling.PulledMessages;
import io.ternmq.client.consumer.pulling.QueueLimits;
import io.ternmq.client.consumer.pulling.QueuePuller;
import io.ternmq.client.consumer.pulling.RetryTopics;
import io.ternmq.client.consumer.pulling.TopicLimits;
import io.ternmq.client.consumer.rebalance.ClaimRooms;
import io.ternmq.client.consumer.rebalance.QueueClaims;
import io.ternmq.client.consumer.rebalance.QueueLocks;
import io.ternmq.client.exception.MQClientException;
import io.ternmq.client.hook.ConsumeMessageHook;
import io.ternmq.client.session.ClientInstance;
import io.ternmq.client.session.ConsumerMember;
import io.ternmq.client.trace.MessageTrace;
import io.ternmq.client.trace.TraceSettings;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A push consumer that runs: the composition root of this room. Owns the client instance, the assigned queues and the
 * listener's threads.
 */
final class PushConsumer implements ConsumerMember, AutoCloseable {
    private static final Duration FIRST_COMMIT = Duration.ofSeconds(1);
    private static final Duration SAMPLE_INTERVAL = Duration.ofSeconds(10);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration OVERDUE_INTERVAL = Duration.ofMinutes(1);

    private final ClientInstance instance;
    private final TopicLimits limits;
    private final Optional<QueueLocks> locks; // of a group that consumes in order
    private final GroupMember member;
    private final ListenerKind listener;
    private final Consumption consumption;
    private final ConsumePaces paces;
    private final Standstill standstill;
    private final ConsumerReport report;
    private final RetryTopics retryTopics;
    private final Duration awaitTermination;
    private final Optional<MessageTrace> trace;
    private final Map<String, Integer> shares = new HashMap<>(); // queues that are ours, by topic; of the timer thread
    private volatile boolean isSuspended; // written by the application, read by the timer thread

    private PushConsumer(
            PushConsumerConfig config,
            ListenerKind listener,
            List<ConsumeMessageHook> hooks,
            Map<String, MessageSelector> selectors,
            ClientInstance instance)
            throws MQClientException {
        boolean isOrdered = listener.isOrdered();
        ConsumeSettings settings = RunSettings.consume(config, isOrdered);
        this.instance = instance;
        this.listener = listener;
        this.trace = TraceSettings.of(config, settings.group(), settings.namespace())
                .map(known -> new MessageTrace(instance, known));
        this.limits = RunSettings.limits(config, isOrdered);
        this.awaitTermination = Duration.ofMillis(Math.max(0, config.getAwaitTerminationMillisWhenShutdown()));
        this.locks = isOrdered && !settings.isBroadcast()
                ? Optional.of(new QueueLocks(
                        ClaimRooms.of(instance, settings.group(), GroupMember.handOverWait(config)), new LockUse()))
                : Optional.empty();
        this.retryTopics = new RetryTopics(settings.group(), settings.namespace());
        Arrivals arrivals = new Arrivals();
        this.member = new GroupMember(
                config,
                ConsumeType.CONSUME_PASSIVELY,
                RunSettings.pull(config),
                selectors,
                instance,
                rooms -> (queue, start) -> new QueuePuller(queue, heldOf(queue, start), start, rooms, arrivals),
                new Push());
        if (!settings.isBroadcast()) {
            member.subscriptions().putAll(TopicNames.retryOf(settings.group()));
        }
        this.paces = new ConsumePaces(instance.clock());
        ConsumeRooms rooms = new ConsumeRooms(
                member.offsets(),
                new LaterDelivery(
                        settings, instance.routes(), instance.gateways().sends()),
                paces,
                new ConsumeHooks(withTrace(hooks)),
                instance.scheduler(),
                instance.clock());
        this.consumption = listener.consumption(settings, rooms, locks);
        this.standstill = new Standstill(
                settings.group(),
                Duration.ofMillis(Math.max(0, config.getConsumeStandstillWarnMillis())),
                instance.clock());
        this.report = new ConsumerReport(
                properties(settings),
                member.subscriptions(),
                member.assigned(),
                member.offsets(),
                paces,
                new Details());
    }

    /**
     * Starts a consumer.
     *
     * @throws MQClientException if the configuration or a subscription cannot be used
     */
    static PushConsumer start(
            PushConsumerConfig config,
            ListenerKind listener,
            List<ConsumeMessageHook> hooks,
            Map<String, MessageSelector> selectors)
            throws MQClientException {
        ClientInstance instance = GroupMember.instance(config);
        try {
            PushConsumer consumer = new PushConsumer(config, listener, hooks, selectors, instance);
            consumer.begin(Duration.ofMillis(config.getPersistConsumerOffsetInterval()));
            return consumer;
        } catch (MQClientException | RuntimeException e) {
            instance.close();
            throw e;
        }
    }

    private void begin(Duration commitInterval) throws MQClientException {
        locks.ifPresent(QueueLocks::start);
        member.join(this);
        member.rebalance().start();
        instance.scheduler().every(FIRST_COMMIT, commitInterval, "commit offsets", member.offsets()::commitAll);
        instance.scheduler().every(SAMPLE_INTERVAL, SAMPLE_INTERVAL, "sample paces", paces::sample);
        instance.scheduler().every(SECOND, SECOND, "look after the listener", () -> {
            standstill.look(member.assigned().pullers());
            consumption.threads().adjust();
        });
        instance.scheduler()
                .every(
                        OVERDUE_INTERVAL,
                        OVERDUE_INTERVAL,
                        "give overdue messages back",
                        () -> consumption.giveBackOverdue(member.assigned().pullers()));
    }

    /** Pulls nothing more until resumed; what was pulled already is consumed. */
    void suspend() {
        isSuspended = true;
        heedSuspension();
    }

    void resume() {
        isSuspended = false;
        heedSuspension();
    }

    /** How many threads may be in the listener at once from now on. */
    void setThreads(int count) {
        consumption.threads().setLeast(count);
    }

    int threads() {
        return consumption.threads().count();
    }

    void subscribe(String topic, MessageSelector selector) throws MQClientException {
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
            puller.processQueue().reset(); // before the offset is set, so that no listener that ends moves it on
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
        retryTopics.restore(messages);
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
        consumption.close(awaitTermination);
        trace.ifPresent(MessageTrace::close);
        member.steps().await(member.offsets().commitAll(), "commit of offsets");
        member.steps().await(member.assigned().giveBackAll(), "return of queues");
        member.leave();
        instance.close();
    }

    // At once, so that nothing is pulled once the caller goes on; and again on the timer thread, where pullers are
    // made, so
    // that none is missed that was being made meanwhile.
    private void heedSuspension() {
        suspendOrResumeEachQueue();
        instance.scheduler().after(Duration.ZERO, "suspend or resume", this::suspendOrResumeEachQueue);
    }

    private void suspendOrResumeEachQueue() {
        Consumer<ProcessQueue> change = isSuspended ? ProcessQueue::pause : ProcessQueue::resume;
        member.assigned().pullers().forEach(puller -> change.accept(puller.processQueue()));
    }

    private ProcessQueue heldOf(MessageQueue queue, long startOffset) {
        QueueLimits share = limits.among(shares.getOrDefault(queue.getTopic(), 1));
        ProcessQueue held = new ProcessQueue(share, startOffset);
        if (isSuspended) {
            held.pause();
        }
        return held;
    }

    private List<ConsumeMessageHook> withTrace(List<ConsumeMessageHook> hooks) {
        return Stream.concat(hooks.stream(), trace.stream().map(MessageTrace::ofConsumption))
                .toList();
    }

    private Map<String, String> properties(ConsumeSettings settings) {
        Map<String, String> properties = member.properties();
        properties.put("PROP_THREADPOOL_CORE_SIZE", Integer.toString(settings.threadsLeast()));
        properties.put("PROP_CONSUMEORDERLY", Boolean.toString(listener.isOrdered()));
        return properties;
    }

    private boolean isOurs(MessageQueue queue) {
        return locks.isEmpty() || locks.get().isHeld(queue);
    }

    /** Hands what pullers find to the listener. */
    private final class Arrivals implements QueuePuller.Sink {
        @Override
        public void arrived(QueuePuller from, List<ProcessQueue.Held> messages) {
            consumption.offer(from, messages);
        }

        @Override
        public void passedOver(QueuePuller from) {
            left(from);
        }

        @Override
        public void movedTo(QueuePuller from, long next) {
            from.processQueue().reset();
            member.offsets().set(from.queue(), next);
            member.assigned().restart(from, next);
        }

        @Override
        public void left(QueuePuller from) {
            if (isOurs(from.queue()) && !from.processQueue().isDropped()) {
                member.offsets().advance(from.queue(), from.processQueue().committableOffset());
            }
        }
    }

    /** What a push consumer adds to its membership. */
    private final class Push implements GroupMember.Kind {
        @Override
        public void sharing(String topic, int queues) {
            shares.put(topic, queues);
            member.assigned().pullers().stream()
                    .filter(puller -> puller.queue().getTopic().equals(topic))
                    .forEach(puller -> puller.processQueue().limit(limits.among(queues)));
        }

        @Override
        public void shared() {
            // What was taken is of no use to anybody here.
        }

        @Override
        public Optional<QueueClaims> claims() {
            return locks.map(claims -> claims);
        }
    }

    /** What becomes of queues that are locked for this consumer. */
    private final class LockUse implements QueueLocks.Use {
        @Override
        public boolean isBusy(MessageQueue queue) {
            return consumption.isBusy(queue);
        }

        @Override
        public void regained(MessageQueue queue) {
            member.offsets().committed(queue).whenComplete((known, failure) -> {
                long position = member.offsets().position(queue).orElse(0);
                Optional<QueuePuller> puller = member.assigned().find(queue);
                if (failure == null && known.orElse(0) > position && puller.isPresent()) {
                    puller.get().processQueue().reset(); // somebody else has gone on meanwhile
                    member.offsets().set(queue, known.getAsLong());
                    member.assigned().restart(puller.get(), known.getAsLong());
                } else {
                    consumption.goOn(queue);
                }
            });
        }
    }

    /** What tools are told besides. */
    private final class Details implements ConsumerReport.Details {
        @Override
        public long lastLockMillis(MessageQueue queue) {
            return locks.map(known -> known.lastLockMillis(queue)).orElse(0L);
        }

        @Override
        public Map<String, String> texts() {
            return standstill.describe();
        }
    }
}
