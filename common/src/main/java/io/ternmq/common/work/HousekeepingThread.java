package io.ternmq.common.work;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@link Scheduler} on one daemon thread of its own. Owns that thread. Closing waits a bounded time for the task that
 * runs.
 */
public final class HousekeepingThread implements OwnedScheduler {
    private static final Logger log = LoggerFactory.getLogger(HousekeepingThread.class);
    private static final Duration CLOSE_WAIT_MAX = Duration.ofSeconds(2);

    private final String threadName;
    private final ScheduledThreadPoolExecutor executor;

    /** Starts lazily: the thread comes to be with the first task. */
    public HousekeepingThread(String threadName) {
        this.threadName = threadName;
        this.executor = new ScheduledThreadPoolExecutor(1, new DaemonThreads(threadName));
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        executor.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
    }

    @Override
    public Task after(Duration delay, String name, Runnable work) {
        return cancelling(executor.schedule(guarded(name, work), delay.toNanos(), TimeUnit.NANOSECONDS));
    }

    @Override
    public Task every(Duration first, Duration period, String name, Runnable work) {
        return cancelling(executor.scheduleWithFixedDelay(
                guarded(name, work), first.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS));
    }

    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(CLOSE_WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn(
                        "A scheduled task still runs at close. thread={} waitedMillis={}",
                        threadName,
                        CLOSE_WAIT_MAX.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Task cancelling(Future<?> future) {
        return () -> future.cancel(false);
    }

    // Without this an exception would end a periodic task for good and be kept in a future that nobody reads.
    private static Runnable guarded(String name, Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                log.error("Scheduled task failed. task={}", name, e);
            }
        };
    }
}
