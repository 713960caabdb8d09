package io.ternmq.broker.store.dispatch;

import io.ternmq.broker.store.Projection;
import io.ternmq.broker.store.dispatch.LogDispatcher.Feed;
import io.ternmq.broker.store.log.CommitLog;
import io.ternmq.broker.store.log.LogCursor;
import io.ternmq.broker.store.log.LogCursor.Found;
import io.ternmq.broker.store.log.RecordSearch;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A projection that has come less far than the others, because its files were lost or it is new: given older records,
 * some at a time, until it has caught up, while the others go on. So a start takes no longer for it. Owns its place in
 * the log. Dispatcher's thread.
 */
final class Laggard {
    private static final Logger logger = LoggerFactory.getLogger(Laggard.class);

    private final Projection projection;
    private final CommitLog log;
    private final LogCursor cursor;
    private long taken;
    private boolean isSettled = true;

    Laggard(Feed feed, CommitLog log) {
        this.projection = feed.projection();
        this.log = log;
        this.cursor = new LogCursor(log);
        this.taken = feed.from();
    }

    Projection projection() {
        return projection;
    }

    boolean hasReached(long position) {
        return isSettled && taken >= position;
    }

    /**
     * Gives it the next records.
     *
     * @param limit nothing at or beyond it is given
     * @return what lacks space; empty if all is settled
     */
    Optional<String> step(long limit) throws IOException {
        if (isSettled) {
            taken = Math.max(taken, log.minPosition()); // what retention has removed meanwhile is not needed
            take(limit);
            isSettled = false;
        }
        Optional<String> lack = projection.settle();
        isSettled = lack.isEmpty();
        return lack;
    }

    void close() {
        cursor.close();
    }

    private void take(long limit) throws IOException {
        long began = taken;
        for (int count = 0;
                taken < limit
                        && count < LogDispatcher.BATCH_RECORDS_MAX
                        && taken - began < LogDispatcher.BATCH_BYTES_MAX;
                count++) {
            Found found = cursor.look(taken, limit);
            if (found == Found.RECORD) {
                projection.project(cursor.record());
            }
            taken = found == Found.NOTHING ? behindDamage(limit) : cursor.nextPosition();
        }
    }

    // The others have passed this place long ago, and what they made of it stands.
    private long behindDamage(long limit) throws IOException {
        long next = new RecordSearch(log, cursor).next(taken + 1).orElse(limit);
        logger.warn(
                "No record where one was expected; going on behind it. projection={} position={} next={}",
                projection.name(),
                taken,
                next);
        return Math.min(next, limit);
    }
}
