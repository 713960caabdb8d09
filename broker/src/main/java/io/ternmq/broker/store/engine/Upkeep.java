package io.ternmq.broker.store.engine;

import io.ternmq.broker.store.Projection;
import io.ternmq.broker.store.Projection.Forcing;
import io.ternmq.broker.store.dispatch.LogDispatcher;
import io.ternmq.broker.store.file.DiskFullException;
import io.ternmq.broker.store.log.CommitLog;
import io.ternmq.broker.store.log.LogProgress;
import io.ternmq.broker.store.log.LogState;
import io.ternmq.broker.store.log.StoreHealth;
import io.ternmq.broker.store.log.StoreHealth.Obstacle;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the store does from time to time: makes room, forces queues and notes how far they have come. Owns the checkpoint
 * and what is to be noted next. One run at a time; parts of it happen on the dispatcher's thread, which owns the queues.
 */
final class Upkeep {
    private static final Logger logger = LoggerFactory.getLogger(Upkeep.class);

    private final CommitLog log;
    private final LogProgress progress;
    private final StoreHealth health;
    private final LogDispatcher dispatcher;
    private final Runnable ringDispatcher;
    private final List<Projection> projections;
    private final Checkpoint checkpoint;
    private final Retention retention;

    private volatile Optional<Due> due = Optional.empty(); // set on the dispatcher's thread, taken by a run
    private Checkpoint.Place written = new Checkpoint.Place(-1, -1); // guarded by this object's lock

    private record Due(Checkpoint.Place place, long millis, List<Forcing> forcings) {}

    Upkeep(
            LogState state,
            LogDispatcher dispatcher,
            Runnable ringDispatcher,
            List<Projection> projections,
            Checkpoint checkpoint,
            Retention retention) {
        this.log = state.log();
        this.progress = state.progress();
        this.health = state.health();
        this.dispatcher = dispatcher;
        this.ringDispatcher = ringDispatcher;
        this.projections = projections;
        this.checkpoint = checkpoint;
        this.retention = retention;
    }

    /**
     * One run. Lack of space is met again in the next. Whatever else fails ends the store's writing: a force that failed
     * must not be asked for again, since the answer would be that all is well.
     */
    synchronized void run() {
        if (health.has(Obstacle.FAILURE)) {
            return;
        }
        try {
            if (retention.run()) {
                dispatcher.offer(0, this::prune);
            }
            writeIfDue();
            if (progress.dispatched().position() != written.dispatched()) {
                dispatcher.offer(0, this::look);
            }
            ringDispatcher.run();
        } catch (DiskFullException e) {
            logger.warn("Upkeep of the store found no space; trying again later.", e);
        } catch (IOException e) {
            health.arise(Obstacle.FAILURE, "upkeep of the store failed: " + e.getMessage());
        }
    }

    /** The last run, at a clean stop: everything is dispatched and forced, the dispatcher's thread has ended. */
    synchronized void runLast() throws IOException {
        if (health.has(Obstacle.FAILURE)) {
            return;
        }
        writeIfDue();
        look();
        writeIfDue();
    }

    // Dispatcher's thread, with everything taken in settled: notes what a checkpoint could say now.
    private void look() {
        if (dispatcher.lastRecord() < 0 || due.isPresent()) {
            return;
        }
        List<Forcing> forcings = new ArrayList<>();
        projections.forEach(projection -> forcings.add(projection.takeUnforced()));
        due = Optional.of(new Due(
                new Checkpoint.Place(
                        dispatcher.lastRecord(), progress.dispatched().position()),
                dispatcher.lastStoreMillis(),
                forcings));
    }

    // Dispatcher's thread.
    private void prune() throws IOException {
        for (Projection projection : projections) {
            projection.prune(log.minPosition());
        }
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
        }
        due = Optional.empty();
    }
}
