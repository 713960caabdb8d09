package io.ternmq.broker.store.engine;

import io.ternmq.broker.store.Projection;
import io.ternmq.broker.store.Projection.Forcing;
import io.ternmq.broker.store.dispatch.LogDispatcher;
import io.ternmq.broker.store.file.DiskFullException;
import io.ternmq.broker.store.log.LogProgress;
import io.ternmq.broker.store.log.LogState;
import io.ternmq.broker.store.log.StoreHealth;
import io.ternmq.broker.store.log.StoreHealth.Obstacle;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings queues and indexes to disk and notes in the checkpoint how far they have come, often enough that a start has
 * little to look through. Owns what is to be noted next. Stepped by one thread at a time; parts of a step happen on the
 * dispatcher's thread, which owns the queues.
 */
final class CheckpointKeeper {
    private static final Logger logger = LoggerFactory.getLogger(CheckpointKeeper.class);

    /** How often it is stepped. */
    static final Duration PERIOD = Duration.ofSeconds(1);

    /** A note is due after so many steps, if anything has happened. */
    static final int STEPS = 10;

    /** Or after more, one for so many queues to be forced: each of them may have had a single message. */
    static final int QUEUES_A_STEP = 128;

    /** Also where no queue has come any further: what lags behind them, as an index may, has to be forced, too. */
    static final int IDLE_STEPS = 60;

    /** A note is due when the queues have come so far since the last one: read and checked in a fraction of a second. */
    static final long BYTES = 64L << 20;

    /** Or this far for each queue to be forced, which must stay cheap beside what was stored... */
    static final long QUEUE_BYTES = 512L << 10;

    /** ... but not farther than this, however many there are: a start must not have too much to look through. */
    static final long BYTES_MAX = 4L << 30;

    private final LogProgress progress;
    private final StoreHealth health;
    private final LogDispatcher dispatcher;
    private final Runnable ringDispatcher;
    private final List<Projection> projections;
    private final LongSupplier fingerprint;
    private final IntSupplier unforcedQueues;
    private final Checkpoint checkpoint;

    private volatile Optional<Due> due = Optional.empty(); // set on the dispatcher's thread, taken by a step
    private volatile boolean isWanted; // raised by any thread, lowered on the dispatcher's when it has been looked up
    private volatile boolean isLookAsked; // raised by a step, lowered on the dispatcher's thread
    private Checkpoint.Place written = new Checkpoint.Place(-1, -1, 0); // guarded by this object's lock
    private volatile long neededFrom = -1; // follows what is written
    private int steps; // since the last look; guarded by this object's lock

    private record Due(Checkpoint.Place place, long millis, List<Forcing> forcings) {}

    /**
     * @param fingerprint of the queues; asked on the dispatcher's thread
     * @param unforcedQueues how many will have to be forced for the next note; asked by any thread
     */
    CheckpointKeeper(
            LogState state,
            LogDispatcher dispatcher,
            Runnable ringDispatcher,
            List<Projection> projections,
            LongSupplier fingerprint,
            IntSupplier unforcedQueues,
            Checkpoint checkpoint) {
        this.progress = state.progress();
        this.health = state.health();
        this.dispatcher = dispatcher;
        this.ringDispatcher = ringDispatcher;
        this.projections = projections;
        this.fingerprint = fingerprint;
        this.unforcedQueues = unforcedQueues;
        this.checkpoint = checkpoint;
    }

    /** A note is due at the next step: queues have gone that the last one speaks of, or begin elsewhere. */
    void want() {
        isWanted = true;
    }

    /** At start: the last run's note holds, since this run goes on from where it stands. */
    synchronized void resumeBehind(Checkpoint.Place noted) {
        written = noted;
        neededFrom = noted.lastRecord();
    }

    /**
     * A start needs the log from here on: from the record that the note names, or, as long as there is none to be named,
     * from where this run began. Queues may have the entries of what follows in memory alone. Negative if nothing is known
     * of that. Any thread.
     */
    long neededFrom() {
        return neededFrom;
    }

    /** Forces the mark, writes a note that was looked up before, and has the next one looked up when it is due. */
    synchronized void step() {
        write();
        if (health.has(Obstacle.FAILURE)) {
            return; // no more of them, so there is nothing to look up
        }
        steps++;
        long ahead = progress.dispatched().position() - Math.max(0, written.dispatched());
        if (isWanted || health.has(Obstacle.CHECKPOINT_SPACE) || isDue(ahead, steps, unforcedQueues.getAsInt())) {
            lookUp();
        }
    }

