package io.ternmq.common.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ternmq.common.time.FakeClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManualWorkersTest {
    private final FakeClock clock = new FakeClock();
    private final ManualWorkers workers = new ManualWorkers(clock);
    private final List<Throwable> failures = new ArrayList<>();
    private int left;
    private int steps;
    private long due = Worker.NEVER;

    @Test
    void aWorkerIsSteppedWhileItHasWorkThenRestsUntilItIsRung() {
        RungWorker rung = take();
        left = 2;
        rung.start();

        workers.runUntilIdle();

        assertThat(steps).isEqualTo(3); // the last finds nothing
        left = 1;
        workers.runUntilIdle();
        assertThat(left).as("nobody rang").isEqualTo(1);
        rung.ring();
        workers.runUntilIdle();
        assertThat(left).isZero();
    }

    @Test
    void aWorkerIsSteppedWhenItsTimeHasCome() {
        due = clock.monotonicNanos() + Duration.ofSeconds(1).toNanos();
        take().start();
        workers.runUntilIdle();
        int before = steps;

        workers.advance(Duration.ofMillis(999));
        assertThat(workers.ready()).isEmpty();
        workers.advance(Duration.ofMillis(1));

        assertThat(workers.ready()).containsExactly("one");
        due = Worker.NEVER;
        workers.step("one");
        assertThat(steps).isEqualTo(before + 1);
    }

    @Test
    void aWorkerThatThrowsIsSteppedNoMore() {
        left = -1;
        take().start();

        workers.runUntilIdle();

        assertThat(failures).hasSize(1);
        assertThat(workers.ready()).isEmpty();
        assertThatThrownBy(() -> workers.step("one")).hasMessageContaining("is not ready");
    }

    @Test
    void tasksRunAsTimePassesUntilTheirSchedulerIsClosed() {
        OwnedScheduler scheduler = workers.scheduler("timer");
        scheduler.every(Duration.ofSeconds(1), Duration.ofSeconds(1), "count", () -> steps++);

        workers.advance(Duration.ofSeconds(3));
        scheduler.close();
        workers.advance(Duration.ofSeconds(3));

        assertThat(steps).isEqualTo(3);
    }

    private RungWorker take() {
        return workers.take(
                "one",
                new Worker() {
                    @Override
                    public int doWork() {
                        steps++;
                        if (left < 0) {
                            throw new IllegalStateException("a bug");
                        }
                        return left > 0 ? left-- : 0;
                    }

                    @Override
                    public long nextDueNanos() {
                        return due;
                    }
                },
                failures::add);
    }
}
