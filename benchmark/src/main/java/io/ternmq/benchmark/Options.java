package io.ternmq.benchmark;

import io.ternmq.benchmark.load.Mode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a run is asked to do; {@code benchmark/usage.txt} says what each means.
 *
 * @param compared what stands side by side in the report
 * @param modes in the order they are measured
 * @param load what each single run does, in whichever mode
 * @param pairs measured runs on each broker and mode
 * @param warmupSeconds of each mode on each broker
 * @param starts measured starts of each broker
 * @param clients libraries that load
 * @param servers that are loaded
 * @param jvmFlags of the brokers
 * @param flush what the brokers wait for before they acknowledge
 * @param output path of the results, without an ending
 */
record Options(
        Compared compared,
        List<Mode> modes,
        Load load,
        int pairs,
        int warmupSeconds,
        int starts,
        List<Library> clients,
        List<Make> servers,
        List<String> jvmFlags,
        Flush flush,
        Path output) {
    private static final Map<String, String> DEFAULTS = Map.of(
            "compare", "servers",
            "modes", "sync,async,batch,consume",
            "pairs", "5",
            "warmup", "10",
            "starts", "3",
            "clients", "official",
            "servers", "tern,official",
            "jvm", "-Xmx1g",
            "flush", "async",
            "output", "benchmark/target/results");
    private static final Map<String, String> DEFAULTS_FOR_CLIENTS =
            Map.of("clients", "tern,official", "servers", "tern");

    Options {
        modes = List.copyOf(modes);
        clients = List.copyOf(clients);
        servers = List.copyOf(servers);
        jvmFlags = List.copyOf(jvmFlags);
    }

    /** What stands side by side, run in turn: all else is the same for both. */
    enum Compared {
        SERVERS,
        CLIENTS,
        /** Each client on the broker of its own make. */
        BOTH
    }

    /** The servers that can be loaded in this mode. */
    List<Make> servers(Mode mode) {
        return servers.stream().filter(make -> make.serves(mode)).toList();
    }

    /** The servers that a client loads. */
    List<Make> serversOf(Library client) {
        return compared == Compared.BOTH
                ? servers.stream().filter(make -> make.library() == client).toList()
                : servers;
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
    static Options parse(String... arguments) {
        Map<String, String> defaults = defaults();
        switch (Arguments.parse(defaults, arguments).one("compare", Compared.class)) {
            case CLIENTS -> defaults.putAll(DEFAULTS_FOR_CLIENTS);
            case BOTH -> defaults.put("clients", "official,tern");
            case SERVERS -> {} // as without the option
        }
        Arguments given = Arguments.parse(defaults, arguments);
        Compared compared = given.one("compare", Compared.class);
        List<Mode> modes = given.list("modes", Mode.class);
        if (modes.contains(Mode.BESIDE) && !List.of(Mode.BESIDE, Mode.DELIVER).containsAll(modes)) {
            throw new IllegalArgumentException(
                    "option --modes is '" + given.text("modes")
                            + "', expected beside alone or with deliver: it starts brokers anew, which others would find unwarmed");
        }
        return new Options(
                compared,
                modes,
                Load.from(given),
                given.number("pairs", 1, 1_000),
                given.number("warmup", 0, 3_600),
                given.number("starts", 0, 100),
                given.list("clients", Library.class),
                given.list("servers", Make.class),
                given.words("jvm"),
                given.one("flush", Flush.class),
                Path.of(given.text("output")));
    }
}
