package io.ternmq.common.work;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one after another, in the order handed in, on the threads of another executor: what they share needs no
 * lock and may wait for a disk. Owns the tasks that wait. One that throws is logged and does not keep the others from
 * running. Safe for use by any thread.
 */
public final class SerialExecutor implements Executor {
    private static final Logger log = LoggerFactory.getLogger(SerialExecutor.class);

    private final Executor threads;
    private final int waitingMax;
    private final Queue<Runnable> waiting = new ArrayDeque<>(); // guarded by this
    private boolean isRunning; // guarded by this; whether a task is on a thread or on its way to one

    /** @param waitingMax tasks that may wait for the one that runs, at least 1 */
    public SerialExecutor(Executor threads, int waitingMax) {
        this.threads = threads;
        this.waitingMax = waitingMax;
    }

    /**
     * Runs {@code task} after those handed in before.
     *
     * @throws RejectedExecutionException if as many tasks wait as may, or the executor beneath refuses
     */
    @Override
    public synchronized void execute(Runnable task) {
        if (!isRunning) {
            start(task);
        } else if (waiting.size() < waitingMax) {
            waiting.add(task);
        } else {
            throw new RejectedExecutionException("As many tasks wait as may: " + waitingMax);
        }
    }

    // Called under the lock, so that nobody queues behind a task that the executor beneath then refuses.
    private void start(Runnable task) {
        isRunning = true;
        try {
            threads.execute(() -> runAll(task));
        } catch (RejectedExecutionException e) {
            isRunning = false;
            throw e;
        }
    }

    // All that wait in one go: handing each to the executor beneath could be refused half-way.
    private void runAll(Runnable first) {
        for (Runnable task = first; task != null; task = next()) {
            try {
                task.run();
            } catch (RuntimeException e) {
                log.error("Task failed.", e);
            }
        }
    }

    private synchronized Runnable next() {
        Runnable task = waiting.poll();
        isRunning = task != null;
        return task;
    }
}
