package io.ternmq.broker.delay;

import io.ternmq.broker.delay.LevelOffsets.Snapshot;
import io.ternmq.broker.offset.DelayOffsetsFile;
import io.ternmq.broker.store.MessageStore;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Saves how far the levels have come. What the file counts as delivered has been forced to disk where it was delivered to,
 * or a power cut could lose it: until then an older state stands. One thread at a time.
 */
final class OffsetSaving {
    private static final Logger log = LoggerFactory.getLogger(OffsetSaving.class);

    private final LevelOffsets offsets;
    private final DelayOffsetsFile file;
    private final MessageStore store;
    private Snapshot unforced; // the oldest that has not been saved; null if there is none

    OffsetSaving(LevelOffsets offsets, DelayOffsetsFile file, MessageStore store) {
        this.offsets = offsets;
        this.file = file;
        this.store = store;
    }

    /** Saves what may be. A failure is logged and tried again the next time. */
    void save() {
        long forced = store.state().flushedPosition();
        Snapshot newest = offsets.snapshot();
        if (newest.highestPosition() < forced) {
            saveNow(newest);
            unforced = null;
            return;
        }
        if (unforced != null && unforced.highestPosition() < forced) {
            saveNow(unforced);
            unforced = null;
        }
        if (unforced == null) {
            unforced = newest;
        }
    }

    /**
     * Saves all there is, at a clean stop: the store forces its log as well before the broker ends, and what a stop leaves
     * undelivered must not be delivered twice.
     */
    void saveLast() {
        saveNow(offsets.snapshot());
    }

    private void saveNow(Snapshot snapshot) {
        try {
            file.save(snapshot.offsets());
        } catch (IOException e) {
            log.error("Offsets of delay levels not saved; trying again. file={}", file.path(), e);
        }
    }
}
