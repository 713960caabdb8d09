package io.ternmq.client.consumer;

import io.ternmq.client.consumer.listener.MessageListenerConcurrently;
import io.ternmq.client.exception.ClientErrorCode;
import io.ternmq.client.exception.MQClientException;
import io.ternmq.common.message.MessageQueue;
import java.util.LinkedHashMap;
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
    private MessageListenerConcurrently listener; // guarded by this
    private PushConsumer running; // guarded by this
    private boolean isOver; // guarded by this: a consumer that was shut down stays so

    public DefaultMQPushConsumer() {
        this(null);
    }

    public DefaultMQPushConsumer(String consumerGroup) {
        super(consumerGroup);
    }

    /** Wants messages of a topic by tag: {@code *} for all, or {@code TagA || TagB}. Also while running. */
    public void subscribe(String topic, String subExpression) throws MQClientException {
        subscribe(topic, MessageSelector.byTag(subExpression));
    }

    /** Wants messages of a topic; replaces what was wanted of it before. Also while running. */
    public synchronized void subscribe(String topic, MessageSelector selector) throws MQClientException {
        ConsumerChecks.topic(topic);
        MessageSelector wanted = selector == null ? MessageSelector.byTag("*") : selector;
        selectors.put(topic, wanted);
        if (running != null) {
            running.subscribe(topic, wanted);
        }
    }

    public synchronized void unsubscribe(String topic) {
        selectors.remove(topic);
        if (running != null) {
            running.unsubscribe(topic);
        }
    }

    public synchronized void registerMessageListener(MessageListenerConcurrently messageListener) {
        this.listener = messageListener;
    }

    /**
     * Starts the consumer with what is configured now; brokers know of it when this returns.
     *
     * @throws MQClientException if the configuration or a subscription cannot be used, or the consumer was started before
     */
    public synchronized void start() throws MQClientException {
        ConsumerChecks.mayStart(running != null, isOver, getConsumerGroup());
        ConsumerChecks.config(this);
        if (listener == null) {
            throw new MQClientException(
                    ClientErrorCode.UNKNOWN,
                    "The consumer of group " + getConsumerGroup() + " has no message listener: register one");
        }
        running = PushConsumer.start(this, listener, selectors);
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
        return running().subscribeQueues(topic);
    }

    private synchronized PushConsumer running() throws MQClientException {
        if (running == null) {
            throw ConsumerChecks.notRunning(getConsumerGroup());
        }
        return running;
    }
}
