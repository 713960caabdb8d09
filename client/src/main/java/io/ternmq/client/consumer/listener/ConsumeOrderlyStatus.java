package io.ternmq.client.consumer.listener;

/** What a listener made of messages that it gets in order. */
public enum ConsumeOrderlyStatus {
    /** Consumed; with {@code autoCommit} committed as well. */
    SUCCESS,
    /** Out of use. Without {@code autoCommit}: all messages since the last commit come again after the pause. */
    ROLLBACK,
    /** Out of use. Without {@code autoCommit}: these messages, and all since the last commit, are committed. */
    COMMIT,
    /** Not consumed: the same messages come again after a pause, and nothing of the queue comes in between. */
    SUSPEND_CURRENT_QUEUE_A_MOMENT
}
