package io.ternmq.broker.store.engine;

import io.ternmq.broker.store.Projection;
import io.ternmq.broker.store.Projection.Forcing;
import io.ternmq.broker.store.dispatch.LogDispatcher;
import io.ternmq.broker.store.log.CommitLog;
import io.ternmq.broker.store.log.LogProgress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the store does from time to time: forces queues and notes how far they have come, makes room, unmaps what has
 * become cold. Owns the note of the next checkpoint. Stepped by one thread at a time, but for {@link #look}.
 */
final class Upkeep {
    private final CommitLog log;
    private final LogProgress progress;
    private final LogDispatcher dispatcher;
    private final List<Projection> projections;
    private final Checkpoint checkpoint;
    private final Retention retention;
    private final LogAccess access;

    private volatile Optional<Due> due = Optional.empty(); // set on the dispatcher's thread, taken by ours
    private Checkpoint.Place written = new Checkpoint.Place(-1, -1);

    private record Due(Checkpoint.Place place, long millis, List<Forcing> forcings) {}

    Upkeep(
            CommitLog log,
            LogProgress progress,
            LogDispatcher dispatcher,
            List<Projection> projections,
            Checkpoint checkpoint,
            Retention retention,
            LogAccess access) {
        this.log = log;
        this.progress = progress;
        this.dispatcher = dispatcher;
        this.projections = projections;
        this.checkpoint = checkpoint;
        this.retention = retention;
        this.access = access;
    }

    /** Notes what a checkpoint could say now. Dispatcher's thread, with everything taken in settled. */
    void look() {
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

    /**
     * Forces what was noted, and writes the checkpoint once the log is forced as far. Then calls for the next note.
     *
     * @return whether a new note is wanted
     */
    boolean checkpoint() throws IOException {
        Optional<Due> noted = due;
        if (noted.isEmpty()) {
            return progress.dispatched().position() != written.dispatched();
        }
        Due now = noted.get();
        if (progress.flushed().position() < now.place().dispatched()) {
            return false; // next time
        }
        for (Forcing forcing : now.forcings()) {
            forcing.force();
        }
        if (!now.place().equals(written)) {
            checkpoint.write(now.millis(), now.place());
            written = now.place();
        }
        due = Optional.empty();
        return progress.dispatched().position() != written.dispatched();
    }

    /** Makes room in the log; the queues follow on the dispatcher's thread. */
    boolean makeRoom() throws IOException {
        boolean isRemoved = retention.run();
        // Nothing that is still to be forced, dispatched, or read from memory.
        long cold = Math.min(
                Math.min(progress.flushed().position(), progress.dispatched().position()), access.hotFrom());
        log.coolBelow(cold);
        return isRemoved;
    }

    /** Removes from the queues what the log no longer holds. Dispatcher's thread. */
    void prune() throws IOException {
        for (Projection projection : projections) {
            projection.prune(log.minPosition());
        }
    }
}
