package io.ternmq.broker.delay;

import io.ternmq.broker.store.StoreException;
import io.ternmq.common.time.Clock;
import io.ternmq.common.work.Worker;
import java.time.Duration;
import java.util.List;

/** Has the levels deliver what is due, in turns, and rests until the next is. Sole owner of the levels. */
final class DeliveryWorker implements Worker {
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(1);

    private final List<LevelQueue> levels;
    private final Backoff backoff;
    private final Clock clock;

    DeliveryWorker(List<LevelQueue> levels, Backoff backoff, Clock clock) {
        this.levels = levels;
        this.backoff = backoff;
        this.clock = clock;
    }

    @Override
    public int doWork() {
        int count = 0;
        try {
            for (LevelQueue level : levels) {
                count += level.deliver(clock.monotonicNanos());
            }
        } catch (StoreException e) {
            backoff.failed(e); // the disk; nothing was passed over
        }
        return count;
    }

    @Override
    public long nextDueNanos() {
        if (backoff.isResting()) {
            return backoff.untilNanos();
        }
        try {
            long due = NEVER;
            for (LevelQueue level : levels) {
                long itsDue = level.dueNanos();
                if (itsDue != NEVER && (due == NEVER || itsDue - due < 0)) {
                    due = itsDue;
                }
            }
            return due;
        } catch (StoreException e) {
            backoff.failed(e);
            return backoff.untilNanos();
        }
    }

    /** Called with the thread gone. */
    void close() {
        levels.forEach(level -> level.close(CLOSE_PATIENCE));
    }
}
