package io.ternmq.client.fault;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * For how long a broker is left alone after an answer that took long, or after none. Immutable.
 *
 * <p>The classes are the protocol's defaults:
 *
 * <pre>
 * an answer after at least   50  100  550  1800  3000  5000  15000 ms
 * holds the broker off for    0    0    2     5     6    10     30 s
 * </pre>
 */
public final class HoldOffs {
    /** Of a broker that could not be reached, or did not answer. As an answer after ten seconds. */
    static final Duration UNREACHABLE = Duration.ofSeconds(10);

    /** Of a broker that said it is too busy, or about to leave. */
    static final Duration REFUSING = Duration.ofSeconds(2);

    /** Calls may be under way for so long, and no answer come at all, before a broker is taken for silent. */
    static final Duration SILENCE = Duration.ofMillis(500);

    private static final long[] LATENCY_MILLIS = {50, 100, 550, 1_800, 3_000, 5_000, 15_000};
    private static final long[] HOLD_OFF_MILLIS = {0, 0, 2_000, 5_000, 6_000, 10_000, 30_000};

    private final long[] latencyNanos;
    private final long[] holdOffNanos;

    private HoldOffs(long[] latencyMillis, long[] holdOffMillis) {
        this.latencyNanos = nanos(latencyMillis);
        this.holdOffNanos = nanos(holdOffMillis);
    }

    public static HoldOffs defaults() {
        return new HoldOffs(LATENCY_MILLIS, HOLD_OFF_MILLIS);
    }

    /**
     * Takes classes of an application's own.
     *
     * @param latencyMillis lower bounds of the classes, ascending
     * @param holdOffMillis one for each class, none below 0
     * @throws IllegalArgumentException if they are not such
     */
    public static HoldOffs of(long[] latencyMillis, long[] holdOffMillis) {
        if (latencyMillis.length != holdOffMillis.length) {
            throw new IllegalArgumentException("latencyMax has " + latencyMillis.length
                    + " classes, notAvailableDuration " + holdOffMillis.length + ": expected one for each");
        }
        for (int index = 0; index < latencyMillis.length; index++) {
            long lowest = index == 0 ? 0 : latencyMillis[index - 1] + 1;
            if (latencyMillis[index] < lowest || holdOffMillis[index] < 0) {
                throw new IllegalArgumentException("Latency classes must ascend and hold-offs not be below 0: found "
                        + Arrays.toString(latencyMillis) + " ms and " + Arrays.toString(holdOffMillis) + " ms");
            }
        }
        return new HoldOffs(latencyMillis, holdOffMillis);
    }

    /** Nanoseconds for which an answer after {@code latency} nanoseconds holds its broker off; mostly 0. */
    long after(long latency) {
        for (int index = latencyNanos.length - 1; index >= 0; index--) {
            if (latency >= latencyNanos[index]) {
                return holdOffNanos[index];
            }
        }
        return 0;
    }

    private static long[] nanos(long[] millis) {
        return Arrays.stream(millis).map(TimeUnit.MILLISECONDS::toNanos).toArray();
    }
}
