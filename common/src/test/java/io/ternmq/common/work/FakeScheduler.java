package io.ternmq.common.work;

import io.ternmq.common.time.FakeClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** A scheduler whose tasks run when a test lets time pass, on the test's own thread. */
public final class FakeScheduler implements Scheduler {
    private final FakeClock clock;
    private final List<Entry> entries = new ArrayList<>();
    private long handedIn;

    private record Entry(
            long dueNanos, long number, Optional<Duration> period, Runnable work, AtomicBoolean cancelled) {}

    public FakeScheduler(FakeClock clock) {
        this.clock = clock;
    }

    @Override
    public Task after(Duration delay, String name, Runnable work) {
        return add(delay, Optional.empty(), work, new AtomicBoolean());
    }

    @Override
    public Task every(Duration first, Duration period, String name, Runnable work) {
        return add(first, Optional.of(period), work, new AtomicBoolean());
    }

    /** Runs what is due now, and what that makes due. */
    public void runDue() {
        advance(Duration.ZERO);
    }

    /** Lets time pass, running each task at its time. */
    public void advance(Duration step) {
        long endNanos = clock.monotonicNanos() + step.toNanos();
        Optional<Entry> next = nextUntil(endNanos);
        while (next.isPresent()) {
            Entry entry = next.get();
            entries.remove(entry);
            clock.advance(Duration.ofNanos(Math.max(0, entry.dueNanos - clock.monotonicNanos())));
            if (!entry.cancelled.get()) {
                entry.work.run();
                entry.period.ifPresent(period -> add(period, entry.period, entry.work, entry.cancelled));
            }
            next = nextUntil(endNanos);
        }
        clock.advance(Duration.ofNanos(endNanos - clock.monotonicNanos()));
    }

    private Task add(Duration delay, Optional<Duration> period, Runnable work, AtomicBoolean cancelled) {
        entries.add(new Entry(clock.monotonicNanos() + delay.toNanos(), handedIn++, period, work, cancelled));
        return () -> cancelled.set(true);
    }

    private Optional<Entry> nextUntil(long endNanos) {
        return entries.stream()
                .filter(entry -> entry.dueNanos <= endNanos)
                .min(Comparator.comparingLong(Entry::dueNanos).thenComparingLong(Entry::number));
    }
}
