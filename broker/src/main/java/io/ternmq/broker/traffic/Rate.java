package io.ternmq.broker.traffic;

import java.util.concurrent.atomic.LongAdder;

/**
 * A count that only grows, and how fast it grew over the last 10 seconds, minute and 10 minutes. Any thread counts; one
 * thread samples.
 */
public final class Rate {
    /** Seconds between two samples. */
    static final int SAMPLE_SECONDS = 10;

    private static final int SAMPLES_KEPT = 60; // ten minutes back
    private static final int[] SPANS = {1, 6, 60}; // in samples: 10 s, 1 min, 10 min

    private final LongAdder count = new LongAdder();
    private final long[] samples = new long[SAMPLES_KEPT + 1]; // guarded by this; ring of counts
    private long sampled; // guarded by this; samples taken so far

    public void add(long amount) {
        count.add(amount);
    }

    /** All that was added so far. */
    public long total() {
        return count.sum();
    }

    /** Growth a second over the last 10 seconds, minute and 10 minutes, or since the start where that is shorter. */
    public synchronized double[] perSecond() {
        double[] rates = new double[SPANS.length];
        for (int index = 0; index < SPANS.length; index++) {
            long span = Math.min(SPANS[index], sampled - 1);
            rates[index] = span <= 0 ? 0.0 : grownOver(span) / (double) (span * SAMPLE_SECONDS);
        }
        return rates;
    }

    /** Notes the count; called every {@value #SAMPLE_SECONDS} seconds. */
    synchronized void sample() {
        samples[(int) (sampled % samples.length)] = count.sum();
        sampled++;
    }

    private long grownOver(long span) {
        return at(sampled - 1) - at(sampled - 1 - span);
    }

    private long at(long sample) {
        return samples[(int) (sample % samples.length)];
    }
}
