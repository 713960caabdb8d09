package io.ternmq.client.consumer;

import io.ternmq.client.consumer.consumption.ConsumePaces;
import io.ternmq.client.consumer.pulling.ProcessQueue;
import io.ternmq.client.consumer.pulling.QueueLimits;
import io.ternmq.client.consumer.pulling.QueuePuller;
import io.ternmq.client.exception.ClientErrorCode;
import io.ternmq.client.exception.MQClientException;
import io.ternmq.client.route.NameServers;
import io.ternmq.client.session.ClientInstance;
import io.ternmq.client.session.ConsumerMember;
import io.ternmq.common.message.MessageExt;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.common.time.Clock;
import io.ternmq.remoting.protocol.session.ConsumeDirectlyRequest;
import io.ternmq.remoting.protocol.session.ConsumeOutcome;
import io.ternmq.remoting.protocol.session.ConsumeType;
import io.ternmq.remoting.protocol.session.ConsumerMembership;
import io.ternmq.remoting.protocol.session.RunningInfo;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * A lite pull consumer that runs: the composition root of its part of this room. Owns the client instance, the assigned
 * queues, and the messages between pull and poll.
 */
final class LitePullConsumer implements ConsumerMember, AutoCloseable {
    private static final Duration AUTO_COMMIT_MIN = Duration.ofSeconds(1);

    private final boolean autoCommits;
    private final Duration autoCommitInterval;
    private final QueueLimits limits;
    private final long countOfAll; // messages that all queues may hold
    private final ClientInstance instance;
    private final GroupMember member;
    private final PolledMessages found = new PolledMessages();
    private final ConcurrentMap<MessageQueue, Long> consumed = new ConcurrentHashMap<>(); // below it all was polled
    private final ConsumerReport report;
    private final TopicWatch watch;
    private final Duration watchInterval;
    private final Map<String, Integer> shares = new HashMap<>(); // queues that are ours, by topic; of the timer thread
    private volatile QueueLimits share; // of each queue; of the timer thread, but for the start
    private volatile Set<MessageQueue> given = Set.of(); // by the application; it writes, seeks read
    private long lastCommitNanos; // of the polling thread, like all below
    private Optional<PolledMessages.Found> polled = Optional.empty(); // what the application is at work with

    private LitePullConsumer(
            LitePullConsumerConfig config, Map<String, MessageSelector> selectors, ClientInstance instance)
            throws MQClientException {
        this.autoCommits = config.isAutoCommit();
        this.autoCommitInterval =
                Duration.ofMillis(Math.max(AUTO_COMMIT_MIN.toMillis(), config.getAutoCommitIntervalMillis()));
        this.instance = instance;
        this.limits = RunSettings.limits(config);
        this.countOfAll = RunSettings.countOfAll(config);
        this.share = limits;
        Arrivals arrivals = new Arrivals();
        this.member = new GroupMember(
                config,
                ConsumeType.CONSUME_ACTIVELY,
                RunSettings.pull(config),
                selectors,
                instance,
                rooms -> (queue, start) ->
                        new QueuePuller(queue, new ProcessQueue(share, start), start, rooms, arrivals),
                new Lite());
        this.report = new ConsumerReport(
                member.properties(),
                member.subscriptions(),
                member.assigned(),
                member.offsets(),
                new ConsumePaces(instance.clock()),
                ConsumerReport.Details.NONE);
        this.watch = new TopicWatch(member.group(), instance.routes());
        this.watchInterval = Duration.ofMillis(Math.max(1, config.getTopicMetadataCheckIntervalMillis()));
        this.lastCommitNanos = instance.clock().monotonicNanos();
    }

    /**
     * Starts a consumer.
     *
     * @param assignment the queues that the application gave; empty to share out those of the topics subscribed
     * @throws MQClientException if the configuration or a subscription cannot be used
     */
    static LitePullConsumer start(
            LitePullConsumerConfig config, Map<String, MessageSelector> selectors, Set<MessageQueue> assignment)
            throws MQClientException {
        ClientInstance instance = GroupMember.instance(config);
        try {
            LitePullConsumer consumer = new LitePullConsumer(config, selectors, instance);
            consumer.begin(assignment);
            return consumer;
        } catch (MQClientException | RuntimeException e) {
            instance.close();
            throw e;
        }
    }

