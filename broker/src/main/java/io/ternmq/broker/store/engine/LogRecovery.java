package io.ternmq.broker.store.engine;

import io.ternmq.broker.store.log.CommitLog;
import io.ternmq.broker.store.log.LogCursor;
import io.ternmq.broker.store.log.LogCursor.Found;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out, at start, where the log ends and from where queues must be derived again. Reads only: what it finds is
 * acted upon by the store. The same whether the last stop was clean or not.
 */
final class LogRecovery {
    private static final Logger logger = LoggerFactory.getLogger(LogRecovery.class);

    /** Store times of a checkpoint are taken as this much earlier, as every broker of this format does. */
    static final long CHECKPOINT_SLACK_MILLIS = 3_000;

    /**
     * What was found.
     *
     * @param end position behind the last whole record
     * @param dispatchFrom queues hold all below this position, and must be derived again from it on
     */
    record Recovered(long end, long dispatchFrom) {}

    private final CommitLog log;

    LogRecovery(CommitLog log) {
        this.log = log;
    }

    /**
     * @param checkpoint what the last run left, if anything
     * @param hasQueues whether any queues are there; without them all must be derived
     */
    Recovered run(Optional<Checkpoint.State> checkpoint, boolean hasQueues) throws IOException {
        long min = log.minPosition();
        if (log.segmentCount() == 0) {
            return new Recovered(min, min);
        }
        try (LogCursor cursor = new LogCursor(log)) {
            Optional<Checkpoint.Place> place = checkpoint.flatMap(Checkpoint.State::place);
            if (hasQueues && place.isPresent() && isBelievable(cursor, place.get())) {
                return new Recovered(
                        endFrom(cursor, place.get().lastRecord()), place.get().dispatched());
            }
            long from = hasQueues ? segmentBefore(cursor, checkpoint) : min;
            return new Recovered(endFrom(cursor, from), from);
        }
    }

    // The noted record is there, whole, and ends where the note says, or the segment ends there.
    private boolean isBelievable(LogCursor cursor, Checkpoint.Place place) throws IOException {
        if (place.lastRecord() < log.minPosition()
                || cursor.look(place.lastRecord(), log.endPosition()) != Found.RECORD
                || !cursor.record().isIntact()) {
            return false;
        }
        return place.dispatched() == cursor.nextPosition()
                || place.dispatched() == log.baseOf(place.lastRecord()) + log.segmentBytes();
    }

    // The newest segment whose first record is as old as the checkpoint: all queue entries before it are on disk.
    private long segmentBefore(LogCursor cursor, Optional<Checkpoint.State> checkpoint) throws IOException {
        long limitMillis = checkpoint.map(Checkpoint.State::millis).orElse(0L) - CHECKPOINT_SLACK_MILLIS;
        for (long base = log.endPosition() - log.segmentBytes(); base > log.minPosition(); base -= log.segmentBytes()) {
            if (cursor.look(base, log.endPosition()) == Found.RECORD
                    && cursor.record().storeMillis() > 0
                    && cursor.record().storeMillis() <= limitMillis) {
                return base;
            }
        }
        return log.minPosition();
    }

    private long endFrom(LogCursor cursor, long from) throws IOException {
        long position = from;
        long records = 0;
        while (true) {
            Found found = cursor.look(position, log.endPosition());
            if (found == Found.NOTHING
                    || (found == Found.RECORD && !cursor.record().isIntact())) {
                break;
            }
            records += found == Found.RECORD ? 1 : 0;
            position = cursor.nextPosition();
        }
        reportDropped(cursor, position);
        logger.info("Log recovered. from={} end={} records={}", from, position, records);
        return position;
    }

    // A torn record is the normal end of a log whose process was killed. A whole one behind it is not: say so.
    private void reportDropped(LogCursor cursor, long end) throws IOException {
        long segmentEnd = Math.min(log.baseOf(end) + log.segmentBytes(), log.endPosition());
        if (!cursor.isWritten(end, segmentEnd)) {
            return;
        }
        OptionalLong next = cursor.find(end + 1, segmentEnd);
        if (next.isPresent()) {
            logger.error(
                    "Log is cut at a damaged record although whole ones follow. position={} next={}",
                    end,
                    next.getAsLong());
        } else {
            logger.warn("Log is cut at a record that was not written to its end. position={}", end);
        }
    }
}
