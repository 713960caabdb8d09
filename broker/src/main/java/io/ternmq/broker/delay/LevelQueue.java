package io.ternmq.broker.delay;

import io.ternmq.broker.store.AppendOutcome;
import io.ternmq.broker.store.AppendOutcome.Refusal;
import io.ternmq.broker.store.AppendOutcome.Refused;
import io.ternmq.broker.store.MessageDraft;
import io.ternmq.broker.store.MessageFilter;
import io.ternmq.broker.store.MessageStore;
import io.ternmq.broker.store.ReadRequest;
import io.ternmq.broker.store.ReadResult;
import io.ternmq.broker.store.TopicQueue;
import io.ternmq.common.message.MessageRecord;
import io.ternmq.common.topic.TopicNames;
import io.ternmq.common.work.Worker;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One level: gives its messages to their queues when they are due, one after another. Owns the records it has read and the
 * one message under way: the next goes only when the store has that one, so none overtakes, and one that is refused stays
 * the next. One thread.
 */
final class LevelQueue {
    private static final Logger log = LoggerFactory.getLogger(LevelQueue.class);

    /** Messages delivered in one turn, before other levels have theirs. */
    static final int TURN_MAX = 64;

    private static final int BYTES_AT_ONCE = 256 * 1024;

    private final int level;
    private final TopicQueue queue;
    private final DueTimes times;
    private final LevelOffsets offsets;
    private final Delivering delivering;

    // Due and read, not yet delivered; memory that is leased until all are.
    private final ArrayDeque<ByteBuffer> records = new ArrayDeque<>();
    private ReadResult leased; // null if nothing is
    private long readEnd; // all that is due below it has been read

    private CompletableFuture<AppendOutcome> underWay; // null if nothing is

    /** What levels share. */
    record Delivering(MessageStore store, Released released, Backoff backoff, Runnable ring) {}

    LevelQueue(int level, DueTimes times, LevelOffsets offsets, Delivering delivering) {
        this.level = level;
        this.queue = new TopicQueue(TopicNames.SCHEDULE, level - 1);
        this.times = times;
        this.offsets = offsets;
        this.delivering = delivering;
    }

    /** Delivers what is due at a time, bounded. Returns how many steps that took. */
    int deliver(long nowNanos) {
        int count = 0;
        while (count < TURN_MAX && !delivering.backoff().isResting() && step(nowNanos)) {
            count++;
        }
        return count;
    }

    /** When there is more to be delivered; {@link Worker#NEVER} if the store rings for that. */
    long dueNanos() {
        return underWay != null ? Worker.NEVER : times.dueNanos(offsets.next(level));
    }

    /** Called with the thread gone: waits a bounded time for the message under way, and gives memory back. */
    void close(Duration patience) {
        if (underWay != null) {
            try {
                underWay.get(patience.toMillis(), TimeUnit.MILLISECONDS);
                settle();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException e) {
                log.warn("A message of a delay level may be delivered again at the next start. level={}", level, e);
            }
        }
        release();
    }

    private boolean step(long nowNanos) {
        if (underWay != null) {
            return underWay.isDone() && settle();
        }
        return records.isEmpty() ? read(nowNanos) : deliverNext();
    }

    private boolean read(long nowNanos) {
        release();
        long next = offsets.next(level);
        int due = times.dueCount(next, nowNanos);
        if (due == 0) {
            return skipRemoved(next);
        }
        ReadResult result =
                delivering.store().read(new ReadRequest(queue, next, due, BYTES_AT_ONCE, MessageFilter.ALL));
        leased = result;
        if (result.status() != ReadResult.Status.FOUND) {
            pass(next, result.nextOffset(), result.status().name());
            return result.nextOffset() > next;
        }
        readEnd = Math.min(result.nextOffset(), next + due);
        for (ByteBuffer bytes : result.records()) {
            if (view(bytes).queueOffset() < readEnd) { // places without a message are not counted as read
                records.add(bytes);
            }
        }
        if (records.isEmpty()) {
            pass(next, readEnd, "DAMAGED");
        }
        return true;
    }

    // Retention removes what was due long ago and could not be delivered all that time.
    private boolean skipRemoved(long next) {
        long first = delivering.store().range(queue).minOffset();
        if (next >= first) {
            return false;
        }
        pass(next, first, "RECORDS_REMOVED");
        return true;
    }

    private void pass(long from, long to, String why) {
        if (to > from) {
            log.warn("Messages of a delay level are gone. level={} from={} to={} reason={}", level, from, to, why);
            offsets.passed(level, to);
        }
    }

    private boolean deliverNext() {
        Optional<MessageDraft> draft = delivering.released().of(view(records.element()));
        if (draft.isEmpty()) {
            offsets.passed(level, takeRecord());
            return true;
        }
        // Not waiting for the disk: consumers see it when it is safe, and the level's offset is saved only then.
        underWay = delivering.store().append(List.of(draft.get()), false);
        if (underWay.isDone()) {
            return settle();
        }
        var unused =
                underWay.whenComplete((outcome, failure) -> delivering.ring().run());
        return false;
    }

    private boolean settle() {
        AppendOutcome outcome = underWay.join();
        underWay = null;
        return outcome.fold(
                stored -> {
                    delivering.backoff().passed();
                    offsets.delivered(level, takeRecord(), stored.positions()[0]);
                    return true;
                },
                this::settleRefused);
    }

    private boolean settleRefused(Refused refused) {
        if (refused.reason() != Refusal.TOO_LARGE) {
            delivering.backoff().refused(refused);
            return false;
        }
        // Limits were lowered since it was sent: it must not hold up all those behind it for ever.
        log.error(
                "Message of a delay level is too large to be delivered and is left in the log."
                        + " level={} position={} reason={}",
                level,
                view(records.element()).position(),
                refused.detail());
        offsets.passed(level, takeRecord());
        return true;
    }

    // Gives the offset to go on from: behind the last record that was read there may be places without a message.
    private long takeRecord() {
        long offset = view(records.remove()).queueOffset();
        return records.isEmpty() ? Math.max(offset + 1, readEnd) : offset + 1;
    }

    private void release() {
        records.clear();
        if (leased != null) {
            leased.release();
            leased = null;
        }
    }

    private static MessageRecord view(ByteBuffer bytes) {
        MessageRecord record = new MessageRecord();
        if (!record.wrap(bytes)) {
            throw new IllegalStateException("the store gave " + bytes.remaining() + " bytes that are no record");
        }
        return record;
    }
}
