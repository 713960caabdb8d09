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
 * @param load what each single run does
 * @param pairs measured runs on each broker and mode
 * @param warmupSeconds of each mode on each broker
 * @param starts measured starts of each broker
 * @param clients libraries that load
 * @param servers that are loaded
 * @param jvmFlags of the brokers
 * @param output path of the results, without an ending
 */
record Options(
        Compared compared,
        Load load,
        int pairs,
        int warmupSeconds,
        int starts,
        List<Library> clients,
        List<Make> servers,
        List<String> jvmFlags,
        Path output) {
    private static final int MOST = 1_000_000_000;
    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            Map.entry("compare", "servers"),
            Map.entry("modes", "sync,async,batch,consume"),
            Map.entry("pairs", "5"),
            Map.entry("duration", "5"),
            Map.entry("messages", Integer.toString(MOST)),
            Map.entry("size", "1024"),
            Map.entry("threads", "4"),
            Map.entry("window", "256"),
            Map.entry("batch", "32"),
            Map.entry("drain", "100000"),
            Map.entry("rate", "2000"),
            Map.entry("waiting", "200"),
            Map.entry("warmup", "10"),
            Map.entry("starts", "3"),
            Map.entry("clients", "official"),
            Map.entry("servers", "tern,official"),
            Map.entry("jvm", "-Xmx1g"),
            Map.entry("output", "benchmark/target/results"));
    private static final Map<String, String> DEFAULTS_FOR_CLIENTS =
            Map.of("clients", "tern,official", "servers", "tern");

    Options {
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

    /** A client library. */
    enum Library {
        OFFICIAL,
        TERN
    }

    /** A make of servers. */
    enum Make {
        TERN,
        OFFICIAL;

        /** The client of this make. */
        Library library() {
            return this == TERN ? Library.TERN : Library.OFFICIAL;
        }
    }

    /** The servers that a client loads. */
    List<Make> serversOf(Library client) {
        return compared == Compared.BOTH
                ? servers.stream().filter(make -> make.library() == client).toList()
                : servers;
    }

    /**
     * What a single run does.
     *
     * @param modes in the order they are measured
     * @param seconds of a run that sends
     * @param messages limit of a run that sends
     * @param bodyBytes of each message
     * @param threads that send
     * @param window of unanswered sends
     * @param batch messages in one request
     * @param drain messages to consume
     * @param rate messages a second that are sent to a waiting consumer
     * @param waiting consumers that wait for nothing
     */
    record Load(
            List<Mode> modes,
            int seconds,
            int messages,
            int bodyBytes,
            int threads,
            int window,
            int batch,
            int drain,
            int rate,
            int waiting) {
        Load {
            modes = List.copyOf(modes);
        }
    }

    static Set<String> names() {
        return DEFAULTS.keySet();
    }

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException naming the option, its value and what was expected
     */
    static Options parse(String... arguments) {
        Map<String, String> defaults = new HashMap<>(DEFAULTS);
        switch (Arguments.parse(defaults, arguments).one("compare", Compared.class)) {
            case CLIENTS -> defaults.putAll(DEFAULTS_FOR_CLIENTS);
            case BOTH -> defaults.put("clients", "official,tern");
            case SERVERS -> {} // as without the option
        }
        Arguments given = Arguments.parse(defaults, arguments);
        Compared compared = given.one("compare", Compared.class);
        Load load = new Load(
                given.list("modes", Mode.class),
                given.number("duration", 1, 3_600),
                given.number("messages", 1, MOST),
                given.number("size", 1, 4 * 1024 * 1024),
                given.number("threads", 1, 1_000),
                given.number("window", 1, 100_000),
                given.number("batch", 1, 1_000),
                given.number("drain", 1, 10_000_000),
                given.number("rate", 1, 100_000),
                given.number("waiting", 1, 10_000));
        return new Options(
                compared,
                load,
                given.number("pairs", 1, 1_000),
                given.number("warmup", 0, 3_600),
                given.number("starts", 0, 100),
                given.list("clients", Library.class),
                given.list("servers", Make.class),
                given.words("jvm"),
                Path.of(given.text("output")));
    }
}
