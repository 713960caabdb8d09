package io.ternmq.broker.store.engine;

import io.ternmq.broker.store.engine.RecoveryReport.Cut;
import io.ternmq.broker.store.log.CommitLog;
import io.ternmq.broker.store.log.Hole;
import io.ternmq.broker.store.log.LogCursor;
import io.ternmq.broker.store.log.LogCursor.Found;
import io.ternmq.broker.store.log.RecordSearch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks through the log, record by record, up to its end, and judges each damaged place: a hole, to be stepped over, or
 * the end. Changes nothing but the log's list of holes. Used once.
 */
final class RecoveryScan {
    private static final Logger logger = LoggerFactory.getLogger(RecoveryScan.class);

    /**
     * Behind the forced position a record matters only for what is said of a cut, and pages that were not forced are not
     * lost so many in a row: the zeros are those that were never written to, mostly the better part of a gigabyte.
     */
    private static final long UNFORCED_ZEROS_MAX = 128L << 20;

    /**
     * What was found.
     *
     * @param end where the log ends
     * @param records whole ones below
     * @param last the newest of them
     */
    record Result(long end, long records, Optional<Last> last, List<Hole> holes, Optional<Cut> cut) {}

    /** The newest record of the log. */
    record Last(long position, long storeMillis) {}

    private final CommitLog log;
    private final LogCursor cursor;
    private final RecordSearch search;
    private final OptionalLong noted;
    private final long forced;

    private final List<Hole> holes = new ArrayList<>();
    private long records;
    private long lastPosition;
    private long lastStoreMillis;
    private long position;

    /**
     * @param noted up to here the disk had confirmed the log, if the last run noted it
     * @param isClean whether the last run ended cleanly; then it had forced all, whatever it noted
     */
    RecoveryScan(CommitLog log, LogCursor cursor, OptionalLong noted, boolean isClean) {
        this.log = log;
        this.cursor = cursor;
        this.search = new RecordSearch(log, cursor);
        this.noted = noted;
        this.forced = isClean ? Long.MAX_VALUE : noted.orElse(0);
    }

    Result run(long from) throws IOException {
        position = from;
        while (position < log.endPosition()) {
            if (isWhole()) {
                position = cursor.nextPosition();
                continue;
            }
            OptionalLong next = search.next(position + 1, position < forced ? Long.MAX_VALUE : UNFORCED_ZEROS_MAX);
            if (next.isPresent() && position < forced) {
                stepOver(next.getAsLong());
            } else {
                return result(cut(next));
            }
        }
        return result(Optional.empty());
    }

    private Result result(Optional<Cut> cut) {
        Optional<Last> last = records == 0 ? Optional.empty() : Optional.of(new Last(lastPosition, lastStoreMillis));
        return new Result(position, records, last, holes, cut);
    }

    private boolean isWhole() throws IOException {
        Found found = cursor.look(position, log.endPosition());
        if (found == Found.RECORD && cursor.record().isIntact()) {
            records++;
            lastPosition = position;
            lastStoreMillis = cursor.record().storeMillis();
            return true;
        }
        return found == Found.BLANK;
    }

    private void stepOver(long next) {
        Hole hole = new Hole(position, next - position);
        logger.error(
                "Log has a hole: what lay there is damaged, what follows is not. position={} bytes={}",
                hole.position(),
                hole.length());
        log.noteHole(hole);
        holes.add(hole);
        position = next;
    }

    private Optional<Cut> cut(OptionalLong next) throws IOException {
        boolean isTorn = cursor.isWritten(position, log.baseOf(position) + log.segmentBytes());
        long lost = Math.max(0, noted.orElse(0) - position);
        if (next.isEmpty() && !isTorn && lost == 0) {
            return Optional.empty(); // the usual end
        }
        Cut cut = new Cut(position, next.isPresent() ? countFrom(next.getAsLong()) : 0, lost);
        if (lost > 0) {
            logger.error(
                    "Log is cut below the position that the disk had confirmed. position={} confirmed={} lostBytes={}",
                    position,
                    noted.orElse(0),
                    lost);
        } else if (next.isPresent()) {
            logger.error(
                    "Log is cut at a damaged record that the disk had not confirmed; whole ones behind it are dropped."
                            + " position={} confirmed={} droppedRecords={}",
                    position,
                    noted.orElse(0),
                    cut.droppedRecords());
        } else {
            logger.warn("Log is cut at a record that was not written to its end. position={}", position);
        }
        return Optional.of(cut);
    }

    private long countFrom(long first) throws IOException {
        long count = 0;
        long at = first;
        while (at < log.endPosition()) {
            Found found = cursor.look(at, log.endPosition());
            boolean isRecord = found == Found.RECORD && cursor.record().isIntact();
            count += isRecord ? 1 : 0;
            at = isRecord || found == Found.BLANK
                    ? cursor.nextPosition()
                    : search.next(at + 1).orElse(log.endPosition());
        }
        return count;
    }
}
