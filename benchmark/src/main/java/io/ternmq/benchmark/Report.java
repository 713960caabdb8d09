package io.ternmq.benchmark;

import io.ternmq.benchmark.load.Measurement;
import io.ternmq.benchmark.load.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** The results of a run, as a table for people and as files for programs. Owns nothing. */
final class Report {
    private static final double KIB_PER_MIB = 1024;

    private final Options options;
    private final List<Start> starts;
    private final List<Sample> samples;

    Report(Options options, List<Start> starts, List<Sample> samples) {
        this.options = options;
        this.starts = starts;
        this.samples = samples;
    }

    /**
     * A line of the table.
     *
     * @param title with its unit
     * @param figure of one run
     */
    private record Figure<T>(String title, ToDoubleFunction<T> figure) {}

    /**
     * The medians of a figure.
     *
     * @param group what was done, such as {@code official client, sync}
     * @param title of the figure, with its unit
     * @param ours median; not a number if ours was not measured
     * @param official median; not a number if the official one was not measured
     * @param floor median; not a number if the floor was not measured
     */
    record Row(String group, String title, double ours, double official, double floor) {
        double ratio() {
            return ours / official;
        }

        double floorRatio() {
            return ours / floor;
        }

        /** Whether any of them was. */
        boolean isMeasured() {
            return DoubleStream.of(ours, official, floor).anyMatch(Double::isFinite);
        }
    }

    private static final List<Figure<Start>> OF_STARTS = List.of(
            new Figure<>("time to registration, ms", Start::millis),
            new Figure<>("processor time, ms", start -> start.cpuMillis()),
            new Figure<>("resident memory, MiB", start -> start.rssKib() / KIB_PER_MIB),
            new Figure<>("  without files, MiB", start -> start.anonKib() / KIB_PER_MIB),
            new Figure<>("SIGTERM to its end, ms", Start::stopMillis));

    private static final List<Figure<Measurement>> OF_DRAINS = List.of(
            new Figure<>("messages per second", Measurement::perSecond),
            new Figure<>("broker CPU per message, us", Measurement::brokerCpuMicrosPerMessage),
            new Figure<>("broker switches per message", Measurement::brokerSwitchesPerMessage),
            new Figure<>("client CPU per message, us", Measurement::clientCpuMicrosPerMessage),
            new Figure<>("broker GC, % of the time", Measurement::brokerGcPercent),
            new Figure<>("broker resident memory, MiB", run -> run.brokerRssKib() / KIB_PER_MIB),
            new Figure<>("  without files, MiB", run -> run.brokerAnonKib() / KIB_PER_MIB));

    private static final List<Figure<Measurement>> OF_ANSWERS = List.of(
            new Figure<>("p50 to the answer, us", Measurement::p50Micros),
            new Figure<>("p99 to the answer, us", Measurement::p99Micros),
            new Figure<>("p99.9 to the answer, us", Measurement::p999Micros),
            new Figure<>("failed sends", Measurement::failures));

    private static final List<Figure<Measurement>> OF_RUNS =
            Stream.of(OF_DRAINS, OF_ANSWERS).flatMap(List::stream).toList();

    private static final List<Figure<Measurement>> OF_DELIVERIES = List.of(
            new Figure<>("messages per second", Measurement::perSecond),
            new Figure<>("broker CPU per message, us", Measurement::brokerCpuMicrosPerMessage),
            new Figure<>("broker switches per message", Measurement::brokerSwitchesPerMessage),
            new Figure<>("client CPU per message, us", Measurement::clientCpuMicrosPerMessage),
            new Figure<>("broker GC, % of the time", Measurement::brokerGcPercent),
            new Figure<>("p50 to the listener, us", Measurement::p50Micros),
            new Figure<>("p99 to the listener, us", Measurement::p99Micros),
            new Figure<>("p99.9 to the listener, us", Measurement::p999Micros),
            new Figure<>("failed sends", Measurement::failures));

    private static final List<Figure<Measurement>> OF_WAITS = List.of(
            new Figure<>("broker CPU, % of a processor", Measurement::brokerCpuPercent),
            new Figure<>("broker switches per second", Measurement::brokerSwitchesPerSecond),
            new Figure<>("broker threads", Measurement::brokerThreads),
            new Figure<>("broker GC, % of the time", Measurement::brokerGcPercent),
            new Figure<>("broker resident memory, MiB", run -> run.brokerRssKib() / KIB_PER_MIB),
            new Figure<>("  without files, MiB", run -> run.brokerAnonKib() / KIB_PER_MIB));

