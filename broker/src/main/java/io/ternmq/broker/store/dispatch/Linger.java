package io.ternmq.broker.store.dispatch;

import java.time.Duration;

/**
 * For how long the dispatcher waits for more after a batch, before it rests until it is rung: the more records came at
 * once of late, the longer, since a batch costs as much as several records. Messages that come seldom are not delayed by
 * it. Used by the dispatcher's thread.
 */
final class Linger {
    /** For each record of a batch: those that follow each other faster than this do not wake the dispatcher each. */
    static final Duration EACH = Duration.ofNanos(50_000);

    static final Duration MAX = Duration.ofNanos(400_000);

    private long pace; // records in the largest of the latest batches, of which older ones count ever less

    /** A batch was taken. */
    void took(int records) {
        pace = Math.max(records, pace / 2);
    }

    long nanos() {
        return Math.min(EACH.toNanos() * Math.max(1, pace), MAX.toNanos());
    }
}
