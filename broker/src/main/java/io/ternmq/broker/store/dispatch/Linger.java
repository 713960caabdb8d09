package io.ternmq.broker.store.dispatch;

import java.time.Duration;

/**
 * For how long the dispatcher waits for more after a batch, before it rests until it is rung. While somebody waits for
 * messages: the more records came at once of late, the longer, since a batch costs as much as several records; messages
 * that come seldom are not delayed by it. Once nobody has waited for a while, records gather: to look after each costs
 * more than to store it. Used by the dispatcher's thread.
 */
final class Linger {
    /** For each record of a batch: those that follow each other faster than this do not wake the dispatcher each. */
    static final Duration EACH = Duration.ofNanos(50_000);

    static final Duration MAX = Duration.ofNanos(400_000);

    /** While nobody waits; the first who then does may hear of a message so much later. */
    static final Duration UNAWAITED = Duration.ofMillis(1);

    /** For so long after somebody waited somebody is taken to wait: between two pulls of a consumer nobody does. */
    static final Duration AWAITED_FOR = Duration.ofSeconds(1);

    private long awaitedNanos; // when somebody waited last
    private long pace; // records in the largest of the latest batches, of which older ones count ever less

    Linger(long nowNanos) {
        awaitedNanos = nowNanos;
    }

    /** Somebody waits for messages. */
    void awaited(long nowNanos) {
        awaitedNanos = nowNanos;
    }

    /** A batch was taken. */
    void took(int records) {
        pace = Math.max(records, pace / 2);
    }

    long nanos(long nowNanos) {
        if (nowNanos - awaitedNanos > AWAITED_FOR.toNanos()) {
            return UNAWAITED.toNanos();
        }
        return Math.min(EACH.toNanos() * Math.max(1, pace), MAX.toNanos());
    }
}
