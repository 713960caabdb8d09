package io.ternmq.benchmark.store;

import io.ternmq.benchmark.Medians;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;

/**
 * What one trial gave. Medians of its iterations, since now and then another process takes the machine away; ratios are
 * medians over pairs of a turn of the store and the bare loop's turn that follows it.
 *
 * @param score of JMH in the store's iterations, in the unit of the benchmark
 * @param bareScore of JMH in the bare loop's
 * @param scoreRatio of the store to the bare loop
 * @param cpuNanos a message, of the thread that stores or reads it
 * @param cpuNanosMin the best iteration's
 * @param bareNanos a message, of the bare loop
 * @param bareNanosMin the best iteration's
 * @param cpuRatio of the store to the bare loop
 * @param processNanos a message, of all threads of the process
 * @param inPlace part of the iterations in which appends were answered in place, which alone count for that time: once a
 *     turn was slow, callers hand their work to another thread for a second, and that is not what an append costs
 * @param allocatedBytes a message, by that thread
 * @param messagesPerForce of the log
 */
record Measured(
        double score,
        double bareScore,
        double scoreRatio,
        double cpuNanos,
        double cpuNanosMin,
        double bareNanos,
        double bareNanosMin,
        double cpuRatio,
        double processNanos,
        double inPlace,
        double allocatedBytes,
        double messagesPerForce) {
    /** Part of the answers that may come from another thread where appends count as answered in place. */
    private static final double LATE_MAX = 0.01;

    private record Pair(IterationResult store, IterationResult bare) {}

    /** The figures of a trial in which each turn of the store is followed by one of the bare loop, or has none. */
    static Measured of(List<IterationResult> iterations) {
        List<IterationResult> stores = iterations.stream()
                .filter(each -> counted(each, "bareMessages") == 0)
                .toList();
        List<IterationResult> bares = iterations.stream()
                .filter(each -> counted(each, "bareMessages") > 0)
                .toList();
        List<Pair> pairs = IntStream.range(0, Math.min(stores.size(), bares.size()))
                .mapToObj(i -> new Pair(stores.get(i), bares.get(i)))
                .toList();
        List<IterationResult> placed = inPlace(stores, each -> each);
        List<IterationResult> timed = placed.isEmpty() ? stores : placed;
        List<Pair> placedPairs = inPlace(pairs, Pair::store);
        List<Pair> timedPairs = placedPairs.isEmpty() ? pairs : placedPairs;
        return new Measured(
                Medians.of(stores, Measured::scoreOf),
                Medians.of(bares, Measured::scoreOf),
                Medians.of(pairs, pair -> scoreOf(pair.store()) / scoreOf(pair.bare())),
                Medians.of(timed, Measured::cpuOf),
                timed.stream().mapToDouble(Measured::cpuOf).min().orElse(Double.NaN),
                Medians.of(bares, Measured::bareOf),
                bares.stream().mapToDouble(Measured::bareOf).min().orElse(Double.NaN),
                Medians.of(timedPairs, pair -> cpuOf(pair.store()) / bareOf(pair.bare())),
                Medians.of(timed, each -> perMessage(each, "processNanos")),
                (double) placed.size() / stores.size(),
                Medians.of(stores, each -> perMessage(each, "allocatedBytes")),
                1 / Medians.of(stores, each -> perMessage(each, "forces")));
    }

    private static <T> List<T> inPlace(List<T> all, Function<T, IterationResult> store) {
        return all.stream()
                .filter(each -> perMessage(store.apply(each), "late") < LATE_MAX)
                .toList();
    }

    private static double scoreOf(IterationResult iteration) {
        return iteration.getPrimaryResult().getScore();
    }

    private static double cpuOf(IterationResult iteration) {
        return perMessage(iteration, "cpuNanos");
    }

    private static double bareOf(IterationResult iteration) {
        return counted(iteration, "bareNanos") / counted(iteration, "bareMessages");
    }

    private static double perMessage(IterationResult iteration, String counter) {
        return counted(iteration, counter) / counted(iteration, "messages");
    }

    private static double counted(IterationResult iteration, String counter) {
        Result<?> result = iteration.getSecondaryResults().get(counter);
        return result == null ? 0 : result.getScore();
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "score %.3f, bare %.3f; %.0f ns of cpu a message (best %.0f, in place %.2f), bare %.0f (best %.0f),"
                        + " ratio %.2f; whole process %.0f ns; %.0f bytes a message; %.1f messages a force",
                score,
                bareScore,
                cpuNanos,
                cpuNanosMin,
                inPlace,
                bareNanos,
                bareNanosMin,
                cpuRatio,
                processNanos,
                allocatedBytes,
                messagesPerForce);
    }
}
