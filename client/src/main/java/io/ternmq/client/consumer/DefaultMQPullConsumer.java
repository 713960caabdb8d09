package io.ternmq.client.consumer;

import io.ternmq.client.exception.ClientErrorCode;
import io.ternmq.client.exception.MQBrokerException;
import io.ternmq.client.exception.MQClientException;
import io.ternmq.common.message.MessageExt;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.remoting.protocol.RemotingException;
import io.ternmq.remoting.protocol.RemotingTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads queues at offsets that the application keeps: {@link #start()}, look up the queues of a topic, pull each, note how
 * far it is, {@link #shutdown()}. Kept for programs that have it; new ones do with less in {@link DefaultLitePullConsumer},
 * which shares queues out, pulls ahead and keeps offsets.
 *
 * <p>Owns its connections and threads. Safe for use by any thread. Times in milliseconds. Each pull throws:
 *
 * <ul>
 *   <li>{@link MQClientException}: not started, a question that cannot be asked, or no broker is known for the queue
 *   <li>{@link MQBrokerException}: the broker refuses
 *   <li>{@link RemotingException}: no answer came
 * </ul>
 */
public class DefaultMQPullConsumer extends PullConsumerConfig {
    private volatile PullConsumer running; // set by start and shutdown, under the lock of this
    private boolean isOver; // guarded by this: a consumer that was shut down stays so

    public DefaultMQPullConsumer() {
        this(null);
    }

    public DefaultMQPullConsumer(String consumerGroup) {
        super(consumerGroup);
    }

    /**
     * Starts the consumer with what is configured now.
     *
     * @throws MQClientException if the configuration cannot be used, or the consumer was started before
     */
    public synchronized void start() throws MQClientException {
        ConsumerChecks.mayStart(running != null, isOver, getConsumerGroup());
        running = PullConsumer.start(this);
    }

    /** Ends the consumer; brokers are told how far it is. Further calls do nothing. */
    public synchronized void shutdown() {
        if (running != null) {
            running.close();
            running = null;
            isOver = true;
        }
    }

    /** The queues of a topic that can be read now. */
    public Set<MessageQueue> fetchSubscribeMessageQueues(String topic) throws MQClientException {
        ConsumerChecks.topic(topic);
        return running().subscribeQueues(topic);
    }

    /** Reads up to {@code maxNums} messages by tag, from {@code offset} on; does not wait for any. */
    public PullResult pull(MessageQueue mq, String subExpression, long offset, int maxNums)
            throws MQClientException, RemotingException, MQBrokerException, InterruptedException {
        return pull(mq, subExpression, offset, maxNums, getConsumerPullTimeoutMillis());
    }

    public PullResult pull(MessageQueue mq, String subExpression, long offset, int maxNums, long timeout)
            throws MQClientException, RemotingException, MQBrokerException, InterruptedException {
        return pull(mq, MessageSelector.byTag(subExpression), offset, maxNums, timeout);
    }

    public PullResult pull(MessageQueue mq, MessageSelector selector, long offset, int maxNums)
            throws MQClientException, RemotingException, MQBrokerException, InterruptedException {
        return pull(mq, selector, offset, maxNums, getConsumerPullTimeoutMillis());
    }

    public PullResult pull(MessageQueue mq, MessageSelector selector, long offset, int maxNums, long timeout)
            throws MQClientException, RemotingException, MQBrokerException, InterruptedException {
        return await(begin(mq, selector, offset, maxNums, false, Duration.ofMillis(timeout)), timeout);
    }

    /** As {@link #pull(MessageQueue, String, long, int)}, and has the callback told. */
    public void pull(MessageQueue mq, String subExpression, long offset, int maxNums, PullCallback pullCallback)
            throws MQClientException {
        pull(mq, subExpression, offset, maxNums, pullCallback, getConsumerPullTimeoutMillis());
    }

    public void pull(
            MessageQueue mq, String subExpression, long offset, int maxNums, PullCallback pullCallback, long timeout)
            throws MQClientException {
        pull(mq, MessageSelector.byTag(subExpression), offset, maxNums, pullCallback, timeout);
    }

    public void pull(MessageQueue mq, MessageSelector selector, long offset, int maxNums, PullCallback pullCallback)
            throws MQClientException {
        pull(mq, selector, offset, maxNums, pullCallback, getConsumerPullTimeoutMillis());
    }

    public void pull(
            MessageQueue mq,
            MessageSelector selector,
            long offset,
            int maxNums,
            PullCallback pullCallback,
            long timeout)
            throws MQClientException {
        running().pull(begin(mq, selector, offset, maxNums, false, Duration.ofMillis(timeout)), pullCallback);
    }

    /** As {@link #pull(MessageQueue, String, long, int)}, but the broker holds the pull for a while if there is nothing. */
    public PullResult pullBlockIfNotFound(MessageQueue mq, String subExpression, long offset, int maxNums)
            throws MQClientException, RemotingException, MQBrokerException, InterruptedException {
        return pullBlockIfNotFound(mq, MessageSelector.byTag(subExpression), offset, maxNums);
    }

    public PullResult pullBlockIfNotFound(MessageQueue mq, MessageSelector selector, long offset, int maxNums)
            throws MQClientException, RemotingException, MQBrokerException, InterruptedException {
        Duration timeout = running().settings().suspendTimeout();
        return await(begin(mq, selector, offset, maxNums, true, timeout), timeout.toMillis());
    }

    public void pullBlockIfNotFound(
            MessageQueue mq, String subExpression, long offset, int maxNums, PullCallback pullCallback)
            throws MQClientException {
        pullBlockIfNotFound(mq, MessageSelector.byTag(subExpression), offset, maxNums, pullCallback);
    }

    public void pullBlockIfNotFound(
            MessageQueue mq, MessageSelector selector, long offset, int maxNums, PullCallback pullCallback)
            throws MQClientException {
        PullConsumer consumer = running();
        consumer.pull(
                begin(mq, selector, offset, maxNums, true, consumer.settings().suspendTimeout()), pullCallback);
    }

    /** Notes that the group has read all below {@code offset}; the broker is told every few seconds and at the end. */
    public void updateConsumeOffset(MessageQueue mq, long offset) throws MQClientException {
        running().update(mq, offset);
    }

    /** Tells brokers now what was noted; returns when they have answered. What fails is told again later. */
    public void persistConsumerOffset() throws MQClientException, InterruptedException {
        running().persist();
    }

    /** How far the group is: what was noted here, or, with {@code fromStore} or if nothing was, what the broker has; or -1. */
    public long fetchConsumeOffset(MessageQueue mq, boolean fromStore) throws MQClientException {
        return running().committed(mq, fromStore);
    }

    /** The offset of the first message there is. */
    public long minOffset(MessageQueue mq) throws MQClientException {
        return running().ask(mq, "the first offset", (offsets, address, timeout) -> offsets.min(address, mq, timeout));
    }

    /** The offset that the next message will get. */
    public long maxOffset(MessageQueue mq) throws MQClientException {
        return running().ask(mq, "the last offset", (offsets, address, timeout) -> offsets.max(address, mq, timeout));
    }

    /** The first offset that was stored at or after a wall time of the broker. */
    public long searchOffset(MessageQueue mq, long timestamp) throws MQClientException {
        return running()
                .ask(
                        mq,
                        "the offset at a time",
                        (offsets, address, timeout) -> offsets.at(address, mq, timestamp, timeout));
    }

    /** Wall time at which the broker stored the first message there is; -1 if there is none. */
    public long earliestMsgStoreTime(MessageQueue mq) throws MQClientException {
        return running()
                .ask(
                        mq,
                        "the time of the first message",
                        (offsets, address, timeout) -> offsets.earliestStoreMillis(address, mq, timeout));
    }

    /** Has the broker deliver a message to the group again: 0 as it sees fit, above that level, below 0 never. */
    public void sendMessageBack(MessageExt msg, int delayLevel)
            throws MQClientException, RemotingException, MQBrokerException, InterruptedException {
        sendMessageBack(msg, delayLevel, msg.getBrokerName());
    }

    public void sendMessageBack(MessageExt msg, int delayLevel, String brokerName)
            throws MQClientException, RemotingException, MQBrokerException, InterruptedException {
        sendMessageBack(msg, delayLevel, brokerName, getConsumerGroup());
    }

    public void sendMessageBack(MessageExt msg, int delayLevel, String brokerName, String consumerGroup)
            throws MQClientException, RemotingException, MQBrokerException, InterruptedException {
        await(running().sendBack(msg, brokerName, consumerGroup, delayLevel), getMqClientApiTimeout());
    }

    private CompletionStage<PullResult> begin(
            MessageQueue mq, MessageSelector selector, long offset, int maxNums, boolean mayWait, Duration timeout)
            throws MQClientException {
        PullConsumer consumer = running();
        if (mq == null || offset < 0 || maxNums < 1 || timeout.isNegative() || timeout.isZero()) {
            throw new MQClientException(
                    ClientErrorCode.UNKNOWN,
                    "Cannot pull " + maxNums + " messages of queue " + mq + " from offset " + offset + " within "
                            + timeout.toMillis()
                            + " ms: expected a queue, an offset of at least 0, at least 1 message and 1 ms");
        }
        MessageSelector wanted = selector == null ? MessageSelector.byTag("*") : selector;
        return consumer.pull(mq, wanted, offset, maxNums, mayWait, timeout);
    }

    private <T> T await(CompletionStage<T> answer, long timeoutMillis)
            throws MQClientException, RemotingException, MQBrokerException, InterruptedException {
        Duration wait = running().waitOf(Duration.ofMillis(timeoutMillis));
        try {
            return answer.toCompletableFuture().get(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new RemotingTimeoutException("No answer within " + wait.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof MQClientException known) {
                throw known;
            }
            if (cause instanceof MQBrokerException refusal) {
                throw refusal;
            }
            if (cause instanceof RemotingException lost) {
                throw lost;
            }
            throw new MQClientException("Not pulled: " + cause.getMessage(), cause);
        }
    }

    private PullConsumer running() throws MQClientException {
        PullConsumer consumer = running;
        if (consumer == null) {
            throw ConsumerChecks.notRunning(getConsumerGroup());
        }
        return consumer;
    }
}
