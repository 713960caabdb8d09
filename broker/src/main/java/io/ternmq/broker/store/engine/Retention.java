package io.ternmq.broker.store.engine;

import io.ternmq.broker.store.RetentionConfig;
import io.ternmq.broker.store.file.DiskSpace;
import io.ternmq.broker.store.file.StoreFiles;
import io.ternmq.broker.store.log.CommitLog;
import io.ternmq.broker.store.log.LogProgress;
import io.ternmq.broker.store.log.StoreHealth;
import io.ternmq.broker.store.log.StoreHealth.Obstacle;
import io.ternmq.common.time.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the oldest part of the log when it is old enough or the disk too full, and has sends refused before the disk
 * is full; unmaps what has become cold. Owns these decisions. Stepped by one thread at a time.
 */
final class Retention {
    private static final Logger logger = LoggerFactory.getLogger(Retention.class);
    private static final int PERCENT = 100;

    /** The system limits a process to some 65,000 mappings; files of the log are short only where somebody has set so. */
    private static final int MAPPED_FILES_MAX = 1_000;

    private final StoreFiles files;
    private final Path directory;
    private final CommitLog log;
    private final LogProgress progress;
    private final LogAccess access;
    private final RetentionConfig config;
    private final Parts parts;

    /** What else it needs. */
    record Parts(StoreHealth health, CheckpointKeeper checkpoints, Clock clock, ZoneId zone) {}

    /** @param directory lies on the file system whose use is looked at */
    Retention(
            StoreFiles files,
            Path directory,
            CommitLog log,
            LogProgress progress,
            LogAccess access,
            RetentionConfig config,
            Parts parts) {
        this.files = files;
        this.directory = directory;
        this.log = log;
        this.progress = progress;
        this.access = access;
        this.config = config;
        this.parts = parts;
    }

    /**
     * Looks at age and space, and removes what has to go.
     *
     * @return whether anything was removed
     */
    boolean run() throws IOException {
        int removed = 0;
        boolean isDue = isOldestDue();
        while (isDue && log.removeOldest(removable())) {
            removed++;
            logger.info("Oldest log file removed. minPosition={}", log.minPosition());
            isDue = isOldestDue();
        }
        if (isDue && log.minPosition() + log.segmentBytes() <= done()) {
            parts.checkpoints().want(); // what it names may be removed by the next run
        }
        noteSpace();
        cool();
        return removed > 0;
    }

    // Nothing that is still to be forced, dispatched, or read from memory.
    private void cool() {
        long limit = Math.min(done(), access.hotFrom());
        if (log.hasWarmBelow(limit)) {
            long mappedFrom = limit - (long) MAPPED_FILES_MAX * log.segmentBytes();
            log.coolBelow(Math.min(limit, Math.max(mappedFrom, access.cachedFrom())));
        }
    }

    private boolean isOldestDue() throws IOException {
        int used = usedPercent();
        if (used >= config.forcePercent()) {
            return true;
        }
        boolean isTime = config.deleteHours().contains(hourOfDay()) || used >= config.cleanPercent();
        return isTime && isOldestExpired();
    }

    // A file is as old as the first record behind it: what is in it was all there by then. Where that one is damaged
    // the file after it tells, which ended no earlier.
    private boolean isOldestExpired() throws IOException {
        long limitMillis = parts.clock().wallMillis() - config.reserved().toMillis();
        for (long next = log.minPosition() + log.segmentBytes(); next < done(); next += log.segmentBytes()) {
            long endedMillis = access.storeMillisAt(next);
            if (endedMillis != Long.MIN_VALUE) {
                return endedMillis <= limitMillis;
            }
        }
        return false;
    }

    // What the checkpoint names stays, and so does all behind it: of that a part of the queues may be in memory alone.
    private long removable() {
        return Math.min(done(), parts.checkpoints().neededFrom());
    }

    // What lies below is on the disk, and queues have been derived from it.
    private long done() {
        return Math.min(progress.flushed().position(), progress.dispatched().position());
    }

    private int hourOfDay() {
        return Instant.ofEpochMilli(parts.clock().wallMillis())
                .atZone(parts.zone())
                .getHour();
    }

    // 0 as long as enough bytes are free, whatever part of the disk that is.
    private int usedPercent() throws IOException {
        DiskSpace space = files.space(directory);
        return space.freeBytes() >= config.freeBytesEnough() ? 0 : (int) (space.usedRatio() * PERCENT);
    }

    private void noteSpace() throws IOException {
        int used = usedPercent();
        if (used >= config.refusePercent()) {
            parts.health()
                    .arise(
                            Obstacle.DISK_USE,
                            "the disk of the commit log is used to " + used + " percent: messages are taken below "
                                    + config.refusePercent() + " (diskSpaceWarningLevelRatio)");
        } else {
            parts.health().pass(Obstacle.DISK_USE);
        }
    }
}
