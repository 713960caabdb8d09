package io.ternmq.benchmark.store;

import io.ternmq.benchmark.Medians;
import io.ternmq.benchmark.store.StoreBenchmarks.Trial;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What the rounds gave, beside the bars: medians over the rounds of each figure and of each ratio, both as measured in one
 * process.
 *
 * @param rounds one or more
 */
record StoreFigures(List<Map<Trial, Measured>> rounds) {
    private static final double CPU_RATIO_MAX = 2.0;
    private static final double RATE_RATIO_MIN = 0.8;

    /**
     * A dozen small objects of 16 to 80 bytes, 490 bytes together, of which the request's own are 140; a second one of over
     * 200 bytes, or a copy of the body, does not fit beside them.
     */
    private static final double ALLOCATED_BYTES_MAX = 600;

    private static final double MESSAGES_PER_FORCE_MIN = 10;

    StoreFigures {
        rounds = List.copyOf(rounds);
    }

    String text() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%-46s %12s %12s %8s  %s%n",
                "median of " + rounds.size(),
                "store",
                "bare",
                "ratio",
                "bar"));
        cpu(text, "1 thread", Trial.APPEND_1);
        cpu(text, "2 threads", Trial.APPEND_2);
        double rate = 1 / median(Trial.SUSTAINED, Measured::scoreRatio);
        line(
                text,
                "sustained append, messages/s",
                1e6 / median(Trial.SUSTAINED, Measured::score),
                1e6 / median(Trial.SUSTAINED, Measured::bareScore),
                rate,
                judged("at least " + RATE_RATIO_MIN, rate >= RATE_RATIO_MIN));
        line(
                text,
                "  of it, thread cpu, ns",
                median(Trial.SUSTAINED, Measured::cpuNanos),
                median(Trial.SUSTAINED, Measured::bareNanos),
                median(Trial.SUSTAINED, Measured::cpuRatio),
                "");
        line(
                text,
                "  of it, cpu of all threads, ns",
                median(Trial.SUSTAINED, Measured::processNanos),
                median(Trial.SUSTAINED, Measured::bareNanos),
                median(Trial.SUSTAINED, each -> each.processNanos() / each.bareNanos()),
                "");
        double allocated = median(Trial.APPEND_1, Measured::allocatedBytes);
        single(text, "append, bytes allocated a message", allocated, "at most 600", allocated <= ALLOCATED_BYTES_MAX);
        double pulled = median(Trial.PULL, Measured::allocatedBytes);
        single(
                text,
                "pull of 32, bytes allocated a message",
                pulled,
                "less than a body, " + BenchmarkStore.BODY_BYTES,
                pulled < BenchmarkStore.BODY_BYTES);
        single(text, "pull of 32, us", median(Trial.PULL, Measured::score), "-", true);
        double perForce = median(Trial.GROUP_COMMIT, Measured::messagesPerForce);
        single(
                text,
                "SYNC_FLUSH by 64 senders, messages a force",
                perForce,
                "at least 10",
                perForce >= MESSAGES_PER_FORCE_MIN);
        single(text, "SYNC_FLUSH by 64 senders, messages/s", median(Trial.GROUP_COMMIT, Measured::score), "-", true);
        return text.toString();
    }

    private void cpu(StringBuilder text, String threads, Trial trial) {
        double ratio = median(trial, Measured::cpuRatio);
        line(
                text,
                "append, thread cpu, ns (" + threads + ")",
                median(trial, Measured::cpuNanos),
                median(trial, Measured::bareNanos),
                ratio,
                judged("at most " + CPU_RATIO_MAX, ratio <= CPU_RATIO_MAX));
        line(
                text,
                "  of it, the best bursts",
                median(trial, Measured::cpuNanosMin),
                median(trial, Measured::bareNanosMin),
                median(trial, each -> each.cpuNanosMin() / each.bareNanosMin()),
                String.format(Locale.ROOT, "%.0f%% of bursts in place", 100 * median(trial, Measured::inPlace)));
    }

    private static String judged(String bar, boolean isKept) {
        return bar + ": " + (isKept ? "kept" : "MISSED");
    }

    private static void line(StringBuilder text, String name, double ours, double bare, double ratio, String remark) {
        text.append(String.format(Locale.ROOT, "%-46s %,12.0f %,12.0f %8.2f  %s%n", name, ours, bare, ratio, remark));
    }

    private static void single(StringBuilder text, String name, double ours, String bar, boolean isKept) {
        text.append(String.format(
                Locale.ROOT,
                "%-46s %,12.1f %12s %8s  %s%n",
                name,
                ours,
                "",
                "",
                bar.equals("-") ? "" : bar + ": " + (isKept ? "kept" : "MISSED")));
    }

    private double median(Trial trial, ToDoubleFunction<Measured> figure) {
        return Medians.of(rounds, round -> figure.applyAsDouble(round.get(trial)));
    }
}
