package io.ternmq.benchmark.load;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what other threads bring about. Stateless. */
final class Waiting {
    private static final long LOOK_INTERVAL_NANOS = 1_000_000;

    private Waiting() {}

    /** @throws IllegalStateException if it has not come about in time; says what */
    static void until(String what, long limitSeconds, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(limitSeconds);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("not within " + limitSeconds + " s: " + what);
            }
            LockSupport.parkNanos(LOOK_INTERVAL_NANOS);
        }
    }
}
