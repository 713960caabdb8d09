package io.ternmq.benchmark.load;

import java.util.OptionalLong;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * The stretch of time that one run counts: its clock, its latencies, and the processes' use of the processor at both ends.
 * Any thread records.
 */
final class Window {
    private static final int DIGITS = 3;
    private static final double NANOS_PER_MICRO = 1e3;

    private final long brokerPid;
    private final Recorder latencies = new Recorder(DIGITS);
    private final ProcessUsage brokerBefore;
    private final ProcessUsage clientBefore;
    private final OptionalLong gcMicrosBefore;
    private final long startNanos;

    private Window(long brokerPid) {
        this.brokerPid = brokerPid;
        brokerBefore = ProcessUsage.of(brokerPid);
        clientBefore = ProcessUsage.of(ProcessHandle.current().pid());
        gcMicrosBefore = GcTime.micros(brokerPid);
        startNanos = System.nanoTime();
    }

    static Window open(long brokerPid) {
        return new Window(brokerPid);
    }

    long startNanos() {
        return startNanos;
    }

    void answered(long sentNanos) {
        latencies.recordValue(System.nanoTime() - sentNanos);
    }

    Measurement close(long messages, long failures) {
        long nanos = System.nanoTime() - startNanos;
        ProcessUsage client = ProcessUsage.of(ProcessHandle.current().pid());
        ProcessUsage broker = ProcessUsage.of(brokerPid);
        OptionalLong gcMicros = GcTime.micros(brokerPid);
        Histogram histogram = latencies.getIntervalHistogram();
        return new Measurement(
                messages,
                failures,
                nanos,
                histogram.getValueAtPercentile(50) / NANOS_PER_MICRO,
                histogram.getValueAtPercentile(99) / NANOS_PER_MICRO,
                histogram.getValueAtPercentile(99.9) / NANOS_PER_MICRO,
                broker.cpuMicros() - brokerBefore.cpuMicros(),
                broker.switchesSince(brokerBefore),
                broker.threads(),
                gcMicros.isPresent() && gcMicrosBefore.isPresent()
                        ? gcMicros.getAsLong() - gcMicrosBefore.getAsLong()
                        : Double.NaN,
                broker.rssKib(),
                broker.anonKib(),
                client.cpuMicros() - clientBefore.cpuMicros());
    }
}
