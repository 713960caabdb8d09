package io.ternmq.common.time;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that moves only when a test says so. Wall and monotonic time advance together unless set apart. */
public final class FakeClock implements Clock {
    private final AtomicLong wallMillis; // written by the test, read by any thread
    private final AtomicLong nanos = new AtomicLong();

    public FakeClock() {
        this(1_700_000_000_000L);
    }

    public FakeClock(long startWallMillis) {
        wallMillis = new AtomicLong(startWallMillis);
    }

    @Override
    public long wallMillis() {
        return wallMillis.get();
    }

    @Override
    public long monotonicNanos() {
        return nanos.get();
    }

    /** Moves both clocks forward. */
    public void advance(Duration step) {
        nanos.addAndGet(step.toNanos());
        wallMillis.addAndGet(step.toMillis());
    }

    /** Sets wall time alone, also back, as an operator or a time server may do. */
    public void setWallMillis(long millis) {
        wallMillis.set(millis);
    }
}
