package io.ternmq.benchmark.load;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What one run saw. Travels as one line of text.
 *
 * @param messages stored, or consumed; 0 where consumers only wait
 * @param failures sends that were not acknowledged
 * @param nanos from the first to the last of them
 * @param p50Micros median time to the answer of one request, or to the listener; 0 where there is none to wait for
 * @param p99Micros the same, of 99 %
 * @param p999Micros the same, of 99.9 %
 * @param brokerCpuMicros the broker used of all processors, in user and system mode
 * @param brokerSwitches of the broker's threads, voluntary and not
 * @param brokerThreads alive afterwards
 * @param brokerGcMicros the broker's collectors worked, pauses of concurrent ones included; not a number where its JVM does
 *     not tell
 * @param brokerRssKib resident memory of the broker afterwards, mapped files included
 * @param brokerAnonKib the part of it that is not of files
 * @param clientCpuMicros the load program itself used
 */
public record Measurement(
        long messages,
        long failures,
        long nanos,
        double p50Micros,
        double p99Micros,
        double p999Micros,
        long brokerCpuMicros,
        long brokerSwitches,
        int brokerThreads,
        double brokerGcMicros,
        long brokerRssKib,
        long brokerAnonKib,
        long clientCpuMicros) {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MICRO = 1e3;

    public double perSecond() {
        return messages * NANOS_PER_SECOND / nanos;
    }

    public double brokerCpuMicrosPerMessage() {
        return (double) brokerCpuMicros / messages;
    }

    public double brokerSwitchesPerMessage() {
        return (double) brokerSwitches / messages;
    }

    public double clientCpuMicrosPerMessage() {
        return (double) clientCpuMicros / messages;
    }

    /** Of one processor, in the time that was measured. */
    public double brokerCpuPercent() {
        return 100.0 * TimeUnit.MICROSECONDS.toNanos(brokerCpuMicros) / nanos;
    }

    /** The part of the time in which its collectors were at work. */
    public double brokerGcPercent() {
        return 100.0 * NANOS_PER_MICRO * brokerGcMicros / nanos;
    }

    public double brokerSwitchesPerSecond() {
        return brokerSwitches * NANOS_PER_SECOND / nanos;
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "messages=%d failures=%d nanos=%d p50Micros=%.1f p99Micros=%.1f p999Micros=%.1f brokerCpuMicros=%d"
                        + " brokerSwitches=%d brokerThreads=%d brokerGcMicros=%.0f brokerRssKib=%d brokerAnonKib=%d clientCpuMicros=%d",
                messages,
                failures,
                nanos,
                p50Micros,
                p99Micros,
                p999Micros,
                brokerCpuMicros,
                brokerSwitches,
                brokerThreads,
                brokerGcMicros,
                brokerRssKib,
                brokerAnonKib,
                clientCpuMicros);
    }

    /** Reads what {@link #line()} wrote. */
    public static Measurement parse(String line) {
        Map<String, String> fields = Order.fields(line);
        return new Measurement(
                Long.parseLong(fields.get("messages")),
                Long.parseLong(fields.get("failures")),
                Long.parseLong(fields.get("nanos")),
                Double.parseDouble(fields.get("p50Micros")),
                Double.parseDouble(fields.get("p99Micros")),
                Double.parseDouble(fields.get("p999Micros")),
                Long.parseLong(fields.get("brokerCpuMicros")),
                Long.parseLong(fields.get("brokerSwitches")),
                Integer.parseInt(fields.get("brokerThreads")),
                Double.parseDouble(fields.get("brokerGcMicros")),
                Long.parseLong(fields.get("brokerRssKib")),
                Long.parseLong(fields.get("brokerAnonKib")),
                Long.parseLong(fields.get("clientCpuMicros")));
    }
}
