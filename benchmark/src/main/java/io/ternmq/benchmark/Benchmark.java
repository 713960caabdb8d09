package io.ternmq.benchmark;

import io.ternmq.benchmark.load.Measurement;
import io.ternmq.benchmark.load.Mode;
import io.ternmq.benchmark.load.Order;
import io.ternmq.benchmark.load.ProcessUsage;
import io.ternmq.interop.servers.FreePorts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** One run from start to report. Owns its processes and its temporary folder, and leaves neither behind. */
public final class Benchmark implements AutoCloseable {
    private static final long REST_AFTER_START_SECONDS = 2;
    private static final int WARMING_WAIT_SECONDS = 10;
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
    private static final String LOAD = "load";
    private static final double NANOS_PER_MILLI = 1e6;
    private static final long MICROS_PER_MILLI = 1_000;

    private final Options options;
    private final ClassPaths classPaths;
    private final Servers servers;
    private final WorkFolder work;
    private final Map<Make, Target> targets = new EnumMap<>(Make.class);
    private final Set<Make> filled = EnumSet.noneOf(Make.class);
    private final Map<Library, LoadProcess> loads = new EnumMap<>(Library.class);

    private Benchmark(Options options, ClassPaths classPaths) throws IOException {
        this.options = options;
        this.classPaths = classPaths;
        servers = new Servers(classPaths, options.jvmFlags(), options.flush(), new FreePorts());
        work = WorkFolder.create("ternmq-benchmark");
    }

