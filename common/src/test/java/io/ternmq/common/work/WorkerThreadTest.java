package io.ternmq.common.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.common.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class WorkerThreadTest {
    private static final long BOUND_SECONDS = 20;

    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    @Test
    void aRingIsNeverLost() throws Exception {
        Inbox<CountDownLatch> inbox = new Inbox<>(16);
        try (WorkerThread thread = start(() -> inbox.drain(CountDownLatch::countDown, 16))) {
            for (int i = 0; i < 5_000; i++) {
                CountDownLatch seen = new CountDownLatch(1);
                inbox.offer(seen);
                thread.ring();

                assertThat(seen.await(BOUND_SECONDS, TimeUnit.SECONDS))
                        .as("ring %s", i)
                        .isTrue();
            }
        }
    }

    @Test
    void aRingIsNotLostOnAWorkerThatLingers() throws Exception {
        Inbox<CountDownLatch> inbox = new Inbox<>(16);
        Worker lingering = new Worker() {
            @Override
            public int doWork() {
                return inbox.drain(CountDownLatch::countDown, 16);
            }

            @Override
            public long lingerNanos() {
                return 1_000;
            }
        };
        try (WorkerThread thread = start(lingering)) {
            for (int i = 0; i < 2_000; i++) {
                CountDownLatch seen = new CountDownLatch(1);
                inbox.offer(seen);
                thread.ring();

                assertThat(seen.await(BOUND_SECONDS, TimeUnit.SECONDS))
                        .as("ring %s", i)
                        .isTrue();
            }
        }
    }

    @Test
    void restsWhileThereIsNothingToDo() throws Exception {
        AtomicInteger steps = new AtomicInteger();
        CountDownLatch stepped = new CountDownLatch(1);
        try (WorkerThread thread = start(() -> {
            steps.incrementAndGet();
            stepped.countDown();
            return 0;
        })) {
            assertThat(stepped.await(BOUND_SECONDS, TimeUnit.SECONDS)).isTrue();
            thread.ring();
        }
        // One at the start, one for the ring, and one at most for a ring that came before the rest.
        assertThat(steps.get()).isLessThanOrEqualTo(3);
    }

    @Test
    void stepsAgainWhenADueTimeComes() throws Exception {
        CountDownLatch stepped = new CountDownLatch(3);
        Worker worker = new Worker() {
            @Override
            public int doWork() {
                stepped.countDown();
                return 0;
            }

            @Override
            public long nextDueNanos() {
                return Clock.system().monotonicNanos() + Duration.ofMillis(1).toNanos();
            }
        };
        try (WorkerThread thread = start(worker)) {
            assertThat(stepped.await(BOUND_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(thread).isNotNull();
        }
    }

    @Test
    void whatAWorkerThrowsEndsItAndIsTold() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        IllegalStateException bug = new IllegalStateException("a bug");
        WorkerThread thread = new WorkerThread(
                "failing",
                () -> {
                    throw bug;
                },
                Clock.system(),
                cause -> {
                    failure.set(cause);
                    told.countDown();
                });

        thread.start();

        assertThat(told.await(BOUND_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(failure.get()).isSameAs(bug);
        thread.close();
    }

    private WorkerThread start(Worker worker) {
        return new WorkerThread("test-worker", worker, Clock.system(), failure::set).start();
    }
}
