package io.ternmq.broker.store.log;

import io.ternmq.broker.store.file.StoreFile;
import io.ternmq.broker.store.file.StoreFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The log's segments: files of one length that follow each other without a gap, named after the position they begin at.
 * Owns the list; the last segment is added by the preparer, the first removed by retention, and anyone may look.
 */
public final class CommitLog implements AutoCloseable {
    private static final int NAME_DIGITS = 20;
    private static final int REWRITTEN_AT_ONCE = 1 << 18;

    private final StoreFiles files;
    private final Path directory;
    private final int segmentBytes;
    private volatile LogSegment[] segments = {}; // replaced under this object's lock, never changed in place
    private final ConcurrentSkipListMap<Long, Hole> holes = new ConcurrentSkipListMap<>(); // added to at start alone

    /** An empty log; its directory exists. Segments are added by {@link LogFiles} and the preparer. */
    CommitLog(StoreFiles files, Path directory, int segmentBytes) {
        this.files = files;
        this.directory = directory;
        this.segmentBytes = segmentBytes;
    }

    /** File name of the segment that begins at {@code base}. */
    static String nameOf(long base) {
        String digits = Long.toString(base);
        return "0".repeat(NAME_DIGITS - digits.length()) + digits;
    }

    public int segmentBytes() {
        return segmentBytes;
    }

    Path directory() {
        return directory;
    }

    /** Position of the first byte that is still there. */
    public long minPosition() {
        LogSegment[] all = segments;
        return all.length == 0 ? 0 : all[0].base();
    }

    /** Position behind the last file. */
    public long endPosition() {
        LogSegment[] all = segments;
        return all.length == 0 ? 0 : all[all.length - 1].end();
    }

    public int segmentCount() {
        return segments.length;
    }

    /** Where the segment begins that holds, or would hold, {@code position}. */
    public long baseOf(long position) {
        long first = minPosition();
        return position - Math.floorMod(position - first, segmentBytes);
    }

    /** Notes a damaged part, which everyone who reads the log steps over from now on. Only at start. */
    public void noteHole(Hole hole) {
        holes.put(hole.position(), hole);
    }

    /** The damaged part that holds a position. */
    public Optional<Hole> holeAt(long position) {
        if (holes.isEmpty()) {
            return Optional.empty(); // as good as always
        }
        return Optional.ofNullable(holes.floorEntry(position))
                .map(Map.Entry::getValue)
                .filter(hole -> hole.holds(position));
    }

    /** The segment that holds a position, without a lease. */
    Optional<LogSegment> segmentAt(long position) {
        LogSegment[] all = segments;
        if (all.length == 0 || position < all[0].base() || position >= all[all.length - 1].end()) {
            return Optional.empty();
        }
        return Optional.of(all[(int) ((position - all[0].base()) / segmentBytes)]);
    }

    /** The segment that holds a position, leased to the caller. */
    Optional<LogSegment> leaseAt(long position) {
        return segmentAt(position).filter(LogSegment::tryLease);
    }

    synchronized void add(LogSegment segment) {
        LogSegment[] old = segments;
        if (old.length > 0 && old[old.length - 1].end() != segment.base()) {
            throw new IllegalStateException(
                    "segment at " + segment.base() + " does not follow the one that ends at " + endPosition());
        }
        LogSegment[] more = Arrays.copyOf(old, old.length + 1);
        more[old.length] = segment;
        segments = more;
    }

    /**
     * Ends the log at {@code position}: removes later segments, and makes all behind it in its own zeros without blocks,
     * so that no stale record can come back to life behind a new one. Then the log can be appended to. Only at start.
     */
    void cutAt(long position) throws IOException {
        while (segments.length > 0 && segments[segments.length - 1].base() > position) {
            removeLast();
        }
        if (segments.length == 0 || position == endPosition()) {
            return;
        }
        LogSegment last = segments[segments.length - 1];
        // Shorter and long again: two calls, however much there is to clear. A crash between them leaves a short file,
        // which the next start lengthens.
        last.file().resize(position - last.base());
        last.file().resize(segmentBytes);
        last.file().force();
        LogSegment mapped = LogSegment.mapped(last.base(), segmentBytes, last.file());
        synchronized (this) {
            LogSegment[] all = segments.clone();
            all[all.length - 1] = mapped;
            segments = all;
        }
    }

    /** Forces all that is there from {@code position} on, whoever wrote it. Only at start. */
    void forceFrom(long position) throws IOException {
        for (LogSegment segment : segments) {
            if (segment.end() > position) {
                segment.file().force();
            }
        }
    }

    /**
     * Writes all from {@code position} to {@code end} once more, to be forced after that. To force alone would not do: the
     * run before may have ended because a force had failed, after which the system takes the pages for clean and says of
     * each later force that all is well. Only at start.
     */
    void rewrite(long position, long end) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(REWRITTEN_AT_ONCE);
        long at = Math.max(position, minPosition());
        while (at < end) {
            LogSegment segment = segmentAt(at).orElseThrow();
            buffer.clear().limit((int) Math.min(buffer.capacity(), Math.min(end, segment.end()) - at));
            segment.read(buffer, at);
            segment.file().write(buffer.flip(), at - segment.base());
            at += buffer.limit();
        }
    }

    private void removeLast() throws IOException {
        LogSegment last;
        synchronized (this) {
            last = segments[segments.length - 1];
            segments = Arrays.copyOf(segments, segments.length - 1);
        }
        files.delete(last.file().path());
        files.forceDirectory(directory);
        last.release();
    }

    /** Makes the next segment: a file of full length, mapped, its name safe. */
    LogSegment addNext() throws IOException {
        long base = endPosition();
        StoreFile file = files.create(directory.resolve(nameOf(base)), segmentBytes);
        try {
            file.force();
            files.forceDirectory(directory);
            LogSegment segment = LogSegment.mapped(base, segmentBytes, file);
            add(segment);
            return segment;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /**
     * Removes the oldest segment unless it is the last or reaches beyond {@code limit}. Readers that lease it finish.
     *
     * @return whether one was removed
     */
    public boolean removeOldest(long limit) throws IOException {
        LogSegment oldest;
        synchronized (this) {
            LogSegment[] old = segments;
            if (old.length < 2 || old[0].end() > limit) {
                return false;
            }
            oldest = old[0];
            segments = Arrays.copyOfRange(old, 1, old.length);
        }
        files.delete(oldest.file().path());
        files.forceDirectory(directory);
        oldest.release();
        return true;
    }

    /** Whether all between two positions is in one mapped segment, and its pages in memory now. Waits for nothing. */
    public boolean isInMemory(long from, long to) {
        return segmentAt(from)
                .filter(segment -> to <= segment.end() && segment.isInMemory(from, to))
                .isPresent();
    }

    /** Whether a segment that ends below {@code position} is mapped. */
    public boolean hasWarmBelow(long position) {
        for (LogSegment segment : segments) {
            if (segment.end() <= position && segment.memory().isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** Unmaps segments that end below {@code position}: nobody reads them from memory any more. */
    public void coolBelow(long position) {
        for (LogSegment segment : segments) {
            if (segment.end() > position) {
                return;
            }
            segment.cool();
        }
    }

    /** Closes all files once their readers are done. */
    @Override
    public synchronized void close() {
        LogSegment[] old = segments;
        segments = new LogSegment[0];
        for (LogSegment segment : old) {
            segment.release();
        }
    }
}
