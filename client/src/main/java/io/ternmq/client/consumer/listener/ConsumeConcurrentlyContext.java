package io.ternmq.client.consumer.listener;

import io.ternmq.common.message.MessageQueue;

/** What surrounds one call of a listener. Used by the thread of that call only. */
public final class ConsumeConcurrentlyContext {
    private final MessageQueue messageQueue;
    private int delayLevelWhenNextConsume;
    private int ackIndex = Integer.MAX_VALUE;

    public ConsumeConcurrentlyContext(MessageQueue messageQueue) {
        this.messageQueue = messageQueue;
    }

    /** Where the messages come from. */
    public MessageQueue getMessageQueue() {
        return messageQueue;
    }

    public int getDelayLevelWhenNextConsume() {
        return delayLevelWhenNextConsume;
    }

    /** When to deliver again: below 0 never, to the dead letters; 0 as the broker sees fit; above 0 that delay level. */
    public void setDelayLevelWhenNextConsume(int delayLevelWhenNextConsume) {
        this.delayLevelWhenNextConsume = delayLevelWhenNextConsume;
    }

    public int getAckIndex() {
        return ackIndex;
    }

    /** Index of the last message that counts as consumed when the call ends with success; the others come again. */
    public void setAckIndex(int ackIndex) {
        this.ackIndex = ackIndex;
    }
}
