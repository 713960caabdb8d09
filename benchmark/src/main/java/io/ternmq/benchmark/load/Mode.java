package io.ternmq.benchmark.load;

/** What is measured. */
public enum Mode {
    /** Each of some threads sends one message after the other and waits for each answer. */
    SYNC,
    /** One thread sends without waiting, up to a window of unanswered messages. */
    ASYNC,
    /** As {@link #SYNC}, with many messages in one request. */
    BATCH,
    /** A push consumer of a new group takes what is stored. */
    CONSUME
}
