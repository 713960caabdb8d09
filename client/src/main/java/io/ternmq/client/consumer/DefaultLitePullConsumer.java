package io.ternmq.client.consumer;

import io.ternmq.client.Namespace;
import io.ternmq.client.exception.ClientErrorCode;
import io.ternmq.client.exception.MQClientException;
import io.ternmq.common.message.MessageExt;
import io.ternmq.common.message.MessageQueue;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Receives messages when the application asks for them: subscribe to topics and share their queues with the group, or
 * assign queues by hand; {@link #start()}; {@link #poll()}; commit, or let polls do it; {@link #shutdown()}.
 *
 * <p>Pulls ahead in the background, so a poll mostly finds messages at hand. Owns its connections and threads. Polls and
 * commits come from one thread at a time.
 */
public class DefaultLitePullConsumer extends LitePullConsumerConfig {
    private final Map<String, MessageSelector> selectors = new LinkedHashMap<>(); // guarded by this
    private final Set<MessageQueue> assignment = new LinkedHashSet<>(); // guarded by this
    private volatile LitePullConsumer running; // set by start and shutdown
    private boolean isOver; // guarded by this: a consumer that was shut down stays so

    public DefaultLitePullConsumer() {
        this(null);
    }

    public DefaultLitePullConsumer(String consumerGroup) {
        super(consumerGroup);
    }

    /** Wants all messages of a topic, sharing its queues with the group. Also while running. */
    public void subscribe(String topic) throws MQClientException {
        subscribe(topic, MessageSelector.byTag("*"));
    }

    /** Wants messages of a topic by tag, sharing its queues with the group. Also while running. */
    public void subscribe(String topic, String subExpression) throws MQClientException {
        subscribe(topic, MessageSelector.byTag(subExpression));
    }

    /**
     * Wants messages of a topic, sharing its queues with the group. Also while running.
     *
     * @throws MQClientException if the topic's name cannot be used, or, while running, if a broker refuses the
     *     expression; what was wanted before stays
     */
    public synchronized void subscribe(String topic, MessageSelector selector) throws MQClientException {
        ConsumerChecks.topic(topic);
        if (!assignment.isEmpty()) {
            throw new MQClientException(
                    ClientErrorCode.UNKNOWN, "Subscribe and assign exclude each other: queues were assigned before");
        }
        MessageSelector wanted = selector == null ? MessageSelector.byTag("*") : selector;
        if (running != null) {
            running.subscribe(namespace().topic(topic), wanted);
        }
        selectors.put(topic, wanted);
    }

    public synchronized void unsubscribe(String topic) {
        selectors.remove(topic);
        if (running != null) {
            running.unsubscribe(namespace().topic(topic));
        }
    }

    /** Takes these queues and no others; the group is not asked. Also while running. */
    public synchronized void assign(Collection<MessageQueue> messageQueues) {
        assignment.clear();
        assignment.addAll(messageQueues);
        if (running != null) {
            running.assign(namespace().queues(messageQueues));
        }
    }

    /** Filters a topic whose queues are assigned, by tag. Before the start. */
    public synchronized void setSubExpressionForAssign(String topic, String subExpression) throws MQClientException {
        ConsumerChecks.topic(topic);
        selectors.put(topic, MessageSelector.byTag(subExpression));
    }

    /**
     * Starts the consumer with what is configured now; brokers know of it when this returns.
     *
     * @throws MQClientException if the configuration or a subscription cannot be used, or the consumer was started before
     */
    public synchronized void start() throws MQClientException {
        ConsumerChecks.mayStart(running != null, isOver, getConsumerGroup());
        ConsumerChecks.group(getConsumerGroup());
        running = LitePullConsumer.start(this, selectors, namespace().queues(assignment));
    }

    /** Ends the consumer; with automatic commits, what was polled is committed. Further calls do nothing. */
    public synchronized void shutdown() {
        if (running != null) {
            running.close();
            running = null;
            isOver = true;
        }
    }

    public boolean isRunning() {
        return running != null;
    }

    /** Messages of one queue; waits for {@code pollTimeoutMillis} at most, and gives none if none come. */
    public List<MessageExt> poll() {
        return poll(getPollTimeoutMillis());
    }

    /** Messages of one queue; waits for {@code timeout} milliseconds at most, and gives none if none come. */
    public List<MessageExt> poll(long timeout) {
        LitePullConsumer consumer = mustRun();
        try {
            return consumer.poll(Duration.ofMillis(timeout));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    /** Begins to commit what was polled; what fails is committed again with the next commit. */
    public void commit() {
        mustRun().commitAll();
    }

    /** Commits what was polled; returns when the brokers have answered. */
    public void commitSync() {
        LitePullConsumer consumer = mustRun();
        consumer.awaitCommit(consumer.commitAll());
    }

    /** Commits what was polled of these queues; with {@code persist}, returns when the brokers have answered. */
    public void commit(Set<MessageQueue> messageQueues, boolean persist) {
        LitePullConsumer consumer = mustRun();
        var told = consumer.commit(namespace().queues(messageQueues));
        if (persist) {
            consumer.awaitCommit(told);
        }
    }

    /** Commits these offsets; with {@code persist}, returns when the brokers have answered. */
    public void commit(Map<MessageQueue, Long> offsetMap, boolean persist) {
        LitePullConsumer consumer = mustRun();
        Map<MessageQueue, Long> full = new LinkedHashMap<>();
        offsetMap.forEach((queue, offset) -> full.put(namespace().queue(queue), offset));
        var told = consumer.commit(full);
        if (persist) {
            consumer.awaitCommit(told);
        }
    }

    /** As {@link #commit(Map, boolean)}. */
    public void commitSync(Map<MessageQueue, Long> offsetMap, boolean persist) {
        commit(offsetMap, persist);
    }

    /** The offset that the group has committed, as the broker knows; -1 if it knows none. */
    public Long committed(MessageQueue messageQueue) throws MQClientException {
        return running().committed(namespace().queue(messageQueue));
    }

    /**
     * Has polls give messages of this queue from {@code offset} on; what was pulled before is dropped.
     *
     * @throws MQClientException if the queue does not hold that offset, or is not this consumer's
     */
    public void seek(MessageQueue messageQueue, long offset) throws MQClientException {
        running().seek(namespace().queue(messageQueue), offset);
    }

    public void seekToBegin(MessageQueue messageQueue) throws MQClientException {
        running().seekToBegin(namespace().queue(messageQueue));
    }

    public void seekToEnd(MessageQueue messageQueue) throws MQClientException {
        running().seekToEnd(namespace().queue(messageQueue));
    }

    /** Pulls nothing of these queues until they are resumed; what was pulled already is still polled. */
    public void pause(Collection<MessageQueue> messageQueues) {
        mustRun().pause(namespace().queues(messageQueues));
    }

    public void resume(Collection<MessageQueue> messageQueues) {
        mustRun().resume(namespace().queues(messageQueues));
    }

    /** The queues that this consumer has now. */
    public Set<MessageQueue> assignment() throws MQClientException {
        return namespace().plain(running().assignment());
    }

    /** The queues of a topic that can be read now, whoever has them. */
    public Collection<MessageQueue> fetchMessageQueues(String topic) throws MQClientException {
        return namespace().plain(running().queues(namespace().topic(topic)));
    }

    /** The first offset that was stored at or after a wall time of the broker, in milliseconds. */
    public Long offsetForTimestamp(MessageQueue messageQueue, Long timestamp) throws MQClientException {
        return running().offsetAt(namespace().queue(messageQueue), timestamp);
    }

    /** Tells a listener when the topic gets or loses queues; one listener for each topic. */
    public void registerTopicMessageQueueChangeListener(
            String topic, TopicMessageQueueChangeListener topicMessageQueueChangeListener) throws MQClientException {
        ConsumerChecks.topic(topic);
        Namespace namespace = namespace();
        running()
                .watch(
                        namespace.topic(topic),
                        (full, queues) -> topicMessageQueueChangeListener.onChanged(
                                namespace.plain(full), namespace.plain(queues)));
    }

    /** Asks other name servers from now on. */
    public void updateNameServerAddress(String nameServerAddress) throws MQClientException {
        running().useNameServers(nameServerAddress);
    }

    // For the methods that declare no checked exception, so that code which uses them need not be changed.
    private LitePullConsumer mustRun() {
        LitePullConsumer consumer = running;
        if (consumer == null) {
            throw new IllegalStateException("The consumer of group " + getConsumerGroup() + " is not running");
        }
        return consumer;
    }

    private LitePullConsumer running() throws MQClientException {
        LitePullConsumer consumer = running;
        if (consumer == null) {
            throw ConsumerChecks.notRunning(getConsumerGroup());
        }
        return consumer;
    }
}
