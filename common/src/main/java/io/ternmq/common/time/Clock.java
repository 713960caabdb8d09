package io.ternmq.common.time;

/**
 * Reads time: wall time for what is stored or shown, monotonic time for durations and deadlines. Implementations are
 * safe for use by any thread.
 */
public interface Clock {

    /** Milliseconds since 1970-01-01T00:00Z. May jump in both directions when the machine's clock is set. */
    long wallMillis();

    /** Nanoseconds since an arbitrary origin; never goes back. Only differences mean anything. */
    long monotonicNanos();

    /** The clock of this machine. */
    static Clock system() {
        return SystemClock.INSTANCE;
    }
}
