package io.ternmq.client.consumer;

import io.ternmq.client.consumer.listener.MessageListenerConcurrently;
import io.ternmq.client.consumer.listener.MessageListenerOrderly;
import io.ternmq.client.exception.ClientErrorCode;
import io.ternmq.client.exception.MQClientException;
import io.ternmq.client.hook.ConsumeMessageHook;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.remoting.protocol.session.RunningInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Receives messages as a member of a group: subscribe to topics, register a listener, {@link #start()}, and later
 * {@link #shutdown()}. The group's members share the queues of each topic; every message comes at least once.
 *
 * <p>Owns its connections and threads; two consumers share nothing. What the listener does not consume is delivered again
 * later, with growing pauses, and goes to the dead letters in the end.
 */
public class DefaultMQPushConsumer extends PushConsumerConfig {
    private final Map<String, MessageSelector> selectors = new LinkedHashMap<>(); // guarded by this
    private final List<ConsumeMessageHook> hooks = new ArrayList<>(); // guarded by this
    private ListenerKind listener; // guarded by this; null until one is registered
    private PushConsumer running; // guarded by this
    private boolean isOver; // guarded by this: a consumer that was shut down stays so

    public DefaultMQPushConsumer() {
        this(null);
    }

    public DefaultMQPushConsumer(String consumerGroup) {
        this(consumerGroup, false);
    }

    /** @param enableMsgTrace as {@link #setEnableTrace} takes it */
    public DefaultMQPushConsumer(String consumerGroup, boolean enableMsgTrace) {
        this(consumerGroup, enableMsgTrace, null);
    }

    /**
     * @param enableMsgTrace as {@link #setEnableTrace} takes it
     * @param customizedTraceTopic as {@link #setTraceTopic} takes it
     */
    public DefaultMQPushConsumer(String consumerGroup, boolean enableMsgTrace, String customizedTraceTopic) {
        super(consumerGroup, enableMsgTrace, customizedTraceTopic);
    }

    /** Wants messages of a topic by tag: {@code *} for all, or {@code TagA || TagB}. Also while running. */
    public void subscribe(String topic, String subExpression) throws MQClientException {
        subscribe(topic, MessageSelector.byTag(subExpression));
    }

    /**
     * Wants messages of a topic; replaces what was wanted of it before. Also while running.
     *
     * @throws MQClientException if the topic's name cannot be used, or, while running, if a broker refuses the
     *     expression; what was wanted before stays
     */
    public synchronized void subscribe(String topic, MessageSelector selector) throws MQClientException {
        ConsumerChecks.topic(topic);
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

    /** Has messages consumed by several threads at once, in no order. */
    @SuppressWarnings("overloads") // a lambda without types needs a cast, as it always has with these two
    public synchronized void registerMessageListener(MessageListenerConcurrently messageListener) {
        this.listener = new ListenerKind.Concurrent(messageListener);
    }

    /** Has the messages of each queue consumed in their order. */
    @SuppressWarnings("overloads")
    public synchronized void registerMessageListener(MessageListenerOrderly messageListener) {
        this.listener = new ListenerKind.Ordered(messageListener);
    }

    /** Has a hook called around each call of the listener. Before the start. */
    public synchronized void registerConsumeMessageHook(ConsumeMessageHook hook) {
        hooks.add(hook);
    }

    /** Pulls nothing more until {@link #resume()}; what was pulled already is consumed. Without effect before the start. */
    public synchronized void suspend() {
        if (running != null) {
            running.suspend();
        }
    }

    /** Goes on after {@link #suspend()}. */
    public synchronized void resume() {
        if (running != null) {
            running.resume();
        }
    }

    /**
     * How many threads may be in the listener at once from now on, if at least 1 and below {@code consumeThreadMax}; what
     * is not is ignored. Before the start it sets {@code consumeThreadMin}.
     */
    public synchronized void updateCorePoolSize(int corePoolSize) {
        if (corePoolSize < 1 || corePoolSize > getConsumeThreadMax()) {
            return;
        }
        setConsumeThreadMin(corePoolSize);
        if (running != null) {
            running.setThreads(corePoolSize);
        }
    }

    /** How many threads may be in the listener at once now. */
    public synchronized int getCorePoolSize() {
        return running == null ? getConsumeThreadMin() : running.threads();
    }

    /**
     * Starts the consumer with what is configured now; brokers know of it when this returns.
     *
     * @throws MQClientException if the configuration or a subscription cannot be used, or the consumer was started before
     */
    public synchronized void start() throws MQClientException {
        ConsumerChecks.mayStart(running != null, isOver, getConsumerGroup());
        ConsumerChecks.group(getConsumerGroup());
        if (listener == null) {
            throw new MQClientException(
                    ClientErrorCode.UNKNOWN,
                    "The consumer of group " + getConsumerGroup() + " has no message listener: register one");
        }
        running = PushConsumer.start(this, listener, hooks, selectors);
    }

    /**
     * Ends the consumer: pulls nothing more, waits a bounded time for the listener, commits, and leaves the group. Further
     * calls do nothing.
     */
    public synchronized void shutdown() {
        if (running != null) {
            running.close();
            running = null;
            isOver = true;
        }
    }

    /** The queues of a topic that can be read now, whoever has them. */
    public Set<MessageQueue> fetchSubscribeMessageQueues(String topic) throws MQClientException {
        return namespace().plain(running().subscribeQueues(namespace().topic(topic)));
    }

    /** How the consumer is doing, as operators' tools are told: its queues, their progress, and what holds them up. */
    public RunningInfo consumerRunningInfo() throws MQClientException {
        return running().runningInfo(false);
    }

    private synchronized PushConsumer running() throws MQClientException {
        if (running == null) {
            throw ConsumerChecks.notRunning(getConsumerGroup());
        }
        return running;
    }
}
