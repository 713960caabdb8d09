package io.ternmq.benchmark.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the measurements of the store in rounds, each of them once a round in a JVM of its own; then prints the medians
 * beside their bars.
 */
public final class StoreBenchmarks {
    private static final int ROUNDS = 5;

    /** One measurement: a method and a number of threads. */
    enum Trial {
        APPEND_1(AppendBenchmark.class, "append", 1),
        APPEND_2(AppendBenchmark.class, "append", 2),
        SUSTAINED(SustainedBenchmark.class, "append", 1),
        PULL(PullBenchmark.class, "pull", 1),
        GROUP_COMMIT(GroupCommitBenchmark.class, "send", 64);

        private final Class<?> benchmark;
        private final String method;
        private final int threads;

        Trial(Class<?> benchmark, String method, int threads) {
            this.benchmark = benchmark;
            this.method = method;
            this.threads = threads;
        }
    }

    private final int rounds;
    private final Path scratch;

    private StoreBenchmarks(int rounds, Path scratch) {
        this.rounds = rounds;
        this.scratch = scratch;
    }

    /**
     * Runs.
     *
     * @param arguments {@code --rounds N}, as {@code benchmark/jmh --help} says; the system property
     *     {@code benchmark.scratch} names the folder for the stores
     */
    public static void main(String[] arguments) throws RunnerException {
        int rounds = ROUNDS;
        if (arguments.length == 2 && arguments[0].equals("--rounds") && arguments[1].matches("[1-9][0-9]{0,3}")) {
            rounds = Integer.parseInt(arguments[1]);
        } else if (arguments.length > 0) {
            System.err.println("benchmark/jmh: cannot read '" + String.join(" ", arguments)
                    + "', expected --rounds N with N from 1 to 9999");
            System.exit(2);
        }
        Path scratch = Path.of(System.getProperty(Scratch.PROPERTY, "")).toAbsolutePath();
        System.out.print(new StoreBenchmarks(rounds, scratch).run().text());
    }

    private StoreFigures run() throws RunnerException {
        List<Map<Trial, Measured>> all = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            Map<Trial, Measured> measured = new EnumMap<>(Trial.class);
            for (Trial trial : Trial.values()) {
                measured.put(trial, measure(trial));
                System.err.printf(
                        Locale.ROOT,
                        "round %d of %d: %s %s%n",
                        round + 1,
                        rounds,
                        trial.name().toLowerCase(Locale.ROOT),
                        measured.get(trial));
            }
            all.add(measured);
        }
        return new StoreFigures(all);
    }

    private Measured measure(Trial trial) throws RunnerException {
        Options options = new OptionsBuilder()
                .include(trial.benchmark.getName() + "\\." + trial.method + "$")
                .threads(trial.threads)
                .forks(1)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .jvmArgsAppend(
                        "-Xms1g",
                        "-Xmx1g",
                        "-XX:+AlwaysPreTouch",
                        "-XX:+UseSerialGC",
                        "-D" + Scratch.PROPERTY + "=" + scratch)
                .build();
        BenchmarkResult fork =
                new Runner(options).runSingle().getBenchmarkResults().iterator().next();
        return Measured.of(List.copyOf(fork.getIterationResults()));
    }
}