    private void begin(Set<MessageQueue> assignment) throws MQClientException {
        assignment.forEach(this::wantTopicOf);
        member.join(this);
        instance.routes().onChange(watch::look);
        instance.scheduler().every(watchInterval, watchInterval, "watch topics", watch::refresh);
        if (assignment.isEmpty()) {
            member.rebalance().start();
        } else {
            assign(assignment);
        }
    }

    Clock clock() {
        return instance.clock();
    }

    void subscribe(String topic, MessageSelector selector) throws MQClientException {
        member.subscribe(topic, selector);
    }

    void unsubscribe(String topic) {
        member.unsubscribe(topic);
    }

    /** Takes these queues and no others; nothing is shared out. */
    void assign(Set<MessageQueue> queues) {
        given = Set.copyOf(queues);
        member.rebalance().stop(); // else it would share out the other queues of these topics, too
        Map<String, Set<MessageQueue>> byTopic = new HashMap<>();
        queues.forEach(queue -> byTopic.computeIfAbsent(queue.getTopic(), topic -> new HashSet<>())
                .add(queue));
        queues.forEach(this::wantTopicOf);
        for (String topic : byTopic.keySet()) {
            instance.routes()
                    .find(topic)
                    .thenRun(() -> onTimerThread("assign", () -> {
                        shareOut(queues.size());
                        member.assigned().keepTopics(byTopic.keySet());
                        member.assigned().assign(topic, byTopic.get(topic));
                    }));
        }
        if (queues.isEmpty()) {
            onTimerThread("assign", () -> member.assigned().keepTopics(Set.of()));
        }
    }

    Set<MessageQueue> assignment() {
        return member.assigned().queues();
    }

    /** The messages of one pull; empty if none come in time. What the last poll gave is done with now. */
    List<MessageExt> poll(Duration timeout) throws InterruptedException {
        if (autoCommits && clock().monotonicNanos() - lastCommitNanos >= autoCommitInterval.toNanos()) {
            commitAll();
        }
        settle(false);
        long deadlineNanos = clock().monotonicNanos() + timeout.toNanos();
        long leftNanos = timeout.toNanos();
        do {
            for (PolledMessages.Found each : found.take(leftNanos)) {
                if (each.from().processQueue().begin(each.messages(), clock().monotonicNanos())) {
                    polled = Optional.of(each);
                    return each.messages().stream()
                            .map(ProcessQueue.Held::message)
                            .toList();
                }
            }
            leftNanos = deadlineNanos - clock().monotonicNanos();
        } while (leftNanos > 0);
        return List.of();
    }

    // The offset is set before the messages are done with: then the queue may be another member's at once.
    private void settle(boolean commits) {
        polled.ifPresent(each -> {
            ProcessQueue queue = each.from().processQueue();
            if (!queue.isDropped()) {
                MessageExt last =
                        each.messages().get(each.messages().size() - 1).message();
                if (commits) {
                    member.offsets().set(each.from().queue(), last.getQueueOffset() + 1);
                }
                consumed.put(each.from().queue(), last.getQueueOffset() + 1);
            }
            long position = queue.done(each.messages(), clock().wallMillis());
            if (!queue.isDropped()) {
                consumed.put(each.from().queue(), position);
            }
        });
        polled = Optional.empty();
    }

    /** Tells brokers how far polls have come with these queues; completes when they have it. */
    CompletionStage<Void> commit(Set<MessageQueue> queues) {
        settle(polled.filter(each -> queues.contains(each.from().queue())).isPresent());
        for (MessageQueue queue : queues) {
            Long position = consumed.get(queue);
            if (position != null && member.assigned().has(queue)) {
                member.offsets().set(queue, position);
            }
        }
        return member.offsets().commitAll(queues);
    }

