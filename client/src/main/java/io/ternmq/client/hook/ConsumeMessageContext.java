package io.ternmq.client.hook;

import io.ternmq.common.message.MessageExt;
import io.ternmq.common.message.MessageQueue;
import java.util.List;

/** One call of a listener, as hooks see it. Used by the thread of that call only. */
public final class ConsumeMessageContext {
    private final String consumerGroup;
    private final MessageQueue queue;
    private final List<MessageExt> messages;
    private Ending ending = Ending.FAILED;
    private boolean isSuccess;
    private String status = "";
    private Object traceContext;

    /** How a call ended. */
    public enum Ending {
        SUCCESS,
        /** The listener took longer than {@code consumeTimeout}. */
        TIME_OUT,
        EXCEPTION,
        RETURNNULL,
        FAILED
    }

    public ConsumeMessageContext(String consumerGroup, MessageQueue queue, List<MessageExt> messages) {
        this.consumerGroup = consumerGroup;
        this.queue = queue;
        this.messages = List.copyOf(messages);
    }

    public String getConsumerGroup() {
        return consumerGroup;
    }

    public List<MessageExt> getMsgList() {
        return messages;
    }

    public MessageQueue getMq() {
        return queue;
    }

    /** Whether the messages count as consumed; false before the call. */
    public boolean isSuccess() {
        return isSuccess;
    }

    /** What the listener answered, by the constant's name; empty before the call. */
    public String getStatus() {
        return status;
    }

    /** How the call ended; meaningless before it has. */
    public Ending getEnding() {
        return ending;
    }

    /** Notes how the call ended. */
    public void end(boolean success, String answer, Ending how) {
        this.isSuccess = success;
        this.status = answer;
        this.ending = how;
    }

    /** Anything that a hook wants to find again after the call; other hooks have their own. */
    public Object getMqTraceContext() {
        return traceContext;
    }

    public void setMqTraceContext(Object traceContext) {
        this.traceContext = traceContext;
    }
}
