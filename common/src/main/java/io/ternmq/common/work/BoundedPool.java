package io.ternmq.common.work;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A few daemon threads with a bounded queue before them. Owns its threads; idle ones end after a minute. A full queue
 * means refused now.
 */
public final class BoundedPool implements Executor, AutoCloseable {
    private static final Duration IDLE_MAX = Duration.ofMinutes(1);
    private static final Duration CLOSE_WAIT_MAX = Duration.ofSeconds(2);

    private final ThreadPoolExecutor executor;

    /**
     * @param threadName what a thread dump shows
     * @param threads threads at most, at least 1
     * @param waitingMax tasks that may wait, at least 1
     */
    public BoundedPool(String threadName, int threads, int waitingMax) {
        executor = new ThreadPoolExecutor(
                threads,
                threads,
                IDLE_MAX.toMillis(),
                TimeUnit.MILLISECONDS,
                new ArrayBlockingQueue<>(waitingMax),
                new DaemonThreads(threadName));
        executor.allowCoreThreadTimeOut(true);
    }

    /**
     * Runs {@code task} on one of the threads.
     *
     * @throws RejectedExecutionException if as many tasks wait as may, or the pool is closed
     */
    @Override
    public void execute(Runnable task) {
        executor.execute(task);
    }

    /** Tasks that wait for a thread now. */
    public int waiting() {
        return executor.getQueue().size();
    }

    /** Has as many threads from now on; those too many end once they are idle. */
    public void resize(int threads) {
        // In this order, because the core may never be above the maximum.
        if (threads > executor.getMaximumPoolSize()) {
            executor.setMaximumPoolSize(threads);
            executor.setCorePoolSize(threads);
        } else {
            executor.setCorePoolSize(threads);
            executor.setMaximumPoolSize(threads);
        }
    }

    /** Lets running and waiting tasks finish for two seconds at most, then interrupts them. */
    @Override
    public void close() {
        close(CLOSE_WAIT_MAX);
    }

    /** Lets running and waiting tasks finish for {@code waitMax} at most, then interrupts them. */
    public void close(Duration waitMax) {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(waitMax.toMillis(), TimeUnit.MILLISECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
