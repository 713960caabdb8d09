package io.ternmq.broker.store.queue;

/**
 * Remembers for the newest part of a queue, every so many offsets, where in the log it lies: enough to tell without
 * touching a file whether a read from an offset is near to the log's end. Written by the dispatcher's thread, read by
 * any.
 */
final class HotMarks {
    static final int STRIDE = 256;
    static final int MARKS = 128;

    private static final long UNKNOWN = -1;

    private volatile long firstOffset = Long.MAX_VALUE; // where this process began to write; set once
    private long firstPosition; // before firstOffset becomes visible
    private volatile long[] positions; // of offsets that are multiples of the stride; made with the first of them
    private volatile long lastMark = -1; // number of the newest mark, after it was written

    /** Whether an offset is to be noted; the first one of this process is in any case. */
    static boolean isMark(long offset) {
        return offset % STRIDE == 0;
    }

    /** An entry was written, of which others between marks need not be told. Dispatcher's thread. */
    void note(long offset, long position) {
        if (firstOffset == Long.MAX_VALUE) {
            firstPosition = position;
            firstOffset = offset;
        }
        if (isMark(offset)) {
            long[] marks = positions;
            if (marks == null) {
                marks = new long[MARKS];
            }
            long mark = offset / STRIDE;
            marks[(int) (mark % MARKS)] = position;
            positions = marks;
            lastMark = mark;
        }
    }

    /** Forgets everything: the queue begins anew. Dispatcher's thread. */
    void clear() {
        firstOffset = Long.MAX_VALUE;
        lastMark = -1;
    }

    /** A log position at or below that of an offset; negative if nothing is known. */
    long positionAtOrBelow(long offset) {
        long first = firstOffset;
        if (offset < first) {
            return UNKNOWN;
        }
        long mark = offset / STRIDE;
        if (mark * STRIDE < first) {
            return firstPosition;
        }
        long[] marks = positions;
        if (marks == null || mark > lastMark || mark <= lastMark - MARKS) {
            return UNKNOWN;
        }
        long position = marks[(int) (mark % MARKS)];
        // Overwritten in between? Then it belongs to a much later offset, and that offset is no longer hot for sure.
        return mark <= lastMark - MARKS + 1 ? UNKNOWN : position;
    }
}
