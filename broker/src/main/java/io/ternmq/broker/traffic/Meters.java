package io.ternmq.broker.traffic;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * How fast each of many things grew over the last minute. Owns one small meter for each that grew within it. Any thread
 * counts and reads; one thread samples.
 *
 * @param <K> names a thing
 */
public final class Meters<K> {
    private static final int SAMPLES_KEPT = 7; // a minute back

    /** One thing: the count itself, so that whoever counts looks at one object. */
    private static final class Meter extends LongAdder {
        private static final long serialVersionUID = 1L;

        private final long[] samples = new long[SAMPLES_KEPT]; // guarded by this; ring, the first is that of its birth
        private int sampled = 1; // guarded by this

        /** Whether it has not grown within all that is kept. */
        synchronized boolean sample() {
            samples[sampled % SAMPLES_KEPT] = sum();
            sampled++;
            return sampled > SAMPLES_KEPT && last() == first();
        }

        synchronized double perSecond() {
            int span = Math.min(sampled, SAMPLES_KEPT) - 1;
            return span == 0 ? 0.0 : (last() - first()) / (double) (span * Rate.SAMPLE_SECONDS);
        }

        private long last() {
            return samples[(sampled - 1) % SAMPLES_KEPT];
        }

        private long first() {
            return samples[sampled <= SAMPLES_KEPT ? 0 : sampled % SAMPLES_KEPT];
        }
    }

    private final int metersMax;
    private final Map<K, Meter> meters = new ConcurrentHashMap<>();

    /** @param metersMax things that are counted at one time; more are not, and show no rate */
    Meters(int metersMax) {
        this.metersMax = metersMax;
    }

    /** Growth a second over the last minute, or since it began; 0 for what has not grown. */
    public double perSecond(K thing) {
        Meter meter = meters.get(thing);
        return meter == null ? 0.0 : meter.perSecond();
    }

    void add(K thing, long amount) {
        Meter meter = meters.get(thing);
        if (meter == null) {
            if (meters.size() >= metersMax) {
                return;
            }
            meter = meters.computeIfAbsent(thing, first -> new Meter());
        }
        meter.add(amount);
    }

    /** Notes all counts and forgets what stood still; called every {@value Rate#SAMPLE_SECONDS} seconds. */
    void sample() {
        // Whatever is counted into a meter just forgotten is missing from a rate, and from nothing else.
        meters.values().removeIf(Meter::sample);
    }
}
