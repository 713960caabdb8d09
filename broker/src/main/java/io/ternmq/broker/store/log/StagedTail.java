package io.ternmq.broker.store.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Records are gathered in memory and written to the file together, right before they are forced. For where nobody hears
 * of a record before it is forced: to store each through the mapping would make the system take the right to write from
 * every page of a force, and give it back at the next store.
 *
 * <p>The memory is filled from its beginning to its end and again from its beginning, lap by lap; a lap also begins
 * whenever all is written, so that as a rule only a little of the memory is used. Owned by the holder of the pen; how far
 * it is written, by whoever writes, one at a time.
 */
final class StagedTail implements TailMemory {
    private final CommitLog log;
    private volatile ByteBuffer memory; // replaced by the holder, while nothing of it waits to be written

    // The holder's. Positions that lie at index 0.
    private volatile long lap; // of the newest lap, in which room is taken now; read by whoever writes
    private long lapBefore; // of the one before it; of interest while some of that waits to be written

    // Of whoever writes.
    private final AtomicBoolean isWriting = new AtomicBoolean(); // raised by the one who then does
    private volatile long written; // all below lies in the file; read by any thread
    private volatile boolean isBroken; // a write has failed; read by any thread
    private long lapRead; // position that lies at index 0 of what is written

    /**
     * @param sizeBytes how much may wait to be written, unless one unit alone is longer
     * @param position where the log ends
     */
    StagedTail(CommitLog log, int sizeBytes, long position) {
        this.log = log;
        this.memory = ByteBuffer.allocateDirect(sizeBytes);
        this.lap = position;
        this.written = position;
        this.lapRead = position;
    }

    @Override
    public void enter(LogSegment segment) {
        // The memory does not depend on it.
    }

    @Override
    public int take(long position, int bytes) {
        long free = written;
        if (free == position) {
            fit(bytes);
            return beginLap(position);
        }
        long begin = lap;
        long index = position - begin;
        if (free < begin) {
            return index + bytes <= free - lapBefore ? (int) index : NO_ROOM;
        }
        if (index + bytes <= memory.capacity()) {
            return (int) index;
        }
        return bytes <= free - begin ? beginLap(position) : NO_ROOM;
    }

    @Override
    public ByteBuffer buffer() {
        return memory;
    }

    @Override
    public boolean isInFile(long position) {
        return position <= written;
    }

    @Override
    public boolean isBroken() {
        return isBroken;
    }

    @Override
    public boolean writeOut(long end) throws IOException {
        if (isInFile(end)) {
            return true;
        }
        if (!isWriting.compareAndSet(false, true)) {
            return false;
        }
        try {
            while (written < end) {
                writePart(end);
            }
            return true;
        } finally {
            isWriting.set(false);
        }
    }

    private void writePart(long end) throws IOException {
        if (isBroken) {
            throw new IOException("a write before failed, and nothing is written behind it");
        }
        boolean isDone = false;
        try {
            writeLeased(written, end);
            isDone = true;
        } finally {
            isBroken |= !isDone;
        }
    }

    private void writeLeased(long from, long end) throws IOException {
        LogSegment segment = log.leaseAt(from)
                .orElseThrow(() -> new IllegalStateException("no segment at unwritten position " + from));
        try {
            write(segment, from, Math.min(end, segment.end()));
        } finally {
            segment.release();
        }
    }

    // Up to where a lap ends. Since one begins only where all of the one before the last is written, no more than one
    // begins between what is written and what is published.
    private void write(LogSegment segment, long from, long end) throws IOException {
        long begin = lap;
        if (from >= begin) {
            lapRead = begin;
        }
        long to = from < begin ? Math.min(begin, end) : end;
        ByteBuffer bytes = memory.duplicate().limit((int) (to - lapRead)).position((int) (from - lapRead));
        try {
            segment.file().write(bytes, from - segment.base());
        } finally {
            written = lapRead + bytes.position(); // what came there before it failed is there, and may be found again
        }
    }

    private int beginLap(long position) {
        lapBefore = lap;
        lap = position;
        return 0;
    }

    // One unit alone has room however long it is, or it never could be stored. The larger memory stays: others of that
    // length are likely to come.
    private void fit(int bytes) {
        if (bytes > memory.capacity()) {
            memory = ByteBuffer.allocateDirect(bytes);
        }
    }
}
