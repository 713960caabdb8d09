package io.ternmq.common.work;

import io.ternmq.common.time.Clock;
import java.util.function.Consumer;

/**
 * What steps workers and lets time pass for them: threads in a server; in a simulation the test itself, on its one
 * thread. Safe for use by any thread.
 */
public interface Workers {

    /** The clock that workers are woken by. */
    Clock clock();

    /**
     * Takes a worker on; it is stepped from {@link RungWorker#start()} until its close.
     *
     * @param name what a thread dump shows: what the worker owns
     * @param onFailure called on the worker's thread, once at most, with what the worker threw; it is stepped no more
     */
    RungWorker take(String name, Worker worker, Consumer<Throwable> onFailure);

    /** A scheduler of its own, for one owner, who closes it. */
    OwnedScheduler scheduler(String name);

    /** A thread of its own for each worker and each scheduler. */
    static Workers threads(Clock clock) {
        return new ThreadedWorkers(clock);
    }
}
