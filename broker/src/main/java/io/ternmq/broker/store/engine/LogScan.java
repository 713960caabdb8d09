package io.ternmq.broker.store.engine;

import io.ternmq.broker.store.QueueRange;
import io.ternmq.broker.store.TimeBoundary;
import io.ternmq.broker.store.log.LogCursor;
import io.ternmq.broker.store.queue.ConsumeQueue;
import io.ternmq.broker.store.queue.ConsumeQueues;
import io.ternmq.common.message.MessageRecord;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Reads the log record by record from a store time on. Store times never fall along the log, so the last record before
 * that time, of whichever queue, is a place to begin at. May wait for the disk; stateless, any thread.
 */
final class LogScan {
    private static final int QUEUES_ASKED_MAX = 256; // each costs some reads; one is enough for a right answer

    private final LogAccess access;
    private final ConsumeQueues queues;

    LogScan(LogAccess access, ConsumeQueues queues) {
        this.access = access;
        this.queues = queues;
    }

    /** Hands over every readable record that was stored at or after a time, in log order. */
    void from(long wallMillis, Consumer<MessageRecord> visitor) throws IOException {
        long position = startBefore(wallMillis);
        long limit = access.readablePosition();
        try (LogCursor cursor = access.newCursor()) {
            while (position < limit) {
                switch (cursor.look(position, limit)) {
                    case RECORD -> {
                        if (cursor.record().storeMillis() >= wallMillis) {
                            visitor.accept(cursor.record());
                        }
                        position = cursor.nextPosition();
                    }
                    case BLANK, HOLE -> position = cursor.nextPosition();
                    case NOTHING -> position = behindDamage(cursor, position, limit);
                }
            }
        }
    }

    // Damage below where the start had to look; what lies behind it is still there.
    private long behindDamage(LogCursor cursor, long position, long limit) throws IOException {
        access.reportDamage(position);
        return access.newSearch(cursor).next(position + 1).orElse(limit);
    }

    private long startBefore(long wallMillis) throws IOException {
        long start = access.segmentBefore(wallMillis);
        int asked = 0;
        for (ConsumeQueue queue : queues.all()) {
            if (asked++ == QUEUES_ASKED_MAX) {
                break;
            }
            start = Math.max(start, lastBefore(queue, wallMillis).orElse(start));
        }
        return start;
    }

    private OptionalLong lastBefore(ConsumeQueue queue, long wallMillis) throws IOException {
        QueueRange range = queue.range();
        if (range.minOffset() >= range.maxOffset()) {
            return OptionalLong.empty();
        }
        return queue.positionOf(queue.offsetAt(wallMillis, TimeBoundary.LOWER, access::storeMillisAt) - 1);
    }
}
