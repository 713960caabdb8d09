package io.ternmq.broker.store.engine;

import io.ternmq.broker.store.engine.Checkpoint.Place;
import io.ternmq.broker.store.log.CommitLog;
import io.ternmq.broker.store.log.LogCursor;
import io.ternmq.broker.store.log.LogCursor.Found;
import java.io.IOException;
import java.util.Optional;

/** Finds where a start has to begin to look through the log, so that it need not read all of it. Reads only. */
final class LogStart {
    /** Store times of a checkpoint are taken as this much earlier, as every broker of this format does. */
    static final long CHECKPOINT_SLACK_MILLIS = 3_000;

    /**
     * Where to begin.
     *
     * @param scanFrom position of a record, or of a segment's beginning
     * @param derived queues hold all below, and it is on disk; at or above {@code scanFrom}
     */
    record Start(long scanFrom, long derived) {}

    private final CommitLog log;
    private final LogCursor cursor;

    LogStart(CommitLog log, LogCursor cursor) {
        this.log = log;
        this.cursor = cursor;
    }

    /** @param nowMillis wall clock: a checkpoint that claims to be of a later time is damaged */
    Start find(Checkpoint.State checkpoint, long nowMillis) throws IOException {
        Optional<Place> place = checkpoint.place().filter(this::isInLog);
        if (place.isEmpty()) {
            return from(segmentBefore(checkpoint.millis() <= nowMillis ? checkpoint.millis() : 0));
        }
        long last = place.get().lastRecord();
        boolean isThere = cursor.look(last, log.endPosition()) == Found.RECORD
                && cursor.record().isIntact();
        // Where the record is not as it was noted the queues' last entries may not be, either.
        return isThere ? new Start(last, place.get().dispatched()) : from(log.baseOf(last));
    }

    private static Start from(long position) {
        return new Start(position, position);
    }

    private boolean isInLog(Place place) {
        return place.lastRecord() >= log.minPosition()
                && place.lastRecord() < place.dispatched()
                && place.dispatched() <= log.endPosition();
    }

    // The newest segment whose first record is as old as the checkpoint: all queue entries before it are on disk.
    private long segmentBefore(long checkpointMillis) throws IOException {
        long limitMillis = checkpointMillis - CHECKPOINT_SLACK_MILLIS;
        for (long base = log.endPosition() - log.segmentBytes(); base > log.minPosition(); base -= log.segmentBytes()) {
            if (cursor.look(base, log.endPosition()) == Found.RECORD
                    && cursor.record().storeMillis() > 0
                    && cursor.record().storeMillis() <= limitMillis) {
                return base;
            }
        }
        return log.minPosition();
    }
}
