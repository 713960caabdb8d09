package io.ternmq.benchmark.scale;

import io.ternmq.benchmark.Arguments;
import io.ternmq.benchmark.scale.Point.Axis;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is asked; {@code benchmark/scale.txt} says what each means.
 *
 * @param points to measure, each curve in its order
 * @param rounds measured runs of each point
 * @param seconds of a run
 * @param warmupMessages at each point before any counting
 * @param window sends under way
 * @param bodyBytes of each message
 * @param jvmFlags of the brokers
 * @param output path of the results, without an ending
 */
record ScaleOptions(
        List<Point> points,
        int rounds,
        int seconds,
        int warmupMessages,
        int window,
        int bodyBytes,
        List<String> jvmFlags,
        Path output) {
    private static final Map<String, String> DEFAULTS = Map.of(
            "queues", "1,8,1000,8000",
            "connections", "1,100,2000",
            "rounds", "5",
            "duration", "5",
            "warmup", "300000",
            "window", "64",
            "size", "1024",
            "jvm", "-Xmx1g",
            "output", "benchmark/target/scale");

    ScaleOptions {
        points = List.copyOf(points);
        jvmFlags = List.copyOf(jvmFlags);
    }

    static Set<String> names() {
        return DEFAULTS.keySet();
    }

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException naming the option, its value and what was expected
     */
    static ScaleOptions parse(String... arguments) {
        Arguments given = Arguments.parse(DEFAULTS, arguments);
        return new ScaleOptions(
                Stream.of(
                                given.numbers("queues", 1, 100_000).stream()
                                        .map(count -> new Point(Axis.QUEUES, count)),
                                given.numbers("connections", 1, 10_000).stream()
                                        .map(count -> new Point(Axis.CONNECTIONS, count)))
                        .flatMap(points -> points)
                        .toList(),
                given.number("rounds", 1, 1_000),
                given.number("duration", 1, 3_600),
                given.number("warmup", 0, 100_000_000),
                given.number("window", 1, 10_000),
                given.number("size", 1, 4 * 1024 * 1024),
                given.words("jvm"),
                Path.of(given.text("output")));
    }
}
