package io.ternmq.broker.store.engine;

import io.ternmq.broker.store.Projection;
import io.ternmq.broker.store.dispatch.LogDispatcher;
import io.ternmq.broker.store.file.DiskFullException;
import io.ternmq.broker.store.log.CommitLog;
import io.ternmq.broker.store.log.LogState;
import io.ternmq.broker.store.log.StoreHealth;
import io.ternmq.broker.store.log.StoreHealth.Obstacle;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the store does from time to time: makes room. Owns no state. One run at a time; parts of it happen on the
 * dispatcher's thread, which owns the queues.
 */
final class Upkeep {
    private static final Logger logger = LoggerFactory.getLogger(Upkeep.class);

    private final CommitLog log;
    private final StoreHealth health;
    private final LogDispatcher dispatcher;
    private final List<Projection> projections;
    private final CheckpointKeeper checkpoints;
    private final Retention retention;

    Upkeep(
            LogState state,
            LogDispatcher dispatcher,
            List<Projection> projections,
            CheckpointKeeper checkpoints,
            Retention retention) {
        this.log = state.log();
        this.health = state.health();
        this.dispatcher = dispatcher;
        this.projections = projections;
        this.checkpoints = checkpoints;
        this.retention = retention;
    }

    /**
     * One run. Lack of space is met again in the next. Whatever else fails ends the store's writing.
     */
    void run() {
        if (health.has(Obstacle.FAILURE)) {
            return;
        }
        try {
            if (retention.run()) {
                dispatcher.offer(0, this::prune);
                // Right behind, and rings: killed before that is noted, the next start derives all anew.
                checkpoints.lookUp();
            }
        } catch (DiskFullException e) {
            logger.warn("Upkeep of the store found no space; trying again later.", e);
        } catch (IOException e) {
            health.arise(Obstacle.FAILURE, "upkeep of the store failed: " + e.getMessage());
        }
    }

    /** First run, with no dispatcher's thread about. */
    void runAlone() throws IOException {
        if (retention.run()) {
            prune();
            checkpoints.stepAlone();
        }
    }

    // Dispatcher's thread.
    private void prune() throws IOException {
        checkpoints.want(); // the next start expects queues that begin where they will
        for (Projection projection : projections) {
            projection.prune(log.minPosition());
        }
    }
}
