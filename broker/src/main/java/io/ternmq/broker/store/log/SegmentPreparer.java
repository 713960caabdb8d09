package io.ternmq.broker.store.log;

import io.ternmq.broker.store.FlushMode;
import io.ternmq.broker.store.file.DiskFullException;
import io.ternmq.common.time.Clock;
import io.ternmq.common.work.Worker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes room ahead of the log's end: files, blocks on disk by writing zeros, and, where records are stored through the
 * mapping, touched pages in memory. Owns what lies ahead of the end, and how far that is prepared. So an append neither
 * allocates nor faults, and a full disk shows here as an error and not in a mapped store as the death of the process.
 */
final class SegmentPreparer implements Worker {
    private static final Logger logger = LoggerFactory.getLogger(SegmentPreparer.class);

    /**
     * Prepared in one step, up to a multiple of it in the file. Where Linux keeps what was written together as one piece
     * of its cache, a piece of just this size and place is mapped by one entry instead of 512: touching it is one fault,
     * and storing into it, or reading what was stored, seldom has to look up where a page is.
     */
    static final int CHUNK_BYTES = 2 << 20;

    /** Written together where each message is forced: what a force finds of a piece is looked through as a whole. */
    private static final int PIECE_BYTES_IF_FORCED = 16 << 10;

    /** The window before anything was appended; it grows with what has been, so that a small broker stays small. */
    static final long WINDOW_BYTES_MIN = 4L << 20;

    static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private static final int PAGE_BYTES = 4096;

    /** What the preparer rings. */
    record Bells(Runnable preparer, Runnable writer) {}

    private final CommitLog log;
    private final LogProgress progress;
    private final StoreHealth health;
    private final Clock clock;
    private final long windowBytesMax;
    private final Bells bells;
    private final long openedAt;
    private final ByteBuffer zeros;
    private final boolean isTouched; // records are stored through the mapping, and not written
    private final int pieceBytes; // written by one call

    private volatile long prepared; // moved by this worker, read by the holder of the writer's pen
    private volatile long wanted; // moved by the holder of the writer's pen, read by this worker
    private volatile Optional<String> lackOfSpace = Optional.empty(); // set by this worker, read by the holder
    private long retryAtNanos;

    SegmentPreparer(LogState state, Clock clock, FlushMode flush, long windowBytesMax, Bells bells) {
        this.log = state.log();
        this.progress = state.progress();
        this.health = state.health();
        this.clock = clock;
        // More than a segment ahead would be files that nobody may need for long.
        this.windowBytesMax = Math.min(windowBytesMax, log.segmentBytes());
        this.bells = bells;
        this.openedAt = progress.appendedPosition();
        this.prepared = openedAt;
        this.zeros = ByteBuffer.allocateDirect(Math.min(CHUNK_BYTES, log.segmentBytes()));
        this.isTouched = flush != FlushMode.SYNC_FLUSH;
        this.pieceBytes = isTouched ? CHUNK_BYTES : PIECE_BYTES_IF_FORCED;
    }

    /** Why nothing more can be prepared now; empty if it can. */
    Optional<String> lackOfSpace() {
        return lackOfSpace;
    }

    /**
     * Whether an append may be stored up to here; if not, the preparer rings the writer once that or the lack of space
     * is known. The holder of the writer's pen only.
     */
    boolean isPrepared(long position) {
        if (position <= prepared) {
            return true;
        }
        wanted = position;
        bells.preparer().run();
        return position <= prepared;
    }

    /** The log's end has moved: prepares anew when half of the window is used up. */
    void ringIfLow() {
        if (prepared - progress.appendedPosition() < window() / 2) {
            bells.preparer().run();
        }
    }

    @Override
    public int doWork() {
        if (isResting()) {
            return 0;
        }
        long target = Math.max(progress.appendedPosition() + window(), wanted);
        if (prepared >= target || health.has(StoreHealth.Obstacle.FAILURE)) {
            return 0;
        }
        long before = prepared;
        try {
            prepareChunk();
            if (lackOfSpace.isPresent()) {
                lackOfSpace = Optional.empty();
                logger.info("There is space for the log again. position={}", prepared);
            }
        } catch (DiskFullException e) {
            noteLack(e);
        } catch (IOException e) {
            health.arise(StoreHealth.Obstacle.FAILURE, "cannot prepare the log at " + prepared + ": " + e.getMessage());
        }
        // Looked at after the progress, while the writer looks at the progress after saying what it wants: whoever is
        // later sees the other.
        if (wanted > before) {
            bells.writer().run();
        }
        return 1;
    }

    @Override
    public long nextDueNanos() {
        boolean isTryingAgain = lackOfSpace.isPresent() && !health.has(StoreHealth.Obstacle.FAILURE);
        return isTryingAgain ? retryAtNanos : NEVER;
    }

    private boolean isResting() {
        return lackOfSpace.isPresent() && clock.monotonicNanos() - retryAtNanos < 0;
    }

    private long window() {
        long grown = Math.max(WINDOW_BYTES_MIN, progress.appendedPosition() - openedAt);
        return Math.min(grown, windowBytesMax);
    }

    private void noteLack(DiskFullException e) {
        retryAtNanos = clock.monotonicNanos() + RETRY_AFTER.toNanos();
        if (lackOfSpace.isEmpty()) {
            logger.warn("No space for the log; trying again each second. position={}", prepared, e);
        }
        lackOfSpace = Optional.of("the disk of the commit log is full: " + e.getMessage());
    }

    private void prepareChunk() throws IOException {
        LogSegment segment = prepared == log.endPosition() ? log.addNext() : segmentAt(prepared);
        int index = (int) (prepared - segment.base());
        int bytes = Math.min(zeros.capacity() - index % zeros.capacity(), segment.length() - index);
        for (int done = 0; done < bytes; done += pieceBytes) {
            segment.file().write(zeros.duplicate().limit(Math.min(pieceBytes, bytes - done)), index + done);
        }
        if (isTouched) {
            touch(segment, index, index + bytes);
        }
        prepared = segment.base() + index + bytes; // only now may the writer store there
    }

    private LogSegment segmentAt(long position) {
        return log.segmentAt(position)
                .orElseThrow(() -> new IllegalStateException("no segment at prepared position " + position));
    }

    // A store, not a load, so that the page is there for writing; the byte is zero already.
    private static void touch(LogSegment segment, int from, int to) {
        ByteBuffer buffer = segment.memory()
                .orElseThrow(() -> new IllegalStateException("segment at " + segment.base() + " is not mapped"))
                .buffer();
        for (int i = from; i < to; i = (i / PAGE_BYTES + 1) * PAGE_BYTES) {
            buffer.put(i, (byte) 0);
        }
    }
}
