package io.ternmq.client.producer;

import io.ternmq.client.exception.ClientErrorCode;
import io.ternmq.client.exception.MQBrokerException;
import io.ternmq.client.exception.MQClientException;
import io.ternmq.common.message.Message;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.common.topic.GroupNames;
import io.ternmq.remoting.protocol.RemotingException;
import io.ternmq.remoting.protocol.RemotingTooMuchRequestException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Sends messages: in one call and its answer, with a callback or a future, or without an answer; to any queue, a given
 * one, or one that a selector picks. Configure it, {@link #start()} it, share it among threads, {@link #shutdown()} it.
 *
 * <p>Owns its connections and threads; two producers share nothing. A send tries again elsewhere until its time
 * ({@code sendMsgTimeout}, or the {@code timeout} given, in milliseconds) or its attempts are used up. Sending does not
 * change the message. Every send throws:
 *
 * <ul>
 *   <li>{@link MQClientException}: not started, a message that cannot be sent, no route, or every attempt failed; the
 *       text tells of each one
 *   <li>{@link MQBrokerException}: a refusal that another broker would repeat
 *   <li>{@link RemotingException}: the time was spent, or a send to a given queue got no answer
 * </ul>
 */
public class DefaultMQProducer extends ProducerConfig {
    private volatile Producer running; // set by start and shutdown, read by senders
    private boolean isOver; // guarded by this: a producer that was shut down stays so

    public DefaultMQProducer() {
        this(null);
    }

    public DefaultMQProducer(String producerGroup) {
        super(producerGroup);
    }

    /**
     * Starts the producer with what is configured now.
     *
     * @throws MQClientException if the configuration cannot be used, or the producer was started before
     */
    public synchronized void start() throws MQClientException {
        if (running != null || isOver) {
            throw new MQClientException(
                    ClientErrorCode.UNKNOWN,
                    "The producer of group " + getProducerGroup() + " was " + (isOver ? "shut down" : "started")
                            + " before: make a new one");
        }
        checkGroup();
        running = Producer.start(this);
    }

    /** Ends the producer: waits a bounded time for what is under way, then closes everything. Further calls do nothing. */
    public synchronized void shutdown() {
        if (running != null) {
            running.close();
            running = null;
            isOver = true;
        }
    }

    public SendResult send(Message msg)
            throws MQClientException, RemotingException, MQBrokerException, InterruptedException {
        return send(msg, getSendMsgTimeout());
    }

    public SendResult send(Message msg, long timeout)
            throws MQClientException, RemotingException, MQBrokerException, InterruptedException {
        return send(msg, Target.anyQueue(), timeout);
    }

    /** Sends to this queue and no other, once. */
    public SendResult send(Message msg, MessageQueue mq)
            throws MQClientException, RemotingException, MQBrokerException, InterruptedException {
        return send(msg, mq, getSendMsgTimeout());
    }

    public SendResult send(Message msg, MessageQueue mq, long timeout)
            throws MQClientException, RemotingException, MQBrokerException, InterruptedException {
        return send(msg, Target.queue(mq), timeout);
    }

    /** Sends to the queue that the selector picks, once. */
    public SendResult send(Message msg, MessageQueueSelector selector, Object arg)
            throws MQClientException, RemotingException, MQBrokerException, InterruptedException {
        return send(msg, selector, arg, getSendMsgTimeout());
    }

    public SendResult send(Message msg, MessageQueueSelector selector, Object arg, long timeout)
            throws MQClientException, RemotingException, MQBrokerException, InterruptedException {
        return send(msg, Target.selected(selector, msg, arg), timeout);
    }

    /** Sends messages of one topic together; they are stored in one queue, in order. */
    public SendResult send(Collection<Message> msgs)
            throws MQClientException, RemotingException, MQBrokerException, InterruptedException {
        return send(msgs, getSendMsgTimeout());
    }

    public SendResult send(Collection<Message> msgs, long timeout)
            throws MQClientException, RemotingException, MQBrokerException, InterruptedException {
        return send(msgs, Target.anyQueue(), timeout);
    }

    public SendResult send(Collection<Message> msgs, MessageQueue mq)
            throws MQClientException, RemotingException, MQBrokerException, InterruptedException {
        return send(msgs, mq, getSendMsgTimeout());
    }

    public SendResult send(Collection<Message> msgs, MessageQueue mq, long timeout)
            throws MQClientException, RemotingException, MQBrokerException, InterruptedException {
        return send(msgs, Target.queue(mq), timeout);
    }

    /** Begins a send and returns; waits only if too much is under way. The callback is told once how it ended. */
    public void send(Message msg, SendCallback sendCallback)
            throws MQClientException, RemotingException, InterruptedException {
        send(msg, sendCallback, getSendMsgTimeout());
    }

    public void send(Message msg, SendCallback sendCallback, long timeout)
            throws MQClientException, RemotingException, InterruptedException {
        send(msg, Target.anyQueue(), sendCallback, timeout);
    }

    public void send(Message msg, MessageQueue mq, SendCallback sendCallback)
            throws MQClientException, RemotingException, InterruptedException {
        send(msg, mq, sendCallback, getSendMsgTimeout());
    }

    public void send(Message msg, MessageQueue mq, SendCallback sendCallback, long timeout)
            throws MQClientException, RemotingException, InterruptedException {
        send(msg, Target.queue(mq), sendCallback, timeout);
    }

    public void send(Message msg, MessageQueueSelector selector, Object arg, SendCallback sendCallback)
            throws MQClientException, RemotingException, InterruptedException {
        send(msg, selector, arg, sendCallback, getSendMsgTimeout());
    }

    public void send(Message msg, MessageQueueSelector selector, Object arg, SendCallback sendCallback, long timeout)
            throws MQClientException, RemotingException, InterruptedException {
        send(msg, Target.selected(selector, msg, arg), sendCallback, timeout);
    }

    public void send(Collection<Message> msgs, SendCallback sendCallback)
            throws MQClientException, RemotingException, InterruptedException {
        send(msgs, sendCallback, getSendMsgTimeout());
    }

    public void send(Collection<Message> msgs, SendCallback sendCallback, long timeout)
            throws MQClientException, RemotingException, InterruptedException {
        Producer producer = running();
        long startNanos = producer.clock().monotonicNanos();
        producer.send(
                producer.preparer().prepare(msgs),
                Target.anyQueue(),
                Duration.ofMillis(timeout),
                startNanos,
                sendCallback);
    }

    /**
     * Begins a send; the future completes as a callback would be called, and on the same threads. What keeps the send from
     * beginning fails the future too.
     */
    public CompletableFuture<SendResult> sendAsync(Message msg) {
        CompletableFuture<SendResult> sent = new CompletableFuture<>();
        try {
            send(msg, new FutureCallback(sent));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            sent.completeExceptionally(e);
        } catch (MQClientException | RemotingException e) {
            sent.completeExceptionally(e);
        }
        return sent;
    }

    /** Sends once and asks for no answer: whether the message is stored is not known. */
    public void sendOneway(Message msg) throws MQClientException, RemotingException, InterruptedException {
        sendOneway(msg, Target.anyQueue());
    }

    public void sendOneway(Message msg, MessageQueue mq)
            throws MQClientException, RemotingException, InterruptedException {
        sendOneway(msg, Target.queue(mq));
    }

    public void sendOneway(Message msg, MessageQueueSelector selector, Object arg)
            throws MQClientException, RemotingException, InterruptedException {
        sendOneway(msg, Target.selected(selector, msg, arg));
    }

    /** The queues of a topic that can be written now. */
    public List<MessageQueue> fetchPublishMessageQueues(String topic) throws MQClientException {
        Producer producer = running();
        try {
            return producer.publishQueues(topic, Duration.ofMillis(getSendMsgTimeout()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MQClientException("Interrupted while asking where topic " + topic + " is", e);
        } catch (RemotingException e) {
            throw new MQClientException(ClientErrorCode.ACCESS_BROKER_TIMEOUT, e.getMessage(), e);
        }
    }

    private SendResult send(Message msg, Target target, long timeout)
            throws MQClientException, RemotingException, MQBrokerException, InterruptedException {
        Producer producer = running();
        long startNanos = producer.clock().monotonicNanos();
        return producer.send(producer.preparer().prepare(msg), target, Duration.ofMillis(timeout), startNanos);
    }

    private SendResult send(Collection<Message> msgs, Target target, long timeout)
            throws MQClientException, RemotingException, MQBrokerException, InterruptedException {
        Producer producer = running();
        long startNanos = producer.clock().monotonicNanos();
        return producer.send(producer.preparer().prepare(msgs), target, Duration.ofMillis(timeout), startNanos);
    }

    private void send(Message msg, Target target, SendCallback callback, long timeout)
            throws MQClientException, RemotingTooMuchRequestException, InterruptedException {
        Producer producer = running();
        long startNanos = producer.clock().monotonicNanos();
        producer.send(producer.preparer().prepare(msg), target, Duration.ofMillis(timeout), startNanos, callback);
    }

    private void sendOneway(Message msg, Target target)
            throws MQClientException, RemotingException, InterruptedException {
        Producer producer = running();
        producer.sendOneWay(producer.preparer().prepare(msg), target, Duration.ofMillis(getSendMsgTimeout()));
    }

    private Producer running() throws MQClientException {
        Producer producer = running;
        if (producer == null) {
            throw new MQClientException(
                    ClientErrorCode.UNKNOWN,
                    "The producer of group " + getProducerGroup() + " is not running: call start() before sending,"
                            + " and shutdown() only afterwards");
        }
        return producer;
    }

    private void checkGroup() throws MQClientException {
        String group = getProducerGroup();
        Optional<String> problem = group == null ? Optional.of("Producer group is null") : GroupNames.problemOf(group);
        if (problem.isPresent() || GroupNames.DEFAULT_PRODUCER.equals(group)) {
            throw new MQClientException(
                    ClientErrorCode.UNKNOWN,
                    problem.orElse("Producer group " + group + " is the system's own: choose another"));
        }
    }

    /** Completes a future as a callback is called. */
    private record FutureCallback(CompletableFuture<SendResult> sent) implements SendCallback {
        @Override
        public void onSuccess(SendResult sendResult) {
            sent.complete(sendResult);
        }

        @Override
        public void onException(Throwable e) {
            sent.completeExceptionally(e);
        }
    }
}