    CompletionStage<Void> commitAll() {
        lastCommitNanos = clock().monotonicNanos();
        Set<MessageQueue> queues = new HashSet<>(consumed.keySet());
        polled.ifPresent(each -> queues.add(each.from().queue()));
        return commit(queues);
    }

    CompletionStage<Void> commit(Map<MessageQueue, Long> positions) {
        positions.forEach((queue, offset) -> {
            if (member.assigned().has(queue) || given.contains(queue)) { // others are other members' to commit
                member.offsets().set(queue, offset);
            }
        });
        return member.offsets().commitAll(positions.keySet());
    }

    /** Waits a bounded time for brokers to answer a commit. */
    void awaitCommit(CompletionStage<Void> told) {
        member.steps().await(told, "commit of offsets");
    }

    /** How far the group has come with a queue, as the broker knows; -1 if it knows nothing. */
    long committed(MessageQueue queue) throws MQClientException {
        return member.steps()
                .get(member.offsets().committed(queue), "the committed offset of " + queue)
                .orElse(-1);
    }

    /**
     * Has the next poll give messages of this queue from {@code offset} on, and nothing that was pulled before.
     *
     * @throws MQClientException if the queue does not reach from or to there, or is not this consumer's
     */
    void seek(MessageQueue queue, long offset) throws MQClientException {
        requireOurs(queue);
        long min = minOffset(queue);
        long max = maxOffset(queue);
        if (offset < min || offset > max) {
            throw new MQClientException(
                    ClientErrorCode.UNKNOWN,
                    "Cannot seek to " + offset + " in " + queue + ": expected " + min + " to " + max);
        }
        move(queue, offset);
    }

    void seekToBegin(MessageQueue queue) throws MQClientException {
        requireOurs(queue);
        move(queue, minOffset(queue));
    }

    void seekToEnd(MessageQueue queue) throws MQClientException {
        requireOurs(queue);
        move(queue, maxOffset(queue));
    }

    private void move(MessageQueue queue, long offset) throws MQClientException {
        CompletionStage<Void> moved = moveTo(queue, offset);
        found.forgetDropped();
        polled = polled.filter(each -> !each.from().queue().equals(queue)); // what was polled before moves it no more
        consumed.put(queue, offset);
        member.steps().await(moved, "seek");
    }

    private void requireOurs(MessageQueue queue) throws MQClientException {
        if (member.assigned().find(queue).isEmpty() && !given.contains(queue)) {
            throw new MQClientException(
                    ClientErrorCode.UNKNOWN,
                    "Cannot seek in " + queue + ": it is not assigned to this consumer. Assigned: "
                            + member.assigned().queues());
        }
    }

    private CompletionStage<Void> moveTo(MessageQueue queue, long offset) throws MQClientException {
        Optional<QueuePuller> puller = member.assigned().find(queue);
        if (puller.isPresent()) {
            return member.assigned().restart(puller.get(), offset);
        }
        requireOurs(queue); // it may have become another member's meanwhile
        return member.assigned()
                .beginAt(queue, offset); // assigned a moment ago, and where to begin is still being asked for
    }

    long minOffset(MessageQueue queue) throws MQClientException {
        return member.steps()
                .ask(queue, "the first offset", (offsets, address, timeout) -> offsets.min(address, queue, timeout));
    }

    long maxOffset(MessageQueue queue) throws MQClientException {
        return member.steps()
                .ask(queue, "the last offset", (offsets, address, timeout) -> offsets.max(address, queue, timeout));
    }

    long offsetAt(MessageQueue queue, long wallMillis) throws MQClientException {
        return member.steps()
                .ask(
                        queue,
                        "the offset at " + wallMillis + " ms",
                        (offsets, address, timeout) -> offsets.at(address, queue, wallMillis, timeout));
    }

    Set<MessageQueue> queues(String topic) throws MQClientException {
        return member.steps().subscribeQueues(topic);
    }

