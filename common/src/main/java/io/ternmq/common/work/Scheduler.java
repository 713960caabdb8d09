package io.ternmq.common.work;

import java.time.Duration;

/**
 * Runs tasks later or periodically. Tasks of one scheduler run one after another and must not block for long; one that
 * throws is logged and a periodic one runs again at its next time. Safe for use by any thread.
 */
public interface Scheduler {

    /** A task that has been handed in. */
    interface Task {

        /** Prevents runs that have not begun. Has no effect afterwards. */
        void cancel();
    }

    /** Runs {@code work} once, after {@code delay}. {@code name} says in logs what failed. */
    Task after(Duration delay, String name, Runnable work);

    /** Runs {@code work} after {@code first} and then again {@code period} after the end of each run. */
    Task every(Duration first, Duration period, String name, Runnable work);
}
