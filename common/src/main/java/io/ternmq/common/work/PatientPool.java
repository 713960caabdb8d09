package io.ternmq.common.work;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Daemon threads for tasks that are mostly over at once, such as callbacks: one thread takes them all, and another joins
 * only when tasks have waited for a whole tick, because one blocks or they are more than the threads so far can do. Owns the
 * threads and the tasks that wait, whose number whoever hands them in must bound. {@link DrainingPool} wakes a thread for each
 * task instead; for tasks this short that costs more than the tasks. For the same reason whoever hands in may say when a
 * thread is to be woken: once for all that comes together.
 */
public final class PatientPool implements Executor, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PatientPool.class);
    private static final long TICK_NANOS = Duration.ofMillis(1).toNanos();
    private static final int QUIET_TICKS_MAX = 20; // after so many the watch is called off
    private static final int STARTS_SLACK = 64; // a thread that falls asleep may be woken again before it has

    private final String threadName;
    private final int threads;
    private final BoundedPool pool;
    private final Executor whenToWake;
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger taking = new AtomicInteger(); // threads that take tasks; they and hirers count
    private final AtomicBoolean isWakePlanned = new AtomicBoolean(); // raised by who hands in, lowered by who wakes
    private final AtomicBoolean isWatched = new AtomicBoolean(); // whether one more thread watches, without taking any
    private volatile boolean wasEmpty; // set by who finds nothing to take, cleared by the watch
    private volatile boolean isStopped; // set once by whoever stops, read by all

    /**
     * Starts no thread yet.
     *
     * @param threadName what a thread dump shows
     * @param threads threads at most, at least 1
     * @param whenToWake runs, on the thread that handed a task in or soon after on any, what wakes a thread for it and for
     *     all that was handed in until then, on whichever thread; must not drop it
     */
    public PatientPool(String threadName, int threads, Executor whenToWake) {
        this.threadName = threadName;
        this.threads = threads;
        this.whenToWake = whenToWake;
        this.pool = new BoundedPool(threadName, threads, threads + STARTS_SLACK);
    }

    /** Runs {@code task} soon. Dropped without a word once the pool is stopped. */
    @Override
    public void execute(Runnable task) {
        if (isStopped) {
            return;
        }
        waiting.add(task);
        if (!isWakePlanned.get() && isWakePlanned.compareAndSet(false, true)) {
            planWake();
        }
    }

    /** Tasks that have not begun are not begun any more; those that run go on. */
    public void stop() {
        isStopped = true;
        waiting.clear();
    }

    /** Lets tasks run that were handed in before, for two seconds at most; then interrupts those that still run. */
    @Override
    public void close() {
        wake(); // if that was planned for later
        pool.close();
        stop();
    }

    private void planWake() {
        boolean isPlanned = false;
        try {
            whenToWake.execute(this::wake);
            isPlanned = true;
        } finally {
            if (!isPlanned) {
                wake(); // whoever refuses to wake later must not leave all that comes waiting for it
            }
        }
    }

    // Lowers the flag before it looks: whoever finds it raised has handed in before the look.
    private void wake() {
        isWakePlanned.set(false);
        if (waiting.isEmpty()) {
            return; // taken by a thread that was awake
        }
        if (isFirstToTake()) {
            start(this::take, taking::decrementAndGet);
        } else {
            callWatch();
        }
    }

    private boolean isFirstToTake() {
        return taking.get() == 0 && taking.compareAndSet(0, 1);
    }

    private void callWatch() {
        if (!isWatched.get() && taking.get() < threads && isWatched.compareAndSet(false, true)) {
            start(this::watch, () -> isWatched.set(false));
        }
    }

    private void start(Runnable role, Runnable ifRefused) {
        try {
            pool.execute(role);
        } catch (RejectedExecutionException e) { // closed, or so many starts wait that one of them takes the task
            ifRefused.run();
        }
    }

    private void take() {
        do {
            Runnable task = waiting.poll();
            while (task != null) {
                if (!waiting.isEmpty()) {
                    callWatch();
                }
                runGuarded(task);
                task = waiting.poll();
            }
            if (!wasEmpty) {
                wasEmpty = true;
            }
            taking.decrementAndGet();
            // What was handed in between the last look and the count going down has woken nobody: look again.
        } while (!waiting.isEmpty() && isFirstToTake());
    }

    // Whoever watches is the next to join, so there are never more threads than may be.
    private void watch() {
        int quietTicks = 0;
        while (quietTicks < QUIET_TICKS_MAX && !Thread.currentThread().isInterrupted()) {
            wasEmpty = waiting.isEmpty();
            LockSupport.parkNanos(TICK_NANOS);
            if (!wasEmpty && !waiting.isEmpty()) {
                taking.incrementAndGet();
                isWatched.set(false);
                take();
                return;
            }
            quietTicks++;
        }
        isWatched.set(false);
        if (!waiting.isEmpty()) {
            callWatch(); // whoever handed in meanwhile relied on this one
        }
    }

    private void runGuarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) { // the tasks behind it must still be run
            log.error("Task failed. thread={}", threadName, e);
        }
    }
}