    /**
     * Runs.
     *
     * @param arguments as in {@code benchmark/usage.txt}; the system property {@code benchmark.root} names the checkout
     */
    public static void main(String[] arguments) throws Exception {
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println("benchmark/run: " + e.getMessage());
            System.exit(2);
            return;
        }
        Path root = Path.of(System.getProperty("benchmark.root", ""));
        try (Benchmark benchmark = new Benchmark(options, new ClassPaths(root.toAbsolutePath()))) {
            String loadBefore = LoadAverage.now();
            Report report = new Report(options, benchmark.starts(), benchmark.samples());
            System.out.println(report.text());
            System.out.printf("Load average of the machine: %s before, %s after.%n", loadBefore, LoadAverage.now());
            report.write(options.output());
            System.out.println("Each run: " + options.output() + ".csv, medians: " + options.output() + ".json");
        }
    }

    private List<Start> starts() {
        List<Start> starts = new ArrayList<>();
        List<Make> brokers = options.servers().stream().filter(Make::isBroker).toList();
        for (int i = 0; i < options.starts(); i++) {
            for (Make make : inTurn(brokers, i)) {
                starts.add(start(make, "start-" + i));
                say("start " + (i + 1) + " of " + options.starts() + ": " + starts.get(starts.size() - 1));
            }
        }
        return starts;
    }

    private Start start(Make make, String name) {
        try (Target target = servers.startShipped(make, folder(make, name))) {
            double millis = (System.nanoTime() - target.broker().startedNanos()) / NANOS_PER_MILLI;
            restAfterStart();
            ProcessUsage usage = ProcessUsage.of(target.broker().pid());
            long stopNanos = System.nanoTime();
            target.broker().stop(STOP_LIMIT);
            double stopMillis = (System.nanoTime() - stopNanos) / NANOS_PER_MILLI;
            return new Start(
                    make, millis, usage.rssKib(), usage.anonKib(), usage.cpuMicros() / MICROS_PER_MILLI, stopMillis);
        }
    }

    private Path folder(Make make, String name) {
        return work.path().resolve(name + "-" + make);
    }

    private static void restAfterStart() {
        try {
            TimeUnit.SECONDS.sleep(REST_AFTER_START_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** In the order of this round: each comes first as often as the other. */
    private static <T> List<T> inTurn(List<T> compared, int round) {
        List<T> order = new ArrayList<>(compared);
        if (round % 2 == 1) {
            Collections.reverse(order);
        }
        return order;
    }

    private List<Sample> samples() {
        for (Make make : options.servers()) {
            targets.put(make, servers.start(make, folder(make, LOAD)));
        }
        for (Library client : options.clients()) {
            loads.put(client, LoadProcess.start(client, classPaths, work.path()));
        }
        warm();
        List<Sample> samples = new ArrayList<>();
        for (int pair = 0; pair < options.pairs(); pair++) {
            switch (options.compared()) {
                case SERVERS -> {
                    for (Library client : options.clients()) {
                        for (Mode mode : options.modes()) {
                            for (Make make : inTurn(options.servers(mode), pair)) {
                                samples.add(sample(client, mode, make, pair));
                            }
                        }
                    }
                }
                case CLIENTS -> {
                    for (Mode mode : options.modes()) {
                        for (Make make : options.servers(mode)) {
                            for (Library client : inTurn(options.clients(), pair)) {
                                samples.add(sample(client, mode, make, pair));
                            }
                        }
                    }
                }
                case BOTH -> {
                    for (Mode mode : options.modes()) {
                        for (Make make : inTurn(options.servers(mode), pair)) {
                            samples.add(sample(make.library(), mode, make, pair));
                        }
                    }
                }
            }
        }
        return samples;
    }

    private Sample sample(Library client, Mode mode, Make make, int pair) {
        if (mode == Mode.BESIDE) {
            startOnColdLog(client, make);
        }
        Measurement measurement = run(client, make, mode, options.load().seconds());
        say(String.format(
                Locale.ROOT,
                "pair %d of %d, load average %s: %s client, %s, %s: %s",
                pair + 1,
                options.pairs(),
                LoadAverage.now(),
                client.label(),
                mode.label(),
                make.label(),
                brief(measurement)));
        return new Sample(client, mode, pair, make, measurement);
    }

    // The system does not forget what a process has mapped and touched; a broker that has just begun has mapped little.
    // The drain itself is not warmed, since that would read the log into memory.
    private void startOnColdLog(Library client, Make make) {
        try (Target before = targets.remove(make)) {
            before.broker().stop(STOP_LIMIT);
        }
        LogInMemory.of(folder(make, LOAD)).giveUp();
        targets.put(make, servers.start(make, folder(make, LOAD)));
        warm(client, make, Mode.DELIVER);
        LogInMemory log = LogInMemory.of(folder(make, LOAD));
        log.giveUp(); // what was read at the start, if it is not mapped
        say(make.label() + ": " + log);
    }

    private static String brief(Measurement run) {
        return run.messages() == 0
                ? String.format(Locale.ROOT, "broker %.2f %% of a processor", run.brokerCpuPercent())
                : String.format(
                        Locale.ROOT,
                        "%,.0f messages/s, CPU us/message broker %.1f, client %.1f%s",
                        run.perSecond(),
                        run.brokerCpuMicrosPerMessage(),
                        run.clientCpuMicrosPerMessage(),
                        run.failures() == 0 ? "" : ", FAILED SENDS " + run.failures());
    }

    /** Brings code and files of everyone to where they stay, and stores what is consumed later. */
    private void warm() {
        for (Library client : options.clients()) {
            for (Make make : options.serversOf(client)) {
                say("warming " + make.label() + " with the " + client.label() + " client");
                for (Mode mode : options.modes()) {
                    if (make.serves(mode)) {
                        warm(client, make, mode);
                    }
                }
            }
        }
    }

    private void warm(Library client, Make make, Mode mode) {
        switch (mode) {
            case CONSUME, BESIDE -> {
                if (filled.add(make)) {
                    loads.get(client).run(options.load().filling(targets.get(make)));
                }
                warmByConsuming(client, make, mode);
            }
            case WAIT -> warmByWaiting(client, make);
            case SYNC, ASYNC, BATCH, DELIVER, IDLE -> {
                if (options.warmupSeconds() > 0) {
                    run(client, make, mode, options.warmupSeconds());
                }
            }
        }
    }

    /** One drain is over in a second, too soon for the code to be compiled: as many as fit into the time. */
    private void warmByConsuming(Library client, Make make, Mode mode) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(options.warmupSeconds());
        while (System.nanoTime() - deadline < 0) {
            run(client, make, mode, 0);
        }
    }

    /** Those that wait call so seldom that their code is compiled over half an hour: those that begin call more often. */
    private void warmByWaiting(Library client, Make make) {
        Order briefly = options.load().unsettled().order(Mode.WAIT, targets.get(make), WARMING_WAIT_SECONDS);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(options.warmupSeconds());
        while (System.nanoTime() - deadline < 0) {
            loads.get(client).run(briefly);
        }
    }

    private Measurement run(Library client, Make make, Mode mode, int seconds) {
        return loads.get(client).run(options.load().order(mode, targets.get(make), seconds));
    }

    private static void say(String line) {
        System.err.println(line);
    }

    @Override
    public void close() throws IOException {
        loads.values().forEach(LoadProcess::close);
        targets.values().forEach(Target::close);
        work.close();
    }
}