    /**
     * Whether a note is due by what has happened since the last one.
     *
     * @param ahead bytes that the queues have come
     * @param steps that have gone by
     * @param queues that would have to be forced
     */
    static boolean isDue(long ahead, int steps, int queues) {
        return ahead >= Math.min(BYTES_MAX, Math.max(BYTES, queues * QUEUE_BYTES))
                || steps >= (ahead > 0 ? Math.max(STEPS, queues / QUEUES_A_STEP) : IDLE_STEPS);
    }

    /** Has the next note looked up now, whether or not it is due, unless the last one still waits to be written. */
    synchronized void lookUp() {
        steps = 0;
        if (!isLookAsked) { // while the dispatcher rests it works nothing off
            isLookAsked = true;
            boolean isOffered = dispatcher.offer(0, () -> {
                isLookAsked = false;
                look();
            });
            if (!isOffered) {
                isLookAsked = false;
            }
        }
        ringDispatcher.run();
    }

    /**
     * First and last step, with no dispatcher's thread about: notes all that has been dispatched.
     *
     * @return whether all of it is noted
     */
    synchronized boolean stepAlone() {
        write();
        if (health.has(Obstacle.FAILURE)) {
            return false;
        }
        try {
            look();
        } catch (IOException e) {
            health.arise(Obstacle.FAILURE, "cannot write out what a checkpoint would speak of: " + e.getMessage());
        }
        write();
        return dispatcher.lastRecord() < 0
                || (written.dispatched() == progress.dispatched().position() && due.isEmpty() && !isWanted);
    }

    // What a failed force has left on disk nobody knows, and to ask again would be answered as if nothing had happened:
    // so no checkpoint is written any more, nor anything taken that it would have to speak of.
    private void write() {
        if (health.has(Obstacle.FAILURE)) {
            return;
        }
        try {
            checkpoint.forceMark();
            writeIfDue();
        } catch (DiskFullException e) {
            logger.warn("No space for the checkpoint; trying again. What it says stays true.", e);
        } catch (IOException e) {
            health.arise(Obstacle.FAILURE, "the disk did not confirm queues or checkpoint: " + e.getMessage());
        }
    }

    // Dispatcher's thread, with everything taken in settled: notes what a checkpoint could say now.
    private void look() throws IOException {
        if (dispatcher.lastRecord() < 0) {
            isWanted = false; // there is no position that a note could name
            neededFrom = progress.dispatched().position();
            return;
        }
        if (due.isPresent()) {
            return;
        }
        if (!writeOut()) {
            return;
        }
        isWanted = false; // before what is noted is looked at: what is wanted from now on is not in it
        List<Forcing> forcings = new ArrayList<>();
        projections.forEach(projection -> forcings.add(projection.takeUnforced()));
        due = Optional.of(new Due(
                new Checkpoint.Place(
                        dispatcher.lastRecord(), progress.dispatched().position(), fingerprint.getAsLong()),
                dispatcher.lastStoreMillis(),
                forcings));
    }

    // Without space sends are refused until there is some: what queues keep in memory would grow, and the next start
    // have ever more to look through.
    private boolean writeOut() throws IOException {
        for (Projection projection : projections) {
            Optional<String> lack = projection.writeOut();
            if (lack.isPresent()) {
                health.arise(Obstacle.CHECKPOINT_SPACE, "no space for " + projection.name() + ": " + lack.get());
                return false;
            }
        }
        health.pass(Obstacle.CHECKPOINT_SPACE);
        return true;
    }

    // A checkpoint must not say more than the disk has: neither of the queues nor of the log.
    private void writeIfDue() throws IOException {
        Optional<Due> noted = due;
        if (noted.isEmpty()
                || progress.flushed().position() < noted.get().place().dispatched()) {
            return;
        }
        Due now = noted.get();
        for (Forcing forcing : now.forcings()) {
            forcing.force();
        }
        if (!now.place().equals(written)) {
            checkpoint.write(now.millis(), now.place());
            written = now.place();
            neededFrom = written.lastRecord();
        }
        due = Optional.empty();
    }
}
