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
 * asynchronous. Brings to the file before what is not in it yet. Sole owner of the watermark flushed. A force that fails
 * ends it: what the disk then has is unknown, and asking again would be answered as if nothing had happened.
 */
final class LogFlusher implements Worker {
    private static final Logger logger = LoggerFactory.getLogger(LogFlusher.class);

    /**
     * What the flusher rings.
     *
     * @param flusher itself: there is something to force
     * @param writer more is forced
     * @param asker what another thread wanted to have written may be now
     */
    record Bells(Runnable flusher, Runnable writer, Runnable asker) {}

    private final CommitLog log;
    private final TailMemory memory;
    private final LogProgress progress;
    private final StoreHealth health;
    private final ForcedMark mark;
    private final FlushConfig config;
    private final Clock clock;
    private final Runnable ringThis;
    private final Runnable ringWriter;
    private final Runnable ringAsker;

    private volatile boolean isAsked; // set by who wants to have something written while this worker is at it

    // Raised by whoever appends, lowered by this worker when all is forced: while it is up, a time is set.
    private volatile boolean isArmed;
    private long dueNanos = NEVER;

    LogFlusher(LogState state, TailMemory memory, FlushConfig config, Clock clock, Bells bells) {
        this.log = state.log();
        this.memory = memory;
        this.progress = state.progress();
        this.health = state.health();
        this.mark = state.forcedMark();
        this.config = config;
        this.clock = clock;
        this.ringThis = bells.flusher();
        this.ringWriter = bells.writer();
        this.ringAsker = bells.asker();
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
            if (!writeOut(target)) {
                return false; // whoever is at it rings for the rest
            }
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

    /**
     * Brings all that has been appended to its file without forcing it, after a failure too. Another thread, one.
     *
     * @return false if this worker is at it: it rings the asker when it has done what it can
     */
    boolean writeOutAside() {
        long target = progress.appendedPosition();
        if (memory.isInFile(target)) {
            return true;
        }
        try {
            isAsked = !memory.writeOut(target);
            if (isAsked && !memory.writeOut(target)) {
                return false; // else it ended before it could see that it is asked
            }
            isAsked = false;
        } catch (IOException e) {
            health.arise(
                    StoreHealth.Obstacle.FAILURE, "the log cannot be written up to " + target + ": " + e.getMessage());
        }
        ringThis.run(); // it may have been turned away meanwhile
        return true;
    }

    private boolean writeOut(long target) throws IOException {
        try {
            return memory.writeOut(target);
        } finally {
            if (isAsked) {
                isAsked = false;
                ringAsker.run();
            }
        }
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
