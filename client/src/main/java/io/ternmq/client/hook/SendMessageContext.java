package io.ternmq.client.hook;

import io.ternmq.common.message.Message;
import io.ternmq.common.message.MessageQueue;
import java.util.List;
import java.util.Optional;

/** One attempt to send, as hooks see it. Handed from one thread to the next, never used by two at a time. */
public final class SendMessageContext {
    private final String producerGroup;
    private final List<Message> messages;
    private final MessageQueue queue;
    private final String brokerAddr;
    private final boolean isOneWay;
    private Optional<Stored> stored = Optional.empty();
    private Optional<Throwable> exception = Optional.empty();
    private Object traceContext;

    /**
     * Where the message was stored.
     *
     * @param msgId the client's unique id; for a batch those of all messages, joined by commas
     * @param offsetMsgId the broker's, likewise
     * @param queueOffset of the message, or the first of a batch
     * @param isSafe whether it is on disk and at replicas as was asked for
     * @param regionId of the broker
     * @param isTraced whether the broker lets the message be traced
     */
    public record Stored(
            String msgId, String offsetMsgId, long queueOffset, boolean isSafe, String regionId, boolean isTraced) {}

    public SendMessageContext(
            String producerGroup, List<Message> messages, MessageQueue queue, String brokerAddr, boolean isOneWay) {
        this.producerGroup = producerGroup;
        this.messages = messages;
        this.queue = queue;
        this.brokerAddr = brokerAddr;
        this.isOneWay = isOneWay;
    }

    public String getProducerGroup() {
        return producerGroup;
    }

    /** The message, or the first of a batch. */
    public Message getMessage() {
        return messages.get(0);
    }

    /** All messages of a batch; of a single message that one. */
    public List<Message> getMessages() {
        return messages;
    }

    public MessageQueue getMq() {
        return queue;
    }

    /** {@code host:port} of the broker. */
    public String getBrokerAddr() {
        return brokerAddr;
    }

    /** Whether no answer is waited for. */
    public boolean isOneWay() {
        return isOneWay;
    }

    /** Empty before the attempt, when it failed, and when nothing is known because it was one-way. */
    public Optional<Stored> getStored() {
        return stored;
    }

    public void setStored(Stored outcome) {
        this.stored = Optional.of(outcome);
    }

    /** What the attempt failed with; empty if it did not. */
    public Optional<Throwable> getException() {
        return exception;
    }

    public void setException(Throwable failure) {
        this.exception = Optional.of(failure);
    }

    /** Anything that a hook wants to find again after the attempt; other hooks have their own. */
    public Object getMqTraceContext() {
        return traceContext;
    }

    public void setMqTraceContext(Object traceContext) {
        this.traceContext = traceContext;
    }
}
