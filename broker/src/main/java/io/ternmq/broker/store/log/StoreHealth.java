package io.ternmq.broker.store.log;

import io.ternmq.broker.store.AppendOutcome.Refusal;
import io.ternmq.broker.store.AppendOutcome.Refused;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Why appends would be refused whatever they are. Owns these reasons; set and read by any thread. */
public final class StoreHealth {
    private static final Logger log = LoggerFactory.getLogger(StoreHealth.class);

    /** What can keep a store from taking appends, most lasting first. */
    public enum Obstacle {
        /** A write or a force failed, or a worker ended: for good. */
        FAILURE(Refusal.WRITER_FAILED),
        CLOSING(Refusal.CLOSING),
        /** No space for queues and indexes. */
        PROJECTION_SPACE(Refusal.DISK_FULL),
        /** No space for what a checkpoint would speak of. */
        CHECKPOINT_SPACE(Refusal.DISK_FULL),
        /** More of the disk is used than the settings allow. */
        DISK_USE(Refusal.DISK_FULL);

        private final Refusal refusal;

        Obstacle(Refusal refusal) {
            this.refusal = refusal;
        }
    }

    private final Map<Obstacle, Refused> obstacles = new EnumMap<>(Obstacle.class); // guarded by this object's lock
    private volatile Optional<Refused> refusal = Optional.empty(); // the most lasting of them
    private volatile Runnable failureBell = () -> {}; // set by the one who answers those who wait

    /** Why every append is refused now; empty if it is not so. */
    public Optional<Refused> refusal() {
        return refusal;
    }

    public synchronized boolean has(Obstacle obstacle) {
        return obstacles.containsKey(obstacle);
    }

    /** Rung when a failure has arisen, whoever found it: sends may wait for what now never comes. Rung by any thread. */
    void whenFailed(Runnable bell) {
        failureBell = bell;
    }

    /** Something keeps the store from taking appends. The first detail given for an obstacle stands until it goes. */
    public void arise(Obstacle obstacle, String detail) {
        if (note(obstacle, detail) && obstacle == Obstacle.FAILURE) {
            failureBell.run();
        }
    }

    private synchronized boolean note(Obstacle obstacle, String detail) {
        if (obstacles.putIfAbsent(obstacle, new Refused(obstacle.refusal, detail)) == null) {
            if (obstacle == Obstacle.FAILURE) {
                log.error("Store takes no more messages. reason={}", detail);
            } else if (obstacle != Obstacle.CLOSING) {
                log.warn("Store refuses messages for now. reason={}", detail);
            }
            publish();
            return true;
        }
        return false;
    }

    /** An obstacle has gone. */
    public synchronized void pass(Obstacle obstacle) {
        if (obstacle == Obstacle.FAILURE) {
            throw new IllegalStateException("a failure does not pass");
        }
        if (obstacles.remove(obstacle) != null) {
            log.info("Store no longer refuses messages for this. obstacle={}", obstacle);
            publish();
        }
    }

    private void publish() {
        refusal = obstacles.values().stream().findFirst();
    }
}
