package io.ternmq.client.consumer.listener;

import io.ternmq.common.message.MessageQueue;

/** What surrounds one call of a listener that gets messages in order. Used by the thread of that call only. */
public final class ConsumeOrderlyContext {
    private final MessageQueue messageQueue;
    private boolean autoCommit = true;
    private long suspendCurrentQueueTimeMillis = -1;

    public ConsumeOrderlyContext(MessageQueue messageQueue) {
        this.messageQueue = messageQueue;
    }

    /** Where the messages come from. */
    public MessageQueue getMessageQueue() {
        return messageQueue;
    }

    public boolean isAutoCommit() {
        return autoCommit;
    }

    /** Whether success commits. If not, messages that succeed are committed with the next that answers {@code COMMIT}. */
    public void setAutoCommit(boolean autoCommit) {
        this.autoCommit = autoCommit;
    }

    public long getSuspendCurrentQueueTimeMillis() {
        return suspendCurrentQueueTimeMillis;
    }

    /** Pause before the messages come again, from 10 to 30,000 milliseconds; -1 for the consumer's setting. */
    public void setSuspendCurrentQueueTimeMillis(long suspendCurrentQueueTimeMillis) {
        this.suspendCurrentQueueTimeMillis = suspendCurrentQueueTimeMillis;
    }
}
