package io.ternmq.benchmark;

import io.ternmq.benchmark.load.Mode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

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
        Map<String, String> given = given(arguments);
        Compared compared = one(given, "compare", Compared.class);
        switch (compared) {
            case CLIENTS -> DEFAULTS_FOR_CLIENTS.forEach(given::putIfAbsent);
            case BOTH -> given.putIfAbsent("clients", "official,tern");
            case SERVERS -> {} // as without the option
        }
        DEFAULTS.forEach(given::putIfAbsent);
        Load load = new Load(
                list(given, "modes", Mode.class),
                number(given, "duration", 1, 3_600),
                number(given, "messages", 1, MOST),
                number(given, "size", 1, 4 * 1024 * 1024),
                number(given, "threads", 1, 1_000),
                number(given, "window", 1, 100_000),
                number(given, "batch", 1, 1_000),
                number(given, "drain", 1, 10_000_000),
                number(given, "rate", 1, 100_000),
                number(given, "waiting", 1, 10_000));
        return new Options(
                compared,
                load,
                number(given, "pairs", 1, 1_000),
                number(given, "warmup", 0, 3_600),
                number(given, "starts", 0, 100),
                list(given, "clients", Library.class),
                list(given, "servers", Make.class),
                List.of(given.get("jvm").strip().split(" +", -1)),
                Path.of(given.get("output")));
    }

    private static Map<String, String> given(String... arguments) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            String name = arguments[i].startsWith("--") ? arguments[i].substring(2) : "";
            if (!DEFAULTS.containsKey(name)) {
                throw new IllegalArgumentException("unknown option " + arguments[i] + "; known: --help");
            }
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException("option " + arguments[i] + " needs a value");
            }
            given.put(name, arguments[i + 1]);
        }
        return given;
    }

    private static <E extends Enum<E>> E one(Map<String, String> given, String name, Class<E> type) {
        String value = given.getOrDefault(name, DEFAULTS.get(name));
        List<E> values = list(Map.of(name, value), name, type);
        if (values.size() != 1) {
            throw bad(name, value, "one of " + known(type), null);
        }
        return values.get(0);
    }

    private static int number(Map<String, String> given, String name, int least, int most) {
        String value = given.get(name);
        int number;
        try {
            number = Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw bad(name, value, "a whole number", e);
        }
        if (number < least || number > most) {
            throw bad(name, value, "from " + least + " to " + most, null);
        }
        return number;
    }

    private static <E extends Enum<E>> List<E> list(Map<String, String> given, String name, Class<E> type) {
        String value = given.get(name);
        Function<String, E> constant = text -> Enum.valueOf(type, text.strip().toUpperCase(Locale.ROOT));
        try {
            return Arrays.stream(value.split(",", -1)).map(constant).toList();
        } catch (IllegalArgumentException e) {
            throw bad(name, value, "a list of " + known(type), e);
        }
    }

    private static String known(Class<? extends Enum<?>> type) {
        return Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT);
    }

    private static IllegalArgumentException bad(String name, String value, String expected, Exception cause) {
        return new IllegalArgumentException("option --" + name + " is '" + value + "', expected " + expected, cause);
    }
}
