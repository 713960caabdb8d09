package io.ternmq.broker.store.log;

import io.ternmq.broker.store.file.Leased;
import io.ternmq.broker.store.file.StoreFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * One file of the log. Owns the open file and, while its records are young, the memory it is mapped to. Both are leased:
 * the log holds the first lease of each, readers theirs.
 */
final class LogSegment extends Leased {
    private final long base;
    private final int length;
    private final StoreFile file;
    private volatile Optional<SegmentMemory> memory; // taken away by whoever cools the segment

    private LogSegment(long base, int length, StoreFile file, Optional<SegmentMemory> memory) {
        this.base = base;
        this.length = length;
        this.file = file;
        this.memory = memory;
    }

    /** A segment to be read by position only. */
    static LogSegment unmapped(long base, int length, StoreFile file) {
        return new LogSegment(base, length, file, Optional.empty());
    }

    /** A segment to append to. */
    static LogSegment mapped(long base, int length, StoreFile file) throws IOException {
        return new LogSegment(base, length, file, Optional.of(new SegmentMemory(file.map(length))));
    }

    /** Position of its first byte. */
    long base() {
        return base;
    }

    /** Position behind its last byte. */
    long end() {
        return base + length;
    }

    int length() {
        return length;
    }

    StoreFile file() {
        return file;
    }

    /** The mapped bytes, without a lease; empty once the segment has cooled. */
    Optional<SegmentMemory> memory() {
        return memory;
    }

    /** Gives the mapped memory back when the last reader is done; from now on the segment is read by position. */
    void cool() {
        Optional<SegmentMemory> had = memory;
        memory = Optional.empty();
        had.ifPresent(Leased::release);
    }

    /** Whether all that lies between two positions of this segment is mapped, and in memory now. */
    boolean isInMemory(long from, long to) {
        Optional<SegmentMemory> mapped = memory;
        if (mapped.isEmpty() || !mapped.get().tryLease()) {
            return false;
        }
        try {
            return mapped.get().isInMemory((int) (from - base), (int) (to - from));
        } finally {
            mapped.get().release();
        }
    }

    /** Forces what lies between two positions of this segment. The caller holds a lease of the segment. */
    void force(long from, long to) throws IOException {
        Optional<SegmentMemory> mapped = memory;
        if (mapped.isPresent() && mapped.get().tryLease()) {
            try {
                mapped.get().force((int) (from - base), (int) (to - from));
            } finally {
                mapped.get().release();
            }
        } else {
            file.force();
        }
    }

    /** Reads by position until {@code target} is full. The caller holds a lease of the segment. */
    void read(ByteBuffer target, long position) throws IOException {
        int wanted = target.remaining();
        int count = file.read(target, position - base);
        if (count < wanted) {
            throw new IOException(file.path() + " ends " + (wanted - count) + " bytes too early: wanted " + wanted
                    + " bytes at " + (position - base));
        }
    }

    @Override
    protected void dispose() {
        cool();
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close " + file.path(), e);
        }
    }

    @Override
    public String toString() {
        return "segment " + base;
    }
}
