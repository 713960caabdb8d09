package io.ternmq.client.producer;

import io.ternmq.client.exception.MQBrokerException;
import io.ternmq.client.exception.MQClientException;
import io.ternmq.client.hook.SendMessageHook;
import io.ternmq.common.message.Message;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.remoting.protocol.RemotingException;
import java.util.Collection;
import java.util.List;
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
    private final ProducerLife life = new ProducerLife();
    private final Senders senders = new Senders(life);
    private final SendHooks hooks = new SendHooks();

    public DefaultMQProducer() {
        this(null);
    }

    public DefaultMQProducer(String producerGroup) {
        super(producerGroup);
    }

    /** @param topics that will be sent to, as by {@link #setTopics} */
    public DefaultMQProducer(String producerGroup, List<String> topics) {
        super(producerGroup, topics);
    }

    /** @param enableMsgTrace as {@link #setEnableTrace} takes it */
    public DefaultMQProducer(String producerGroup, boolean enableMsgTrace) {
        this(producerGroup, enableMsgTrace, null);
    }

    /**
     * @param enableMsgTrace as {@link #setEnableTrace} takes it
     * @param customizedTraceTopic as {@link #setTraceTopic} takes it
     */
    public DefaultMQProducer(String producerGroup, boolean enableMsgTrace, String customizedTraceTopic) {
        super(producerGroup, enableMsgTrace, customizedTraceTopic);
    }

    /**
     * Starts the producer with what is configured now.
     *
     * @throws MQClientException if the configuration cannot be used, or the producer was started before
     */
    public void start() throws MQClientException {
        life.start(this, hooks);
    }

    /** Ends the producer: waits a bounded time for what is under way, then closes everything. Further calls do nothing. */
    public void shutdown() {
        life.end();
    }

    /** Has a hook called around each attempt to send, from now on. */
    public void registerSendMessageHook(SendMessageHook hook) {
        hooks.register(hook);
    }

    /**
     * Sets the name servers; of a running producer at once, which then asks only them.
     *
     * @throws IllegalArgumentException if the producer runs and there is no address in the text
     */
    @Override
    public void setNamesrvAddr(String namesrvAddr) {
        super.setNamesrvAddr(namesrvAddr);
        life.ifRunning(producer -> producer.useNameServers(namesrvAddr));
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
        senders.async(Parcel.of(msgs), Target.anyQueue(), timeout, sendCallback);
    }

    /**
     * Begins a send; the future completes as a callback would be called, and on the same threads. What keeps the send from
     * beginning fails the future too.
     */
    public CompletableFuture<SendResult> sendAsync(Message msg) {
        return sendAsync(msg, getSendMsgTimeout());
    }

    public CompletableFuture<SendResult> sendAsync(Message msg, long timeout) {
        return senders.future(callback -> send(msg, callback, timeout));
    }

    public CompletableFuture<SendResult> sendAsync(Message msg, MessageQueue mq) {
        return senders.future(callback -> send(msg, mq, callback));
    }

    public CompletableFuture<SendResult> sendAsync(Message msg, MessageQueueSelector selector, Object arg) {
        return senders.future(callback -> send(msg, selector, arg, callback));
    }

    public CompletableFuture<SendResult> sendAsync(Collection<Message> msgs) {
        return senders.future(callback -> send(msgs, callback));
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
        return senders.publishQueues(topic, getSendMsgTimeout());
    }

    private SendResult send(Message msg, Target target, long timeout)
            throws MQClientException, RemotingException, MQBrokerException, InterruptedException {
        return senders.sync(msg, target, timeout);
    }

    private SendResult send(Collection<Message> msgs, Target target, long timeout)
            throws MQClientException, RemotingException, MQBrokerException, InterruptedException {
        return senders.sync(Parcel.of(msgs), target, timeout);
    }

    private void send(Message msg, Target target, SendCallback callback, long timeout)
            throws MQClientException, RemotingException, InterruptedException {
        senders.async(msg, target, timeout, callback);
    }

    private void sendOneway(Message msg, Target target)
            throws MQClientException, RemotingException, InterruptedException {
        senders.oneWay(Parcel.of(msg), target, getSendMsgTimeout());
    }
}
