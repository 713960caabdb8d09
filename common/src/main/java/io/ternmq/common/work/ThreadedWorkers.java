package io.ternmq.common.work;

import io.ternmq.common.time.Clock;
import java.util.function.Consumer;

/** Gives each worker a thread of its own. Stateless but for the clock. */
record ThreadedWorkers(Clock clock) implements Workers {

    @Override
    public RungWorker take(String name, Worker worker, Consumer<Throwable> onFailure) {
        return new WorkerThread(name, worker, clock, onFailure);
    }

    @Override
    public OwnedScheduler scheduler(String name) {
        return new HousekeepingThread(name);
    }
}
