package io.ternmq.benchmark.failures;

import io.ternmq.benchmark.Arguments;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a run is asked to do; {@code benchmark/failures.txt} says what each means. Times in seconds.
 *
 * @param output path of the calls of each client, without an ending
 */
record FailureOptions(
        List<Kind> clients,
        int rounds,
        int threads,
        int perSecond,
        int warmup,
        int before,
        int away,
        int woken,
        int back,
        List<String> jvmFlags,
        Path output) {
    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            Map.entry("clients", "tern,official,avoiding"),
            Map.entry("rounds", "1"),
            Map.entry("threads", "16"),
            Map.entry("rate", "1000"),
            Map.entry("warmup", "15"),
            Map.entry("before", "5"),
            Map.entry("away", "20"),
            Map.entry("woken", "10"),
            Map.entry("back", "40"),
            Map.entry("jvm", "-Xmx512m"),
            Map.entry("output", "benchmark/target/failures"));

    FailureOptions {
        clients = List.copyOf(clients);
        jvmFlags = List.copyOf(jvmFlags);
    }

    /** A client as it is set. */
    enum Kind {
        TERN("io.ternmq.benchmark.tern.TernLoadClient", "default"),
        OFFICIAL("io.ternmq.benchmark.official.OfficialLoadClient", "default"),
        /** The official one, told to avoid brokers that do badly. */
        AVOIDING("io.ternmq.benchmark.official.OfficialLoadClient", "true");

        private final String loadClass;
        private final String avoidsFaults;

        Kind(String loadClass, String avoidsFaults) {
            this.loadClass = loadClass;
            this.avoidsFaults = avoidsFaults;
        }

        String loadClass() {
            return loadClass;
        }

        String avoidsFaults() {
            return avoidsFaults;
        }
    }

    static Set<String> names() {
        return DEFAULTS.keySet();
    }

    /** @throws IllegalArgumentException naming the option, its value and what was expected */
    static FailureOptions parse(String... arguments) {
        Arguments given = Arguments.parse(DEFAULTS, arguments);
        return new FailureOptions(
                given.list("clients", Kind.class),
                given.number("rounds", 1, 100),
                given.number("threads", 1, 1_000),
                given.number("rate", 10, 100_000),
                given.number("warmup", 1, 3_600),
                given.number("before", 1, 3_600),
                given.number("away", 4, 3_600),
                given.number("woken", 1, 3_600),
                given.number("back", 1, 3_600),
                given.words("jvm"),
                Path.of(given.text("output")));
    }
}
