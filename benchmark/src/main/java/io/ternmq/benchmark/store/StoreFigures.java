package io.ternmq.benchmark.store;

import io.ternmq.benchmark.store.StoreBenchmarks.Measured;
import io.ternmq.benchmark.store.StoreBenchmarks.Trial;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;

/**
 * What the rounds gave, beside the bars: medians of figures, and medians of the ratios within each round.
 *
 * @param rounds one or more
 */
record StoreFigures(List<Map<Trial, Measured>> rounds) {
    private static final double CPU_RATIO_MAX = 2.0;
    private static final double RATE_RATIO_MIN = 0.8;

    /** With one allocation of over 200 bytes a message at most, and the small ones beside it. */
    private static final double ALLOCATED_BYTES_MAX = 400;

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
        ratio(text, "append, thread cpu, ns (1 thread)", Trial.STORE_1, Trial.BARE_1);
        ratio(text, "append, thread cpu, ns (2 threads)", Trial.STORE_2, Trial.BARE_2);
        double rate = median((ours, bare) -> bare.score() / ours.score(), Trial.STORE_SUSTAINED, Trial.BARE_FRESH);
        line(
                text,
                "sustained append, messages/s",
                1e6 / median(Trial.STORE_SUSTAINED, Measured::score),
                1e6 / median(Trial.BARE_FRESH, Measured::score),
                rate,
                "at least " + RATE_RATIO_MIN,
                rate >= RATE_RATIO_MIN);
        double allocated = median(Trial.STORE_1, Measured::allocatedBytes);
        single(text, "append, bytes allocated a message", allocated, "at most 400", allocated <= ALLOCATED_BYTES_MAX);
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

    private void ratio(StringBuilder text, String name, Trial ours, Trial bare) {
        double ratio = median((one, other) -> one.cpuNanos() / other.cpuNanos(), ours, bare);
        line(
                text,
                name,
                median(ours, Measured::cpuNanos),
                median(bare, Measured::cpuNanos),
                ratio,
                "at most " + CPU_RATIO_MAX,
                ratio <= CPU_RATIO_MAX);
    }

    private static void line(
            StringBuilder text, String name, double ours, double bare, double ratio, String bar, boolean isKept) {
        text.append(String.format(
                Locale.ROOT,
                "%-46s %,12.0f %,12.0f %8.2f  %s: %s%n",
                name,
                ours,
                bare,
                ratio,
                bar,
                isKept ? "kept" : "MISSED"));
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

    private double median(ToDoubleBiFunction<Measured, Measured> figure, Trial ours, Trial bare) {
        return Medians.of(rounds, round -> figure.applyAsDouble(round.get(ours), round.get(bare)));
    }
}
