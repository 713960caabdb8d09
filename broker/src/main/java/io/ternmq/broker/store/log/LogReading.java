package io.ternmq.broker.store.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one reader holds of the log: leases of mapped segments (hot records) and borrowed memory with copies (cold ones).
 * Filled by one thread; released once, by any.
 */
public final class LogReading implements Runnable {
    /** As much can be fetched at once. */
    public static final int FETCH_BYTES_MAX = ReadBuffers.BUFFER_BYTES;

    private static final Logger logger = LoggerFactory.getLogger(LogReading.class);
    private static final ByteBuffer NONE = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private final CommitLog log;
    private final ReadBuffers pool;
    private final long hotFrom;
    private final List<SegmentMemory> leases = new ArrayList<>(2);
    private final List<ByteBuffer> borrowed = new ArrayList<>(2);
    private final AtomicBoolean isReleased = new AtomicBoolean(); // set by whoever releases

    private LogSegment current; // of the last lease; null before the first
    private ByteBuffer memory; // of the last lease
    private ByteBuffer copies; // the last borrowed; null before the first
    private ByteBuffer fetched; // the last fetched; null before the first
    private long fetchedFrom;

    /** @param hotFrom records from this position on are read from mapped memory where there is any */
    public LogReading(CommitLog log, ReadBuffers pool, long hotFrom) {
        this.log = log;
        this.pool = pool;
        this.hotFrom = hotFrom;
    }

    /**
     * The bytes of a record; valid until {@link #run()}. Empty if the log does not hold it any more.
     *
     * @param size of the record, 1 or more
     */
    public ByteBuffer record(long position, int size) throws IOException {
        if (position >= hotFrom && enter(position) && position + size <= current.end()) {
            return memory.slice((int) (position - current.base()), size);
        }
        if (fetched != null && position >= fetchedFrom && position - fetchedFrom <= fetched.limit() - size) {
            return fetched.slice((int) (position - fetchedFrom), size);
        }
        return copy(position, size);
    }

    /** Whether records from {@code position} on are read from mapped memory where there is any. */
    public boolean isHot(long position) {
        return position >= hotFrom;
    }

    /**
     * Copies a part of the log with one call to the system, for the cold records that will be asked for in it. Does
     * nothing where the log does not hold all of it in one segment, or it cannot be read: each record is then read by
     * itself, and fails only where it must.
     *
     * @param end behind its last byte, {@link #FETCH_BYTES_MAX} from its first at most
     */
    public void fetch(long from, long end) {
        try {
            ByteBuffer part = copy(from, (int) (end - from));
            if (part.hasRemaining()) {
                fetched = part;
                fetchedFrom = from;
            }
        } catch (IOException e) {
            logger.debug("Records are read one by one. from={} end={}", from, end, e);
        }
    }

    /** Gives everything back. A second call does nothing. */
    @Override
    public void run() {
        if (isReleased.compareAndSet(false, true)) {
            leases.forEach(SegmentMemory::release);
            borrowed.forEach(pool::giveBack);
        }
    }

    private boolean enter(long position) {
        if (current != null && position >= current.base() && position < current.end()) {
            return true;
        }
        Optional<LogSegment> segment = log.segmentAt(position);
        Optional<SegmentMemory> leased = segment.flatMap(LogSegment::memory).filter(SegmentMemory::tryLease);
        if (leased.isEmpty()) {
            return false;
        }
        leases.add(leased.get());
        current = segment.get();
        memory = leased.get().buffer();
        return true;
    }

    private ByteBuffer copy(long position, int size) throws IOException {
        Optional<LogSegment> leased = log.leaseAt(position);
        if (leased.isEmpty()) {
            return NONE;
        }
        LogSegment segment = leased.get();
        try {
            if (position + size > segment.end()) {
                return NONE;
            }
            ByteBuffer target = memoryFor(size);
            segment.read(target, position);
            return target.flip();
        } finally {
            segment.release();
        }
    }

    private ByteBuffer memoryFor(int size) {
        if (size > ReadBuffers.BUFFER_BYTES) {
            return ByteBuffer.allocate(size);
        }
        if (copies == null || copies.remaining() < size) {
            copies = pool.borrow();
            borrowed.add(copies);
        }
        ByteBuffer part = copies.slice(copies.position(), size);
        copies.position(copies.position() + size);
        return part;
    }
}
