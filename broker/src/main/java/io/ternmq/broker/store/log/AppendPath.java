package io.ternmq.broker.store.log;

import io.ternmq.broker.store.AckPolicy;
import io.ternmq.broker.store.AppendOutcome.Confirmation;
import io.ternmq.broker.store.AppendOutcome.Refused;
import io.ternmq.broker.store.FlushConfig;
import io.ternmq.broker.store.FlushMode;
import io.ternmq.broker.store.StoreLimits;
import io.ternmq.common.time.Clock;
import io.ternmq.common.work.Pen;
import io.ternmq.common.work.RungWorker;
import io.ternmq.common.work.Worker;
import io.ternmq.common.work.Workers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of an append: writer with its pen, preparer and flusher, wired to each other and to their threads. Owns those
 * threads. Any thread appends.
 */
public final class AppendPath implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(AppendPath.class);
    private static final Duration DRAIN_MAX = Duration.ofSeconds(2);

    /** What may wait for one force to end; more waits in the inbox. */
    private static final int STAGED_BYTES_MAX = 4 << 20;

    private static final Duration SPARE_RETRY = Duration.ofMillis(100);

    private final StoreHealth health;
    private final Clock clock;
    private final LogWriter writer;
    private final Pen pen;
    private final Predicate<Append> takeInPerson;
    private final LogFlusher flusher;
    private final SegmentPreparer preparer;
    private final RungWorker spareThread;
    private final RungWorker flusherThread;
    private final RungWorker preparerThread;

    /**
     * @param queues where each queue goes on
     * @param policies what confirmation means beyond the flush mode
     * @param ringDispatcher there are new readable records
     */
    public AppendPath(
            LogState state,
            QueueTails queues,
            FlushConfig flush,
            List<AckPolicy> policies,
            StoreLimits limits,
            Workers workers,
            Runnable ringDispatcher) {
        this.health = state.health();
        this.clock = workers.clock();
        Consumer<Throwable> onFailure = cause -> fail(cause);
        long end = state.progress().appendedPosition();
        TailMemory memory = flush.mode() == FlushMode.SYNC_FLUSH
                ? new StagedTail(state.log(), STAGED_BYTES_MAX, end)
                : new MappedTail();
        preparer = new SegmentPreparer(
                state,
                clock,
                flush.mode(),
                limits.preparedBytesMax(),
                new SegmentPreparer.Bells(this::ringPreparer, this::ringPen));
        flusher = new LogFlusher(
                state,
                memory,
                flush,
                clock,
                new LogFlusher.Bells(this::ringFlusher, this::ringPen, this::ringSpareThread));
        writer = new LogWriter(
                new LogTail(state.log(), preparer, memory, queues, end),
                memory,
                state,
                withFlush(policies, flush, state.progress()),
                clock,
                new LogWriter.Limits(
                        limits.waitingCountMax(),
                        limits.waitingBytesMax(),
                        limits.unansweredCountMax(),
                        limits.waitingBytesMax()),
                new LogWriter.Bells(this::afterAppend, ringDispatcher, this::ringSpareThread));
        pen = new Pen(writer, clock, this::ringSpareThread);
        takeInPerson = writer::takeInPerson;
        health.whenFailed(this::ringPen);
        spareThread = workers.take("store-writer", new Spare(), onFailure);
        flusherThread = workers.take("store-flusher", flusher, onFailure);
        preparerThread = workers.take("store-preparer", preparer, onFailure);
    }

    /** Prepares the first space on this thread, then starts the others. */
    public AppendPath start() {
        preparer.doWork();
        spareThread.start();
        flusherThread.start();
        preparerThread.start();
        return this;
    }

    /**
     * Appends, in place if nobody else is at it.
     *
     * @return why not; empty if it was taken, and will be answered
     */
    public Optional<Refused> append(Append append) {
        if (pen.ringInPerson(append, takeInPerson)) {
            return Optional.empty();
        }
        Optional<Refused> refused = writer.offer(append);
        if (refused.isEmpty()) {
            pen.ring();
        }
        return refused;
    }

    /**
     * Forgets a topic's next offsets, between two appends.
     *
     * @param then is told the log's end at that moment, before anything else is appended; must not block
     * @return false if too many such notes wait
     */
    public boolean dropQueues(String topic, Consumer<Long> then) {
        boolean taken = writer.offerNote(end -> {
            writer.dropQueues(topic);
            then.accept(end);
        });
        pen.ring();
        return taken;
    }

    /** Something has changed that the writer waits for: a watermark moved, or an obstacle came or went. */
    public void ringPen() {
        pen.ring();
    }

    /** Answers all that waits, forces what was appended, and ends the threads. No append may be offered any more. */
    @Override
    public void close() {
        health.arise(StoreHealth.Obstacle.CLOSING, "the store closes");
        var drained = writer.close();
        pen.ring();
        try {
            drained.get(DRAIN_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            logger.warn(
                    "Sends still wait at close and are answered as they are. waitedMillis={}", DRAIN_MAX.toMillis());
        }
        writer.offerNote(end -> writer.giveUp());
        pen.ring();
        try {
            preparerThread.close();
            flusherThread.close();
        } finally {
            spareThread.close();
        }
        flusher.flush();
        flusher.writeOutAside(); // after a failure nothing is forced
        boolean hasStepped = pen.stepOnSpareThread(true); // that thread is gone
        while (hasStepped) {
            hasStepped = pen.stepOnSpareThread(false);
        }
    }

    private void fail(Throwable cause) {
        health.arise(StoreHealth.Obstacle.FAILURE, "a worker of the log failed: " + cause);
    }

    private void afterAppend() {
        flusher.bytesAppended();
        preparer.ringIfLow();
    }

    private void ringPreparer() {
        preparerThread.ring();
    }

    private void ringFlusher() {
        flusherThread.ring();
    }

    private void ringSpareThread() {
        spareThread.ring();
    }

    private static List<AckPolicy> withFlush(List<AckPolicy> policies, FlushConfig flush, LogProgress progress) {
        List<AckPolicy> all = new ArrayList<>();
        if (flush.mode() == FlushMode.SYNC_FLUSH) {
            all.add(new AckPolicy(progress.flushed(), flush.timeout(), Confirmation.FLUSH_TIMED_OUT, true));
        }
        all.addAll(policies);
        return all;
    }

    /**
     * Steps the writer when callers do not: after slow turns, for what a turn left, when a send's time runs out, and when
     * one waits for no more than to be in the file.
     */
    private final class Spare implements Worker {
        private long notBeforeNanos = clock.monotonicNanos();

        @Override
        public int doWork() {
            long now = clock.monotonicNanos();
            long due = writer.nextDueNanos();
            boolean isDue = due != NEVER && now - due >= 0;
            // The one who is due may wait for no more than to be in the file. If the flusher is bringing it there just
            // now, it rings afterwards.
            boolean isHeldUp = isDue && !flusher.writeOutAside();
            if (pen.stepOnSpareThread(isDue) && (!isHeldUp || pen.isRaised())) {
                return 1;
            }
            notBeforeNanos = now + SPARE_RETRY.toNanos();
            return 0;
        }

        // A due time that has come while another thread holds the pen is that thread's to see: the flag is up.
        @Override
        public long nextDueNanos() {
            long due = writer.nextDueNanos();
            return due == NEVER ? NEVER : due - notBeforeNanos > 0 ? due : notBeforeNanos;
        }
    }
}
