package io.ternmq.benchmark.profile;

import io.ternmq.benchmark.Arguments;
import io.ternmq.benchmark.Flush;
import io.ternmq.benchmark.Library;
import io.ternmq.benchmark.Load;
import io.ternmq.benchmark.Make;
import io.ternmq.benchmark.load.Mode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a profile is asked for; {@code benchmark/profile.txt} says what each means.
 *
 * @param server that is profiled
 * @param client that loads it
 * @param mode of the load
 * @param load its numbers; its seconds are those recorded
 * @param warmupSeconds of the same load before that
 * @param jvmFlags of the broker
 * @param flush what the broker waits for before it acknowledges
 * @param output the file to write
 */
record ProfileOptions(
        Make server,
        Library client,
        Mode mode,
        Load load,
        int warmupSeconds,
        List<String> jvmFlags,
        Flush flush,
        Path output) {
    private static final Map<String, String> DEFAULTS = Map.of(
            "server", "tern",
            "client", "official",
            "mode", "async",
            "duration", "20",
            "warmup", "30",
            "jvm", "-Xmx1g",
            "flush", "async",
            "output", "benchmark/target/profile.html");

    ProfileOptions {
        jvmFlags = List.copyOf(jvmFlags);
    }

    static Set<String> names() {
        return defaults().keySet();
    }

    private static Map<String, String> defaults() {
        Map<String, String> defaults = new HashMap<>(Load.DEFAULTS);
        defaults.putAll(DEFAULTS);
        return defaults;
    }

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException naming the option, its value and what was expected
     */
    static ProfileOptions parse(String... arguments) {
        Arguments given = Arguments.parse(defaults(), arguments);
        Make server = given.one("server", Make.class);
        Mode mode = given.one("mode", Mode.class);
        if (!server.serves(mode)) {
            throw new IllegalArgumentException(
                    "option --mode is '" + mode.label() + "', which the " + server.label() + " does not serve");
        }
        return new ProfileOptions(
                server,
                given.one("client", Library.class),
                mode,
                Load.from(given),
                given.number("warmup", 0, 3_600),
                given.words("jvm"),
                given.one("flush", Flush.class),
                Path.of(given.text("output")));
    }
}
