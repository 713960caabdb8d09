package io.ternmq.broker.store.log;

import io.ternmq.broker.store.FlushConfig;
import io.ternmq.broker.store.FlushMode;
import io.ternmq.broker.store.file.DiskFullException;
import io.ternmq.common.time.Clock;
import io.ternmq.common.work.Worker;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forces the log to disk: at once and for all who wait together under synchronous flush, after an interval under
 * asynchronous. Sole owner of the watermark flushed. A force that fails ends it: what the disk then has is unknown, and
 * asking again would be answered as if nothing had happened.
 */
final class LogFlusher implements Worker {
    private static final Logger logger = LoggerFactory.getLogger(LogFlusher.class);

    private final CommitLog log;
    private final LogProgress progress;
    private final StoreHealth health;
    private final ForcedMark mark;
    private final FlushConfig config;
    private final Clock clock;
    private final Runnable ringThis;
    private final Runnable ringWriter;

    // Raised by whoever appends, lowered by this worker when all is forced: while it is up, a time is set.
    private volatile boolean isArmed;
    private long dueNanos = NEVER;

    LogFlusher(LogState state, FlushConfig config, Clock clock, Runnable ringThis, Runnable ringWriter) {
        this.log = state.log();
        this.progress = state.progress();
        this.health = state.health();
        this.mark = state.forcedMark();
        this.config = config;
        this.clock = clock;
        this.ringThis = ringThis;
        this.ringWriter = ringWriter;
    }

    /** Bytes have been appended. Under asynchronous flush rings only if this worker has set no time yet. */
    void bytesAppended() {
        if (config.mode() == FlushMode.SYNC_FLUSH) {
            ringThis.run();
        } else if (!isArmed) {
            isArmed = true;
            ringThis.run();
        }
    }

    @Override
    public int doWork() {
        if (config.mode() == FlushMode.ASYNC_FLUSH && !isDue()) {
            return 0;
        }
        return flush() ? 1 : 0;
    }

    @Override
    public long nextDueNanos() {
        return dueNanos;
    }

    /** Forces all that has been appended. True if there was anything and the disk has it now. */
    boolean flush() {
        long target = progress.appendedPosition();
        long from = progress.flushed().position();
        if (target == from || health.has(StoreHealth.Obstacle.FAILURE)) {
            return false;
        }
        try {
            force(from, target);
        } catch (IOException e) {
            health.arise(
                    StoreHealth.Obstacle.FAILURE,
                    "the disk did not confirm the log from " + from + " to " + target + ": " + e.getMessage());
            return false;
        }
        progress.flushedTo(target);
        if (config.mode() == FlushMode.SYNC_FLUSH) {
            ringWriter.run();
        }
        note(target); // those who wait were told first: nothing of theirs depends on it
        return true;
    }

    private void note(long forced) {
        try {
            mark.forcedTo(forced);
        } catch (DiskFullException e) {
            logger.debug(
                    "The forced position is not noted for lack of space. position={}",
                    forced,
                    e); // an older one stands
        } catch (IOException e) {
            health.arise(
                    StoreHealth.Obstacle.FAILURE,
                    "cannot note that the log is forced up to " + forced + ": " + e.getMessage());
        }
    }

    private boolean isDue() {
        long now = clock.monotonicNanos();
        if (dueNanos != NEVER && now - dueNanos >= 0) {
            dueNanos = NEVER;
            return true;
        }
        if (dueNanos == NEVER) {
            isArmed = false; // before the look: an append after it rings again
            if (progress.appendedPosition() > progress.flushed().position()) {
                isArmed = true;
                dueNanos = now + config.interval().toNanos();
            }
        }
        return false;
    }

    private void force(long from, long target) throws IOException {
        long position = from;
        while (position < target) {
            Optional<LogSegment> leased = log.leaseAt(position);
            LogSegment segment = leased.orElseThrow(noSegment(position));
            try {
                long end = Math.min(target, segment.end());
                segment.force(position, end);
                position = end;
            } finally {
                segment.release();
            }
        }
    }

    private static Supplier<IllegalStateException> noSegment(long position) {
        return () -> new IllegalStateException("no segment at unforced position " + position);
    }
}