    /** Tells a listener when the topic gets or loses queues. */
    void watch(String topic, TopicMessageQueueChangeListener listener) {
        instance.routes().find(topic).thenRun(() -> watch.watch(topic, listener));
    }

    void useNameServers(String addresses) throws MQClientException {
        List<String> parsed = NameServers.parse(addresses);
        if (parsed.isEmpty()) {
            throw new MQClientException(
                    ClientErrorCode.NO_NAME_SERVER_EXCEPTION, "No name server address in \"" + addresses + "\"");
        }
        instance.routes().useNameServers(parsed);
    }

    void pause(Collection<MessageQueue> queues) {
        queues.forEach(queue -> member.assigned()
                .find(queue)
                .ifPresent(puller -> puller.processQueue().pause()));
    }

    void resume(Collection<MessageQueue> queues) {
        queues.forEach(queue -> member.assigned()
                .find(queue)
                .ifPresent(puller -> puller.processQueue().resume()));
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
            member.assigned().restart(puller, offset);
            consumed.put(queue, offset);
        }));
        found.forgetDropped();
    }

    @Override
    public Map<MessageQueue, Long> positions(String topic) {
        Map<MessageQueue, Long> positions = new TreeMap<>();
        consumed.forEach((queue, offset) -> {
            if (queue.getTopic().equals(topic)) {
                positions.put(queue, offset);
            }
        });
        return positions;
    }

    @Override
    public RunningInfo runningInfo(boolean withThreads) {
        return report.write(withThreads);
    }

    @Override
    public CompletableFuture<ConsumeOutcome> consumeDirectly(ConsumeDirectlyRequest question) {
        return CompletableFuture.failedFuture(new IllegalStateException(
                "The consumer of group " + member.group() + " polls: it has no listener to consume with"));
    }

    /** Pulls nothing more, commits what was polled if it commits by itself, and lets others take over. */
    @Override
    public void close() {
        member.rebalance().stop();
        member.assigned().close();
        if (autoCommits) {
            member.steps().await(commitAll(), "commit of offsets");
        }
        member.steps().await(member.assigned().giveBackAll(), "return of queues");
        member.leave();
        watch.close();
        instance.close();
    }

    private void wantTopicOf(MessageQueue queue) {
        if (member.subscriptions().find(queue.getTopic()).isEmpty()) {
            member.subscriptions().putAll(queue.getTopic());
        }
    }

    private void onTimerThread(String name, Runnable work) {
        instance.scheduler().after(Duration.ZERO, name, work);
    }

    // Before queues are given and when others are taken, so that what all hold together stays within its limit.
    private void shareOut(int queues) {
        share = limits.sharing(countOfAll, queues);
        member.assigned().pullers().forEach(puller -> puller.processQueue().limit(share));
    }

    /** What a lite pull consumer adds to its membership. */
    private final class Lite implements GroupMember.Kind {
        @Override
        public void sharing(String topic, int queues) {
            shares.keySet().retainAll(member.subscriptions().topics());
            shares.put(topic, queues);
            shareOut(shares.values().stream().mapToInt(Integer::intValue).sum());
        }

        @Override
        public void shared() {
            found.forgetDropped();
        }
    }

    /** Keeps what pullers find for the next poll. */
    private final class Arrivals implements QueuePuller.Sink {
        @Override
        public void arrived(QueuePuller from, List<ProcessQueue.Held> messages) {
            found.add(from, messages);
        }

        @Override
        public void passedOver(QueuePuller from) {
            consumed.put(from.queue(), from.processQueue().committableOffset());
        }

        @Override
        public void movedTo(QueuePuller from, long next) {
            consumed.put(from.queue(), next);
            member.assigned().restart(from, next);
            found.forgetDropped();
        }

        @Override
        public void left(QueuePuller from) {
            if (autoCommits) {
                member.offsets().advance(from.queue(), from.processQueue().committableOffset());
            }
            consumed.remove(from.queue());
        }
    }
}
