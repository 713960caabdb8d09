package io.ternmq.benchmark.profile;

import io.ternmq.benchmark.ClassPaths;
import io.ternmq.benchmark.LoadProcess;
import io.ternmq.benchmark.Servers;
import io.ternmq.benchmark.Target;
import io.ternmq.benchmark.WorkFolder;
import io.ternmq.benchmark.load.Measurement;
import io.ternmq.interop.servers.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One profile from start to page. Uses processes and a folder of its caller. */
public final class BrokerProfile {
    private final ProfileOptions options;
    private final LoadProcess load;
    private final Target target;
    private final Path directory;

    private BrokerProfile(ProfileOptions options, LoadProcess load, Target target, Path directory) {
        this.options = options;
        this.load = load;
        this.target = target;
        this.directory = directory;
    }

    /**
     * Runs.
     *
     * @param arguments as in {@code benchmark/profile.txt}; the system property {@code benchmark.root} names the checkout
     */
    public static void main(String[] arguments) throws Exception {
        ProfileOptions options;
        try {
            options = ProfileOptions.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println("benchmark/profile: " + e.getMessage());
            System.exit(2);
            return;
        }
        ClassPaths classPaths =
                new ClassPaths(Path.of(System.getProperty("benchmark.root", "")).toAbsolutePath());
        List<String> jvmFlags = Stream.of(options.jvmFlags(), FlightRecording.JVM_FLAGS)
                .flatMap(List::stream)
                .toList();
        try (WorkFolder work = WorkFolder.create("ternmq-profile");
                Target target = new Servers(classPaths, jvmFlags, options.flush(), new FreePorts())
                        .start(options.server(), work.path().resolve("servers"));
                LoadProcess load = LoadProcess.start(options.client(), classPaths, work.path())) {
            ProfileReport report = new BrokerProfile(options, load, target, work.path()).report();
            System.out.println(report.text());
            Path output = options.output().toAbsolutePath();
            Files.createDirectories(output.getParent());
            Files.writeString(output, report.html());
            System.out.println("Flame graphs: " + output);
        }
    }

    private ProfileReport report() throws IOException, InterruptedException {
        if (options.mode().isDraining()) {
            System.err.println("storing what is consumed");
            load.run(options.load().filling(target));
        }
        if (options.warmupSeconds() > 0) {
            System.err.println("warming " + options.server().label());
            var unused = runFor(options.warmupSeconds());
        }
        System.err.println("recording");
        FlightRecording recording = FlightRecording.start(target.broker().pid(), directory);
        List<Measurement> runs = runFor(options.load().seconds());
        Path file = directory.resolve("profile.jfr");
        recording.stop(file);
        String title = options.server().label() + " broker, " + options.client().label() + " client, "
                + options.load().describe(options.mode()) + ", messages of "
                + options.load().bodyBytes() + " bytes";
        return new ProfileReport(title, BrokerSamples.read(file), runs);
    }

    // One drain is over in a second: as many as fit into the time.
    private List<Measurement> runFor(int seconds) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        List<Measurement> runs = new ArrayList<>();
        do {
            runs.add(load.run(options.load().order(options.mode(), target, seconds)));
        } while (options.mode().isDraining() && System.nanoTime() - deadline < 0);
        return runs;
    }
}
