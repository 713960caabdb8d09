package io.ternmq.broker.store.log;

import io.ternmq.common.message.MessageRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Reads the log record by record, forwards: from mapped memory where there is any, else through a buffer of its own.
 * Owns the lease of the segment it is in. Used by one thread.
 */
public final class LogCursor implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 20;

    /** What begins at a position. */
    public enum Found {
        /** A whole record that names its own position. */
        RECORD,
        /** Nothing more in this segment. */
        BLANK,
        /** A part that is known to be damaged; whole records follow. */
        HOLE,
        /** Neither: the end of the log, or damage. */
        NOTHING
    }

    private final CommitLog log;
    private final MessageRecord record = new MessageRecord();
    private Optional<LogSegment> segment = Optional.empty(); // leased
    private Optional<SegmentMemory> memory = Optional.empty(); // leased
    private ByteBuffer buffer = ByteBuffer.allocate(0);
    private long bufferFrom;
    private int bufferLength;
    private long next;

    public LogCursor(CommitLog log) {
        this.log = log;
    }

    /**
     * Looks at what begins at {@code position}.
     *
     * @param limit nothing at or beyond this position is looked at
     */
    public Found look(long position, long limit) throws IOException {
        next = position;
        Optional<Hole> hole = log.holeAt(position);
        if (hole.isPresent()) {
            next = hole.get().end();
            return Found.HOLE;
        }
        if (!enter(position)) {
            return Found.NOTHING;
        }
        LogSegment in = segment.orElseThrow();
        int available = (int) (Math.min(limit, in.end()) - position);
        if (available < MessageRecord.BLANK_BYTES) {
            return Found.NOTHING;
        }
        ByteBuffer bytes = bytesAt(position, MessageRecord.BLANK_BYTES);
        int size = bytes.getInt(indexOf(position));
        int magic = bytes.getInt(indexOf(position) + Integer.BYTES);
        if (magic == MessageRecord.MAGIC_BLANK && size == in.end() - position) {
            next = in.end();
            return Found.BLANK;
        }
        if (size < MessageRecord.FIXED_BYTES_MIN || size > available) {
            return Found.NOTHING;
        }
        bytes = bytesAt(position, size);
        if (!record.wrap(bytes, indexOf(position), size) || record.position() != position) {
            return Found.NOTHING;
        }
        next = position + size;
        return Found.RECORD;
    }

    /** Whether anything but zeros stands where a record would begin. */
    public boolean isWritten(long position, long limit) throws IOException {
        return position + Integer.BYTES <= limit
                && enter(position)
                && bytesAt(position, Integer.BYTES).getInt(indexOf(position)) != 0;
    }

    /** The record found; valid until the next look. */
    public MessageRecord record() {
        return record;
    }

    /** Position behind what was found. */
    public long nextPosition() {
        return next;
    }

    @Override
    public void close() {
        memory.ifPresent(SegmentMemory::release);
        segment.ifPresent(LogSegment::release);
        memory = Optional.empty();
        segment = Optional.empty();
    }

    private boolean enter(long position) {
        if (segment.isPresent()
                && position >= segment.get().base()
                && position < segment.get().end()) {
            return true;
        }
        close();
        bufferLength = 0;
        segment = log.leaseAt(position);
        memory = segment.flatMap(LogSegment::memory).filter(SegmentMemory::tryLease);
        return segment.isPresent();
    }

    private int indexOf(long position) {
        return (int) (position - (memory.isPresent() ? segment.orElseThrow().base() : bufferFrom));
    }

    // The bytes from position on, at least so many; call indexOf afterwards.
    private ByteBuffer bytesAt(long position, int bytes) throws IOException {
        if (memory.isPresent()) {
            return memory.get().buffer();
        }
        if (position < bufferFrom || position + bytes > bufferFrom + bufferLength) {
            LogSegment in = segment.orElseThrow();
            int wanted = Math.max(bytes, Math.min(BUFFER_BYTES, in.length()));
            if (buffer.capacity() < wanted) {
                buffer = ByteBuffer.allocate(wanted);
            }
            int length = (int) Math.min(buffer.capacity(), in.end() - position);
            in.read(buffer.clear().limit(length), position);
            buffer.clear();
            bufferFrom = position;
            bufferLength = length;
        }
        return buffer;
    }
}
