package io.ternmq.broker.store.engine;

import io.ternmq.broker.store.Watermark;
import io.ternmq.broker.store.log.CommitLog;
import io.ternmq.broker.store.log.LogCursor;
import io.ternmq.broker.store.log.LogProgress;
import io.ternmq.broker.store.log.LogReading;
import io.ternmq.broker.store.log.ReadBuffers;
import io.ternmq.common.message.MessageRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Function;

/** Reads of the log by position, hot or cold. Owns the memory for cold ones. Any thread. */
final class LogAccess {
    private final CommitLog log;
    private final Watermark readable;
    private final Watermark appended;
    private final long hotBytes;
    private final long memoryBytes;
    private final ReadBuffers pool = new ReadBuffers();

    /**
     * @param hotBytes how far from the log's end records are read from mapped memory
     * @param memoryBytes how far from the log's end records are likely to be in memory at all
     */
    LogAccess(CommitLog log, LogProgress progress, long hotBytes, long memoryBytes) {
        this.log = log;
        this.readable = progress.readable();
        this.appended = progress.appended();
        this.hotBytes = hotBytes;
        this.memoryBytes = memoryBytes;
    }

    LogReading newReading() {
        return new LogReading(log, pool, hotFrom());
    }

    /** Records from this position on are hot. */
    long hotFrom() {
        return appended.position() - hotBytes;
    }

    long minPosition() {
        return log.minPosition();
    }

    long readablePosition() {
        return readable.position();
    }

    /** Where the segment ends that holds a position. */
    long segmentEnd(long position) {
        return log.baseOf(position) + log.segmentBytes();
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

    boolean isLikelyOnDiskOnly(long position) {
        return appended.position() - position > memoryBytes;
    }

    /** Hands over the record that begins at a position; empty if no whole readable one does. */
    <T> Optional<T> read(long position, Function<ByteBuffer, T> reader) throws IOException {
        if (position < log.minPosition() || position + MessageRecord.FIXED_BYTES_MIN > readable.position()) {
            return Optional.empty();
        }
        LogReading reading = newReading();
        try {
            ByteBuffer head = reading.record(position, MessageRecord.FIXED_BYTES_MIN);
            if (!head.hasRemaining()) {
                return Optional.empty();
            }
            int size = head.getInt(0);
            long limit = Math.min(readable.position(), log.baseOf(position) + log.segmentBytes());
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

    /** Store time of the record at a position; the smallest number if there is none. */
    long storeMillisAt(long position) throws IOException {
        MessageRecord record = new MessageRecord();
        return read(position, bytes -> record.wrap(bytes) ? record.storeMillis() : Long.MIN_VALUE)
                .orElse(Long.MIN_VALUE);
    }
}
