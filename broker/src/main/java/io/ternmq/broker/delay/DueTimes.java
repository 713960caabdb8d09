package io.ternmq.broker.delay;

import io.ternmq.broker.store.MessageStore;
import io.ternmq.broker.store.TopicQueue;
import io.ternmq.common.time.Clock;
import io.ternmq.common.work.Worker;
import java.time.Duration;
import java.util.Optional;

/**
 * When the next messages of one level are due. Reads ahead a few entries of the level's queue at a time and keeps nothing
 * else, however many messages wait. Times are turned into monotonic ones when they are read, so that setting the wall clock
 * moves none of those. One thread.
 */
final class DueTimes {
    /** Entries read at once. */
    static final int AHEAD = 64;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final TopicQueue queue;
    private final long delayMaxMillis; // no message of the level waits longer
    private final MessageStore store;
    private final DelayArrivals arrivals;
    private final Clock clock;

    private final long[] times = new long[AHEAD]; // monotonic, of the messages from "first" on
    private long first;
    private int count;

    // What was there when a message seemed to have longer to wait than its level allows: the wall clock was set back,
    // or
    // the level has been made shorter. All of it is due when the level's delay has passed since then.
    private long cappedBelow;
    private long cappedNanos;

    /** @param delay of the level; empty for one that there is no more */
    DueTimes(TopicQueue queue, Optional<Duration> delay, MessageStore store, DelayArrivals arrivals, Clock clock) {
        this.queue = queue;
        this.delayMaxMillis = delay.map(Duration::toMillis).orElse(Long.MAX_VALUE);
        this.store = store;
        this.arrivals = arrivals;
        this.clock = clock;
    }

    /** When the message at an offset is due; {@link Worker#NEVER} if there is none, whose arrival rings then. */
    long dueNanos(long offset) {
        return hasRead(offset) ? times[(int) (offset - first)] : Worker.NEVER;
    }

    /** How many messages from an offset on, of those that have been read ahead, are due in their order. */
    int dueCount(long offset, long nowNanos) {
        if (!hasRead(offset)) {
            return 0;
        }
        int from = (int) (offset - first);
        int to = from;
        while (to < count && times[to] - nowNanos <= 0) {
            to++;
        }
        return to - from;
    }

    private boolean hasRead(long offset) {
        if (offset >= first && offset < first + count) {
            return true;
        }
        int read = store.entryTags(queue, offset, times);
        if (read == 0) {
            arrivals.await(queue.queueId());
            read = store.entryTags(queue, offset, times); // what came just before that
        }
        first = offset;
        count = read;
        long wallMillis = clock.wallMillis();
        long nowNanos = clock.monotonicNanos();
        for (int i = 0; i < count; i++) {
            times[i] = toNanos(offset + i, times[i], wallMillis, nowNanos);
        }
        return count > 0;
    }

    private long toNanos(long offset, long dueMillis, long wallMillis, long nowNanos) {
        if (dueMillis <= wallMillis) {
            return nowNanos;
        }
        long leftMillis = dueMillis - wallMillis; // both are positive
        if (leftMillis <= delayMaxMillis) {
            return nowNanos + leftMillis * NANOS_PER_MILLI;
        }
        if (offset >= cappedBelow) {
            cappedBelow = store.range(queue).maxOffset();
            cappedNanos = nowNanos + delayMaxMillis * NANOS_PER_MILLI;
        }
        return cappedNanos;
    }
}
