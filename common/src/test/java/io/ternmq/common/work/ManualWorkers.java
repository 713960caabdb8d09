package io.ternmq.common.work;

import io.ternmq.common.time.Clock;
import io.ternmq.common.time.FakeClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Workers that a test steps on its own thread, each only when it was rung or its time has come: a wake-up that is not
 * given shows as work that is never done. Tasks of schedulers run when the test lets time pass. A worker may be stepped
 * while another is in the middle of a step, as on a machine with many cores; never itself.
 */
public final class ManualWorkers implements Workers {
    private static final int STEPS_MAX = 100_000;

    private final FakeClock clock;
    private final List<Manual> workers = new ArrayList<>();
    private final List<ManualScheduler> schedulers = new ArrayList<>();

    public ManualWorkers(FakeClock clock) {
        this.clock = clock;
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public RungWorker take(String name, Worker worker, Consumer<Throwable> onFailure) {
        Manual taken = new Manual(name, worker, onFailure);
        workers.add(taken);
        return taken;
    }

    @Override
    public OwnedScheduler scheduler(String name) {
        ManualScheduler scheduler = new ManualScheduler(new FakeScheduler(clock));
        schedulers.add(scheduler);
        return scheduler;
    }

    /** Names of those that would be stepped now if they had threads. */
    public List<String> ready() {
        return workers.stream().filter(Manual::isReady).map(ready -> ready.name).toList();
    }

    /** One step of a worker that is ready. */
    public void step(String name) {
        workers.stream()
                .filter(worker -> worker.name.equals(name) && worker.isReady())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(name + " is not ready: " + ready()))
                .step();
    }

    /** Steps all that are ready, in turn, until none is. */
    public void runUntilIdle() {
        for (int steps = 0; steps < STEPS_MAX; steps++) {
            List<String> ready = ready();
            if (ready.isEmpty()) {
                return;
            }
            step(ready.get(steps % ready.size()));
        }
        throw new IllegalStateException("not idle after " + STEPS_MAX + " steps: " + ready());
    }

    /** Lets time pass and runs the tasks that fall due, each at its time; workers are stepped by others. */
    public void advance(Duration step) {
        if (schedulers.isEmpty()) {
            clock.advance(step);
        }
        // The first moves the clock; the others run what has become due.
        Duration left = step;
        for (ManualScheduler scheduler : schedulers) {
            scheduler.advance(left);
            left = Duration.ZERO;
        }
    }

    private final class Manual implements RungWorker {
        private final String name;
        private final Worker worker;
        private final Consumer<Throwable> onFailure;
        private boolean isRunning;
        private boolean isRung = true; // awake when it starts
        private boolean isStepping;
        private long dueNanos = Worker.NEVER;

        Manual(String name, Worker worker, Consumer<Throwable> onFailure) {
            this.name = name;
            this.worker = worker;
            this.onFailure = onFailure;
        }

        @Override
        public RungWorker start() {
            isRunning = true;
            return this;
        }

        @Override
        public void ring() {
            isRung = true;
        }

        @Override
        public void close() {
            isRunning = false;
        }

        boolean isReady() {
            boolean isDue = dueNanos != Worker.NEVER && clock.monotonicNanos() - dueNanos >= 0;
            return isRunning && !isStepping && (isRung || isDue);
        }

        void step() {
            isStepping = true;
            isRung = false;
            try {
                if (worker.doWork() > 0) {
                    isRung = true;
                } else {
                    dueNanos = worker.nextDueNanos(); // asked once, at rest, as a thread does
                }
            } catch (RuntimeException e) { // an Error is the test's own and goes on to it
                isRunning = false;
                onFailure.accept(e);
            } finally {
                isStepping = false;
            }
        }
    }

    private static final class ManualScheduler implements OwnedScheduler {
        private final FakeScheduler scheduler;
        private boolean isClosed;

        ManualScheduler(FakeScheduler scheduler) {
            this.scheduler = scheduler;
        }

        @Override
        public Task after(Duration delay, String name, Runnable work) {
            return scheduler.after(delay, name, unlessClosed(work));
        }

        @Override
        public Task every(Duration first, Duration period, String name, Runnable work) {
            return scheduler.every(first, period, name, unlessClosed(work));
        }

        @Override
        public void close() {
            isClosed = true;
        }

        void advance(Duration step) {
            scheduler.advance(step);
        }

        private Runnable unlessClosed(Runnable work) {
            return () -> {
                if (!isClosed) {
                    work.run();
                }
            };
        }
    }
}
