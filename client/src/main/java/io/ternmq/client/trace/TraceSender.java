package io.ternmq.client.trace;

import io.ternmq.common.work.Inbox;
import io.ternmq.common.work.Scheduler;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers trace records and sends them together: at once when enough of them wait, else a second after the first. Owns the
 * records that wait and the count of messages under way; both are bounded, and what does not fit is given up and counted,
 * so that nobody who is traced ever waits. Records are taken in turns of the lane, one turn at a time.
 */
final class TraceSender implements AutoCloseable {
    /** Records that wait at most, a few hundred bytes each. */
    static final int WAITING_MAX = 8_192;

    /** Messages whose answer is awaited at most. */
    static final int UNDER_WAY_MAX = 4;

    /** How long a record waits for others. */
    static final Duration GATHERING = Duration.ofSeconds(1);

    /** After a message that no broker took. */
    static final Duration FAILURE_PAUSE = Duration.ofSeconds(1);

    /** How long the end waits for what was gathered to be stored. */
    static final Duration CLOSE_WAIT_MAX = Duration.ofSeconds(3);

    private static final Logger log = LoggerFactory.getLogger(TraceSender.class);

    private final int sendAt;
    private final TraceOutlet outlet;
    private final Executor lane;
    private final Scheduler scheduler;
    private final TraceLosses losses;
    private final Inbox<TraceRecord> waiting = new Inbox<>(WAITING_MAX);
    private final AtomicInteger underWay = new AtomicInteger(); // raised by turns, lowered by answers
    private final AtomicBoolean isRung = new AtomicBoolean(); // whether a turn is due; set by any thread
    private final AtomicBoolean isTimed = new AtomicBoolean(); // whether a timer will ring; set by any thread
    private final CompletableFuture<Void> isDone = new CompletableFuture<>(); // by the last turn of all
    private volatile boolean isHeldUp; // a turn found too much under way; answers clear it
    private volatile boolean isPaused; // since a failure; the timer clears it
    private volatile boolean isClosed; // set once at the end

    /** @param lane runs one task at a time */
    TraceSender(int sendAt, TraceOutlet outlet, Executor lane, Scheduler scheduler, TraceLosses losses) {
        this.sendAt = sendAt;
        this.outlet = outlet;
        this.lane = lane;
        this.scheduler = scheduler;
        this.losses = losses;
    }

    /** Has a record sent soon, or gives it up if too many wait. May be called by any thread; does not block. */
    void add(TraceRecord record) {
        if (isClosed) {
            losses.lost(1, "the client has ended");
        } else if (!waiting.offer(record)) {
            losses.lost(1, "all of " + WAITING_MAX + " places are taken by records that wait to be sent");
        } else if (waiting.size() >= sendAt) {
            ring();
        } else if (isTimed.compareAndSet(false, true)) {
            scheduler.after(GATHERING, "send trace", () -> {
                isTimed.set(false);
                ring();
            });
        }
    }

    /** Sends what waits, and waits a bounded time until it is stored; gives up the rest. */
    @Override
    public void close() {
        isClosed = true;
        ring();
        try {
            isDone.get(CLOSE_WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            log.debug("Trace not sent in time. cause={}", e.toString());
        }
        losses.lost(waiting.size(), "the client has ended");
        losses.sumUp();
    }

    private void ring() {
        if (isRung.compareAndSet(false, true)) {
            lane.execute(this::turn);
        }
    }

    private void turn() {
        isRung.set(false);
        while (!waiting.isEmpty() && maySend()) {
            Optional<TraceMessage> message = TraceMessage.take(waiting);
            if (message.isEmpty()) {
                return; // whoever is just laying a record there rings
            }
            send(message.get());
        }
        if (isClosed && waiting.isEmpty() && underWay.get() == 0) {
            isDone.complete(null);
        }
    }

    private boolean maySend() {
        if (isPaused && !isClosed) {
            return false;
        }
        if (underWay.get() < UNDER_WAY_MAX) {
            return true;
        }
        isHeldUp = true;
        return underWay.get() < UNDER_WAY_MAX; // else an answer that came before the flag was up would have told nobody
    }

    private void send(TraceMessage message) {
        underWay.incrementAndGet();
        handOver(message).whenComplete((stored, failure) -> {
            underWay.decrementAndGet();
            if (failure != null) {
                failed(message, failure);
            }
            if (isHeldUp || isClosed) {
                isHeldUp = false;
                ring();
            }
        });
    }

    // Whatever becomes of it, its place under way must be given back.
    private CompletionStage<?> handOver(TraceMessage message) {
        try {
            return outlet.send(message);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void failed(TraceMessage message, Throwable failure) {
        losses.lost(message.records(), failure.toString());
        if (isClosed) {
            isDone.complete(null); // the others would not fare better
        } else if (!isPaused) {
            isPaused = true;
            scheduler.after(FAILURE_PAUSE, "trace again", () -> {
                isPaused = false;
                ring();
            });
        }
    }
}