    private static List<Figure<Measurement>> figures(Mode mode) {
        return switch (mode) {
            case SYNC, ASYNC, BATCH -> OF_RUNS;
            case CONSUME -> OF_DRAINS;
            case DELIVER, BESIDE -> OF_DELIVERIES;
            case WAIT, IDLE -> OF_WAITS;
        };
    }

    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        if (!starts.isEmpty()) {
            for (Figure<Start> figure : OF_STARTS) {
                rows.add(new Row(
                        "start on an empty store",
                        figure.title(),
                        ofStarts(Make.TERN, figure),
                        ofStarts(Make.OFFICIAL, figure),
                        Double.NaN));
            }
        }
        switch (options.compared()) {
            case SERVERS ->
                options.clients()
                        .forEach(client -> addRows(
                                rows,
                                client.label() + " client, ",
                                make -> sample -> sample.client() == client && sample.server() == make));
            case CLIENTS ->
                options.servers()
                        .forEach(server -> addRows(
                                rows,
                                server.label() + " broker, clients, ",
                                make -> sample -> make.isBroker()
                                        && sample.server() == server
                                        && sample.client() == make.library()));
            case BOTH ->
                addRows(
                        rows,
                        "client and broker, ",
                        make -> sample -> sample.server() == make && sample.client() == make.library());
        }
        return rows;
    }

    private void addRows(List<Row> rows, String prefix, Function<Make, Predicate<Sample>> column) {
        for (Mode mode : options.modes()) {
            for (Figure<Measurement> figure : figures(mode)) {
                Row row = new Row(
                        prefix + options.load().describe(mode),
                        figure.title(),
                        ofRuns(mode, column.apply(Make.TERN), figure),
                        ofRuns(mode, column.apply(Make.OFFICIAL), figure),
                        ofRuns(mode, column.apply(Make.FLOOR), figure));
                if (row.isMeasured()) {
                    rows.add(row);
                }
            }
        }
    }

    private double ofStarts(Make make, Figure<Start> figure) {
        return Medians.of(
                starts.stream().filter(start -> start.server() == make).toList(), figure.figure());
    }

    private double ofRuns(Mode mode, Predicate<Sample> isWanted, Figure<Measurement> figure) {
        List<Measurement> runs = samples.stream()
                .filter(sample -> sample.mode() == mode)
                .filter(isWanted)
                .map(Sample::measurement)
                .toList();
        return Medians.of(runs, figure.figure());
    }

    String text() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%nMedians of %d pairs of %d s, messages of %d bytes, flush %s, JVM %s, %d processors%n",
                options.pairs(),
                options.load().seconds(),
                options.load().bodyBytes(),
                options.flush().name().toLowerCase(Locale.ROOT),
                Runtime.version(),
                Runtime.getRuntime().availableProcessors()));
        boolean hasFloor = options.servers().contains(Make.FLOOR);
        String group = "";
        for (Row row : rows()) {
            if (!row.group().equals(group)) {
                group = row.group();
                text.append(String.format(Locale.ROOT, "%n%-42s %12s %12s %8s", group, "ours", "official", "ratio"))
                        .append(hasFloor ? String.format(Locale.ROOT, " %12s %11s%n", "floor", "ours:floor") : "\n");
            }
            text.append(String.format(
                            Locale.ROOT,
                            "  %-40s %12s %12s %8s",
                            row.title(),
                            figure(row.ours()),
                            figure(row.official()),
                            ratio(row.ratio())))
                    .append(
                            hasFloor
                                    ? String.format(
                                            Locale.ROOT, " %12s %11s%n", figure(row.floor()), ratio(row.floorRatio()))
                                    : "\n");
        }
        return text.toString();
    }

    private static String ratio(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.2f", value) : "-";
    }

    private static String figure(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        return String.format(Locale.ROOT, Math.abs(value) >= 1000 ? "%,.0f" : "%.2f", value);
    }

    /** Writes every run as CSV and the medians as JSON. */
    void write(Path output) throws IOException {
        Path parent = output.toAbsolutePath().getParent();
        Files.createDirectories(parent);
        Files.writeString(parent.resolve(output.getFileName() + ".csv"), csv());
        Files.writeString(parent.resolve(output.getFileName() + ".json"), json());
    }

    private String csv() {
        StringBuilder csv =
                new StringBuilder("client,mode,pair,server,messages,failures,seconds,per_second,p50_us,p99_us,"
                        + "p999_us,broker_cpu_us_per_message,broker_switches_per_message,client_cpu_us_per_message,"
                        + "broker_threads,broker_gc_percent,broker_cpu_percent,broker_switches_per_second,"
                        + "broker_rss_kib,broker_anon_kib\n");
        for (Sample sample : samples) {
            Measurement run = sample.measurement();
            csv.append(String.format(
                    Locale.ROOT,
                    "%s,%s,%d,%s,%d,%d,%.3f,%.1f,%.1f,%.1f,%.1f,%.3f,%.3f,%.3f,%d,%.3f,%.3f,%.1f,%d,%d%n",
                    sample.client().label(),
                    sample.mode().label(),
                    sample.pair(),
                    sample.server().label(),
                    run.messages(),
                    run.failures(),
                    run.nanos() / 1e9,
                    run.perSecond(),
                    run.p50Micros(),
                    run.p99Micros(),
                    run.p999Micros(),
                    run.brokerCpuMicrosPerMessage(),
                    run.brokerSwitchesPerMessage(),
                    run.clientCpuMicrosPerMessage(),
                    run.brokerThreads(),
                    run.brokerGcPercent(),
                    run.brokerCpuPercent(),
                    run.brokerSwitchesPerSecond(),
                    run.brokerRssKib(),
                    run.brokerAnonKib()));
        }
        return csv.toString();
    }

    private String json() {
        StringBuilder json = new StringBuilder("[");
        for (Row row : rows()) {
            json.append(json.length() == 1 ? "\n" : ",\n")
                    .append(String.format(
                            Locale.ROOT,
                            "{\"group\":\"%s\",\"figure\":\"%s\",\"ours\":%s,\"official\":%s,\"ratio\":%s,"
                                    + "\"floor\":%s,\"floor_ratio\":%s}",
                            row.group(),
                            row.title().strip(),
                            number(row.ours()),
                            number(row.official()),
                            number(row.ratio()),
                            number(row.floor()),
                            number(row.floorRatio())));
        }
        return json.append("\n]\n").toString();
    }

    private static String number(double value) {
        return Double.isFinite(value) ? Double.toString(value) : "null";
    }
}
