package io.ternmq.benchmark.load;

import java.util.Locale;

/** What is measured. */
public enum Mode {
    /** Each of some threads sends one message after the other and waits for each answer. */
    SYNC,
    /** One thread sends without waiting, up to a window of unanswered messages. */
    ASYNC,
    /** As {@link #SYNC}, with many messages in one request. */
    BATCH,
    /** A push consumer of a new group takes what is stored. */
    CONSUME,
    /** A producer sends at a steady rate to a push consumer that waits: from the send to the listener. */
    DELIVER,
    /** As {@link #DELIVER}, beside a push consumer of a new group that takes what is stored. */
    BESIDE,
    /** Push consumers of many groups wait, and nothing comes. */
    WAIT,
    /** Nobody is connected. */
    IDLE;

    /** Whether a run sends as fast as it can. */
    public boolean isSending() {
        return this == SYNC || this == ASYNC || this == BATCH;
    }

    /** Whether a run takes what was stored before all runs. */
    public boolean isDraining() {
        return this == CONSUME || this == BESIDE;
    }

    /** Its name as options and results spell it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
