package io.ternmq.common.work;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A few daemon threads that take tasks until there are none. Owns the threads and the tasks that wait, whose number
 * whoever hands them in must bound. A thread that is awake takes all that waits before it sleeps, so under load a task
 * costs no lock and wakes nobody; that is what sets it apart from {@link BoundedPool}.
 */
public final class DrainingPool implements Executor, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DrainingPool.class);
    private static final int STARTS_SLACK = 64; // a thread that falls asleep may be woken again before it has

    private final String threadName;
    private final BoundedPool pool;
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger awake =
            new AtomicInteger(); // raised by who hands in, lowered by the threads themselves
    private volatile int threads; // written by whoever resizes, read by all
    private volatile boolean isStopped; // set once by whoever stops, read by all

    /**
     * Starts no thread yet.
     *
     * @param threadName what a thread dump shows
     * @param threads threads at most, at least 1
     */
    public DrainingPool(String threadName, int threads) {
        this.threadName = threadName;
        this.threads = threads;
        this.pool = new BoundedPool(threadName, threads, threads + STARTS_SLACK);
    }

    /** Runs {@code task} soon. Dropped without a word once the pool is stopped. */
    @Override
    public void execute(Runnable task) {
        if (isStopped) {
            return;
        }
        waiting.add(task);
        if (raise()) {
            start();
        }
    }

    /** Has as many threads from now on, at least 1; those too many end with the task that they are at. */
    public void resize(int count) {
        pool.resize(count);
        threads = count;
        while (!waiting.isEmpty() && raise()) {
            start();
        }
    }

    /** Whether a task waits for a thread now. */
    public boolean hasWaiting() {
        return !waiting.isEmpty();
    }

    /** Tasks that have not begun are not begun any more; those that run go on. */
    public void stop() {
        isStopped = true;
        waiting.clear();
    }

    /** Lets tasks run that were handed in before, for two seconds at most; then interrupts those that still run. */
    @Override
    public void close() {
        pool.close();
        stop();
    }

    /** As {@link #close()}, but for {@code waitMax}. */
    public void close(Duration waitMax) {
        pool.close(waitMax);
        stop();
    }

    private boolean raise() {
        int running = awake.get();
        while (running < threads) {
            if (awake.compareAndSet(running, running + 1)) {
                return true;
            }
            running = awake.get();
        }
        return false;
    }

    private void start() {
        try {
            pool.execute(this::drain);
        } catch (RejectedExecutionException e) { // closed, or so many starts wait that one of them takes the task
            awake.decrementAndGet();
        }
    }

    private void drain() {
        do {
            Runnable task = waiting.poll();
            while (task != null) {
                runGuarded(task);
                task = awake.get() > threads ? null : waiting.poll();
            }
            awake.decrementAndGet();
            // What was handed in between the last look and the count going down has woken nobody: look again.
        } while (!waiting.isEmpty() && raise());
    }

    private void runGuarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) { // the tasks behind it must still be run
            log.error("Task failed. thread={}", threadName, e);
        }
    }
}
