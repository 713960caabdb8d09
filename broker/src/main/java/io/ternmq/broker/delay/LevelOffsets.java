package io.ternmq.broker.delay;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLongArray;

/** How far the levels have come. Written by the delivery alone, read by whoever saves it. */
final class LevelOffsets {
    private final AtomicLongArray next;

    // The highest that one was delivered to; written before its level moves on, read after it.
    private volatile long highestPosition = -1;

    /**
     * How far they had come at one moment.
     *
     * @param offsets the next to be delivered, by level
     * @param highestPosition none of those delivered lies above it in the log; negative if none was since the start
     */
    record Snapshot(Map<Integer, Long> offsets, long highestPosition) {}

    /** @param levels levels from 1 to this one are counted, all from 0 on */
    LevelOffsets(int levels) {
        next = new AtomicLongArray(levels);
    }

    /** Offset of the next message of a level. */
    long next(int level) {
        return next.get(level - 1);
    }

    /** Nothing below {@code nextOffset} remains to be delivered. */
    void passed(int level, long nextOffset) {
        next.set(level - 1, nextOffset);
    }

    /** The same, the last of it having been stored at a log position. Of several levels they come in any order. */
    void delivered(int level, long nextOffset, long position) {
        highestPosition = Math.max(highestPosition, position);
        passed(level, nextOffset);
    }

    Snapshot snapshot() {
        Map<Integer, Long> offsets = new TreeMap<>();
        for (int level = 1; level <= next.length(); level++) {
            offsets.put(level, next(level));
        }
        return new Snapshot(offsets, highestPosition);
    }
}
