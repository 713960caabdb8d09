package io.ternmq.benchmark.failures;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What the calls of one client say about a run. A call belongs to the time at which it began. Owns nothing. */
final class Figures {
    /** Calls that take longer are disturbed. */
    static final long CALM_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** Length of the stretches of which each is judged calm or not. */
    static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final double CALM_PART = 0.99;
    private static final int CALM_WINDOWS = 10;

    private final List<Call> calls;
    private final Events events;

    Figures(List<Call> calls, Events events) {
        this.calls = List.copyOf(calls);
        this.events = events;
    }

    long failedFrom(long fromNanos, long toNanos) {
        return begunWithin(fromNanos, toNanos).stream().filter(Call::hasFailed).count();
    }

    /** Stored in each second. */
    double perSecond(long fromNanos, long toNanos) {
        long stored = calls.stream()
                .filter(call -> !call.hasFailed() && call.endedNanos() >= fromNanos && call.endedNanos() < toNanos)
                .count();
        return stored * (double) TimeUnit.SECONDS.toNanos(1) / (toNanos - fromNanos);
    }

    /**
     * The end of the first call that the strike disturbed, by failing or by taking long: from then on the client can know.
     * Empty if none was.
     */
    OptionalLong firstDetected() {
        return calls.stream()
                .filter(call -> call.endedNanos() >= events.struck() && call.beganNanos() < events.woken())
                .filter(Figures::isDisturbed)
                .mapToLong(Call::endedNanos)
                .min();
    }

    /** Calls begun within the time that failed or took long. */
    long disturbed(long fromNanos, long toNanos) {
        return begunWithin(fromNanos, toNanos).stream()
                .filter(Figures::isDisturbed)
                .count();
    }

    /** Nanoseconds within which so many of a hundred calls were over; 0 if none began. */
    long percentile(double part, long fromNanos, long toNanos) {
        long[] took = begunWithin(fromNanos, toNanos).stream()
                .mapToLong(Call::tookNanos)
                .sorted()
                .toArray();
        return took.length == 0 ? 0 : took[(int) Math.ceil(part * took.length) - 1];
    }

    /** How often each kind of failure was met. */
    Map<String, Long> failures(long fromNanos, long toNanos) {
        return begunWithin(fromNanos, toNanos).stream()
                .filter(Call::hasFailed)
                .collect(Collectors.groupingBy(Call::failure, TreeMap::new, Collectors.counting()));
    }

    /**
     * From when on after {@code fromNanos} all is calm for a second: in each of its windows calls begin, and 99 of 100 are over
     * in time. Empty if there is no such second before {@code toNanos}.
     */
    OptionalLong calmFrom(long fromNanos, long toNanos) {
        int calm = 0;
        for (long window = fromNanos; window + WINDOW_NANOS <= toNanos; window += WINDOW_NANOS) {
            calm = isCalm(window) ? calm + 1 : 0;
            if (calm == CALM_WINDOWS) {
                return OptionalLong.of(window - (CALM_WINDOWS - 1) * WINDOW_NANOS);
            }
        }
        return OptionalLong.empty();
    }

    private boolean isCalm(long windowNanos) {
        List<Call> begun = begunWithin(windowNanos, windowNanos + WINDOW_NANOS);
        long[] took = begun.stream()
                .mapToLong(call -> call.hasFailed() ? Long.MAX_VALUE : call.tookNanos())
                .sorted()
                .toArray();
        return took.length > 0 && took[(int) Math.ceil(CALM_PART * took.length) - 1] <= CALM_NANOS;
    }

    /** When a broker first stored a message again. */
    OptionalLong firstStoredBy(String broker, long fromNanos) {
        return calls.stream()
                .filter(call -> call.broker().equals(broker) && call.endedNanos() > fromNanos)
                .mapToLong(Call::endedNanos)
                .min();
    }

    /** The 99th percentile of each window, in order, for a person to look at. */
    long[] windows(long fromNanos, int count, long lengthNanos) {
        long[] p99 = new long[count];
        Arrays.setAll(
                p99,
                index -> percentile(CALM_PART, fromNanos + index * lengthNanos, fromNanos + (index + 1) * lengthNanos));
        return p99;
    }

    private List<Call> begunWithin(long fromNanos, long toNanos) {
        Predicate<Call> isWithin = call -> call.beganNanos() >= fromNanos && call.beganNanos() < toNanos;
        return calls.stream().filter(isWithin).toList();
    }

    private static boolean isDisturbed(Call call) {
        return call.hasFailed() || call.tookNanos() > CALM_NANOS;
    }
}
