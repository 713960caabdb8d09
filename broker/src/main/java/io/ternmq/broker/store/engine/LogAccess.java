package io.ternmq.broker.store.engine;

import io.ternmq.broker.store.Watermark;
import io.ternmq.broker.store.log.CommitLog;
import io.ternmq.broker.store.log.LogCursor;
import io.ternmq.broker.store.log.LogProgress;
import io.ternmq.broker.store.log.LogReading;
import io.ternmq.broker.store.log.ReadBuffers;
import io.ternmq.broker.store.log.RecordSearch;
import io.ternmq.common.message.MessageRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads of the log by position, hot or cold. Owns the memory for cold ones. Any thread. */
final class LogAccess {
    private static final Logger logger = LoggerFactory.getLogger(LogAccess.class);

    private final CommitLog log;
    private final Watermark readable;
    private final Watermark appended;
    private final long hotBytes;
    private final CachedReach cached;
    private final ReadBuffers pool = new ReadBuffers();
    private volatile long reportedDamage = -1; // the latest; any reader

    /**
     * @param hotBytes how far from the log's end records are read from mapped memory
     * @param cached how far from the log's end records are likely to be in memory at all
     */
    LogAccess(CommitLog log, LogProgress progress, long hotBytes, CachedReach cached) {
        this.log = log;
        this.readable = progress.readable();
        this.appended = progress.appended();
        this.hotBytes = hotBytes;
        this.cached = cached;
    }

    LogReading newReading() {
        return new LogReading(log, pool, hotFrom());
    }

    /** Reads from mapped memory from {@code mappedFrom} on, where there is any. */
    LogReading newReading(long mappedFrom) {
        return new LogReading(log, pool, mappedFrom);
    }

    /** Whether all between two positions can be read without waiting for the disk. */
    boolean isInMemory(long from, long to) {
        return log.isInMemory(from, to);
    }

    /** Records below this position are likely on disk only. The first call takes a while. */
    long cachedFrom() {
        return appended.position() - Math.max(hotBytes, cached.bytes());
    }

    /** Records from this position on are hot. */
    long hotFrom() {
        return appended.position() - hotBytes;
    }

    long minPosition() {
        return log.minPosition();
    }

    /** Position behind the last byte of the segment that holds {@code position}. */
    long segmentEnd(long position) {
        return log.baseOf(position) + log.segmentBytes();
    }

    long readablePosition() {
        return readable.position();
    }

    /** Where the newest segment begins whose first record was stored before a time; else where the log begins. */
    long segmentBefore(long wallMillis) throws IOException {
        long base = log.baseOf(readable.position());
        while (base > log.minPosition()) {
            long firstMillis = storeMillisAt(base);
            if (firstMillis != Long.MIN_VALUE && firstMillis < wallMillis) {
                return base;
            }
            base -= log.segmentBytes();
        }
        return log.minPosition();
    }

    LogCursor newCursor() {
        return new LogCursor(log);
    }

    RecordSearch newSearch(LogCursor cursor) {
        return new RecordSearch(log, cursor);
    }

    boolean isLikelyOnDiskOnly(long position) {
        return position < hotFrom() && position < cachedFrom();
    }

    /** Hands over the record that begins at a position; empty if no whole readable one does. */
    <T> Optional<T> read(long position, Function<ByteBuffer, T> reader) throws IOException {
        if (position < log.minPosition()
                || position + MessageRecord.FIXED_BYTES_MIN > readable.position()
                || log.holeAt(position).isPresent()) {
            return Optional.empty();
        }
        LogReading reading = newReading();
        try {
            ByteBuffer head = reading.record(position, MessageRecord.FIXED_BYTES_MIN);
            if (!head.hasRemaining()) {
                return Optional.empty();
            }
            int size = head.getInt(0);
            long limit = Math.min(readable.position(), segmentEnd(position));
            if (size < MessageRecord.FIXED_BYTES_MIN || position + size > limit) {
                return Optional.empty();
            }
            ByteBuffer bytes = reading.record(position, size);
            MessageRecord record = new MessageRecord();
            if (!bytes.hasRemaining() || !record.wrap(bytes) || record.position() != position) {
                return Optional.empty();
            }
            return Optional.ofNullable(reader.apply(bytes));
        } finally {
            reading.run();
        }
    }

    /** As {@link #read}, but empty, too, if the body does not have the checksum that the record names. Reads all of it. */
    <T> Optional<T> readIntact(long position, Function<ByteBuffer, T> reader) throws IOException {
        MessageRecord record = new MessageRecord();
        return read(position, bytes -> record.wrap(bytes) && record.isBodyIntact() ? reader.apply(bytes) : null);
    }

    /** Says in the log that what is read at a position is not the record that a queue expects there; once in a row. */
    void reportDamage(long position) {
        if (reportedDamage != position) {
            reportedDamage = position;
            logger.error("Damaged record in the log is left out of what is read. position={}", position);
        }
    }

    /** Store time of the record at a position; the smallest number if there is none. */
    long storeMillisAt(long position) throws IOException {
        MessageRecord record = new MessageRecord();
        return read(position, bytes -> record.wrap(bytes) ? record.storeMillis() : Long.MIN_VALUE)
                .orElse(Long.MIN_VALUE);
    }
}
