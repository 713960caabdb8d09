package io.ternmq.common.work;

import io.ternmq.common.time.Clock;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Steps a worker on a daemon thread of its own, and rests while there is nothing to do: an idle worker costs nothing.
 * Owns that thread. Whatever the worker throws ends the thread for good and is told to {@code onFailure}.
 */
public final class WorkerThread implements RungWorker {
    private static final Logger log = LoggerFactory.getLogger(WorkerThread.class);
    private static final Duration CLOSE_WAIT_MAX = Duration.ofSeconds(10);

    private final Worker worker;
    private final Clock clock;
    private final Consumer<Throwable> onFailure;
    private final Thread thread;

    // Raised by any thread, lowered by ours before it looks for work. It and "resting" are each written before the
    // other
    // is read, so a ring is either seen before the rest or ends it.
    private volatile boolean rung;
    private volatile boolean resting; // written by our thread, read by whoever rings
    private volatile boolean closing; // written by close

    /**
     * @param name what a thread dump shows: what the worker owns
     * @param onFailure called on the worker's thread, once at most
     */
    public WorkerThread(String name, Worker worker, Clock clock, Consumer<Throwable> onFailure) {
        this.worker = worker;
        this.clock = clock;
        this.onFailure = onFailure;
        this.thread = new DaemonThreads(name).newThread(this::run);
    }

    @Override
    public WorkerThread start() {
        thread.start();
        return this;
    }

    @Override
    public void ring() {
        if (!rung) {
            rung = true;
            if (resting) {
                LockSupport.unpark(thread);
            }
        }
    }

    /** Waits for the step that the thread is in up to ten seconds. */
    @Override
    public void close() {
        closing = true;
        ring();
        LockSupport.unpark(thread);
        if (thread == Thread.currentThread()) {
            return;
        }
        try {
            thread.join(CLOSE_WAIT_MAX.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            throw new IllegalStateException("thread " + thread.getName()
                    + " has not ended at its close; waited at most " + CLOSE_WAIT_MAX.toSeconds() + " s");
        }
    }

    private void run() {
        try {
            boolean hasWorked = false;
            while (!closing) {
                rung = false;
                if (worker.doWork() != 0) {
                    hasWorked = true;
                    continue;
                }
                long lingerNanos = hasWorked ? worker.lingerNanos() : 0;
                hasWorked = false;
                if (lingerNanos > 0) {
                    linger(lingerNanos);
                } else {
                    rest(worker.nextDueNanos());
                }
            }
        } catch (Throwable e) { // the top of a worker: a bug ends it, visibly
            log.error("Worker failed. thread={}", thread.getName(), e);
            onFailure.accept(e);
        }
    }

    // Not said to be resting, so that a ring does not wake us: waking a thread costs as much as storing several
    // messages.
    private void linger(long nanos) {
        if (!rung) {
            LockSupport.parkNanos(this, nanos);
            Thread.interrupted(); // as below
        }
    }

    private void rest(long dueNanos) {
        resting = true;
        if (!rung && !closing) {
            if (dueNanos == Worker.NEVER) {
                LockSupport.park(this);
            } else {
                long nanos = dueNanos - clock.monotonicNanos();
                if (nanos > 0) {
                    LockSupport.parkNanos(this, nanos);
                }
            }
        }
        resting = false;
        Thread.interrupted(); // an interrupt has no meaning here, and would keep the thread from ever resting again
    }
}
