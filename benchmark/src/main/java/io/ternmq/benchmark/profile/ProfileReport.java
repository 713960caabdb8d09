package io.ternmq.benchmark.profile;

import io.ternmq.benchmark.LoadAverage;
import io.ternmq.benchmark.load.Measurement;
import io.ternmq.benchmark.profile.FlamePage.Graph;
import io.ternmq.benchmark.profile.StackTree.Sum;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/** A profile as a page for browsers and as tables for the console. Owns nothing. */
final class ProfileReport {
    private static final int TOP = 20;
    private static final double PERCENT = 100;
    private static final double NANOS_PER_SECOND = 1e9;

    private final String title;
    private final BrokerSamples samples;
    private final long messages;
    private final List<String> facts;

    /**
     * Puts together what was seen.
     *
     * @param title what was profiled
     * @param runs of the load while it was recorded, 1 or more
     */
    ProfileReport(String title, BrokerSamples samples, List<Measurement> runs) {
        this.title = title;
        this.samples = samples;
        messages = sum(runs, Measurement::messages);
        facts = List.of(load(runs), sampled(), allocated());
    }

    private static long sum(List<Measurement> runs, ToLongFunction<Measurement> figure) {
        return runs.stream().mapToLong(figure).sum();
    }

    private String load(List<Measurement> runs) {
        long nanos = sum(runs, Measurement::nanos);
        long cpuMicros = sum(runs, Measurement::brokerCpuMicros);
        return String.format(
                Locale.ROOT,
                "%,d messages in %.1f s with the recording on; broker CPU %s us a message, %.1f %% of a processor;"
                        + " %s context switches a message; load average of the machine %s.",
                messages,
                nanos / NANOS_PER_SECOND,
                perMessage(cpuMicros),
                PERCENT * TimeUnit.MICROSECONDS.toNanos(cpuMicros) / nanos,
                perMessage(sum(runs, Measurement::brokerSwitches)),
                LoadAverage.now());
    }

    private String perMessage(long amount) {
        return messages == 0 ? "-" : String.format(Locale.ROOT, "%,.2f", (double) amount / messages);
    }

    private String sampled() {
        return String.format(
                Locale.ROOT,
                "%,d samples of running threads; %,d more of threads that waited in native code are left out.",
                samples.cpu().root().weight(),
                samples.waiting());
    }

    private String allocated() {
        long bytes = samples.allocation().root().weight();
        return String.format(
                Locale.ROOT,
                "About %,d bytes allocated, %s a message, as the JVM estimates from samples.",
                bytes,
                perMessage(bytes));
    }

    String html() {
        return new FlamePage(
                        title,
                        facts,
                        List.of(
                                new Graph("Processor time", samples.cpu(), "samples"),
                                new Graph("Allocation", samples.allocation(), "bytes")))
                .html();
    }

    String text() {
        return title + "\n" + String.join("\n", facts) + "\n\n" + table("Processor time", samples.cpu()) + "\n"
                + table("Allocation", samples.allocation());
    }

    private static String table(String heading, StackTree tree) {
        StringBuilder table = new StringBuilder(String.format("%-16s %9s %9s%n", heading, "self", "total"));
        double whole = tree.root().weight();
        for (Sum sum : tree.largest(TOP)) {
            table.append(String.format(
                    Locale.ROOT,
                    "%16s %7.2f %% %7.2f %%  %s%n",
                    "",
                    PERCENT * sum.self() / whole,
                    PERCENT * sum.total() / whole,
                    sum.name()));
        }
        return table.toString();
    }
}
