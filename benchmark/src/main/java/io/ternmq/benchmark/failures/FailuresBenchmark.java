package io.ternmq.benchmark.failures;

import io.ternmq.benchmark.ClassPaths;
import io.ternmq.benchmark.LoadAverage;
import io.ternmq.benchmark.WorkFolder;
import io.ternmq.benchmark.failures.FailureOptions.Kind;
import io.ternmq.common.topic.Permission;
import io.ternmq.common.topic.TagMode;
import io.ternmq.interop.servers.RunningBrokers;
import io.ternmq.interop.servers.RunningCluster.Heap;
import io.ternmq.interop.servers.TernServers;
import io.ternmq.remoting.client.ClientConfig;
import io.ternmq.remoting.client.RemotingClient;
import io.ternmq.remoting.protocol.topic.TopicRpcs;
import io.ternmq.remoting.protocol.topic.UpdateTopicRequest;
import io.ternmq.remoting.server.RequestRouter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One run from start to report. Owns its processes and its temporary folder, and leaves neither behind. */
public final class FailuresBenchmark implements AutoCloseable {
    private static final String TOPIC = "Load";
    private static final int QUEUES = 4;
    private static final int KILLED = 0;
    private static final int STOPPED = 1;
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(20);

    private final FailureOptions options;
    private final ClassPaths classPaths;
    private final WorkFolder work;
    private final RunningBrokers brokers;

    private FailuresBenchmark(FailureOptions options, ClassPaths classPaths) throws IOException {
        this.options = options;
        this.classPaths = classPaths;
        work = WorkFolder.create("ternmq-failures");
        brokers = RunningBrokers.start(
                new TernServers(classPaths.ours()),
                work.path(),
                List.of("a", "b", "c"),
                new Heap(List.of("-Xmx256m"), options.jvmFlags()));
    }

    /**
     * Runs.
     *
     * @param arguments as in {@code benchmark/failures.txt}; the system property {@code benchmark.root} names the checkout
     */
    public static void main(String[] arguments) throws Exception {
        FailureOptions options;
        try {
            options = FailureOptions.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println("benchmark/failures: " + e.getMessage());
            System.exit(2);
            return;
        }
        Path root = Path.of(System.getProperty("benchmark.root", ""));
        try (FailuresBenchmark benchmark = new FailuresBenchmark(options, new ClassPaths(root.toAbsolutePath()))) {
            benchmark.makeTopic();
            for (int round = 0; round < options.rounds(); round++) {
                for (Kind client : options.clients()) {
                    System.out.println(benchmark.run(client, round));
                }
            }
        }
    }

    private String run(Kind client, int round) throws IOException, InterruptedException {
        String loadBefore = LoadAverage.now();
        String name = client.name().toLowerCase(Locale.ROOT);
        Path file =
                Path.of(options.output() + "-" + name + "-" + round + ".csv").toAbsolutePath();
        Files.createDirectories(file.getParent());
        Events events;
        try (FailureProcess load =
                new FailureProcess(command(client, file), work.path().resolve("load-" + name + ".err"))) {
            pause(options.warmup());
            events = strike();
            load.end();
        }
        List<Call> calls = Files.readAllLines(file).stream().map(Call::parse).toList();
        return new FailureReport(
                        name + " client, load average " + loadBefore + " to " + LoadAverage.now(),
                        new Figures(calls, events),
                        events,
                        List.of(brokers.name(STOPPED), brokers.name(KILLED)))
                .text();
    }

    private List<String> command(Kind client, Path file) {
        String classPath = client == Kind.TERN ? classPaths.ours() : classPaths.officialClient();
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Duser.home=" + work.path(),
                "-Drocketmq.log.level=ERROR",
                "-cp",
                classPath,
                FailureLoad.class.getName(),
                client.loadClass(),
                client.avoidsFaults(),
                brokers.nameServers(),
                TOPIC,
                Integer.toString(options.threads()),
                Integer.toString(options.perSecond()),
                file.toString());
    }

    private Events strike() throws IOException, InterruptedException {
        long counted = System.nanoTime();
        pause(options.before());
        long struck = System.nanoTime();
        signal("-STOP");
        brokers.broker(KILLED).kill();
        pause(options.away());
        long woken = System.nanoTime();
        signal("-CONT");
        pause(options.woken());
        long launched = System.nanoTime();
        brokers.startAgain(KILLED);
        brokers.awaitRegistration(KILLED);
        long registered = System.nanoTime();
        pause(options.back());
        return new Events(counted, struck, woken, launched, registered, System.nanoTime());
    }

    private static void pause(int seconds) throws InterruptedException {
        TimeUnit.SECONDS.sleep(seconds);
    }

    private void signal(String signal) throws IOException, InterruptedException {
        String pid = Long.toString(brokers.broker(STOPPED).pid());
        int exit = new ProcessBuilder("kill", signal, pid).inheritIO().start().waitFor();
        if (exit != 0) {
            throw new IllegalStateException("kill " + signal + " " + pid + " ended with " + exit);
        }
    }

    private void makeTopic() throws InterruptedException, ExecutionException, TimeoutException {
        UpdateTopicRequest topic = new UpdateTopicRequest(
                TOPIC, "TBW102", QUEUES, QUEUES, Permission.READ_WRITE, TagMode.SINGLE_TAG, 0, false, Optional.empty());
        try (RemotingClient remoting = new RemotingClient(ClientConfig.defaults(), RequestRouter.none())) {
            for (int index = 0; index < 3; index++) {
                boolean isMade = remoting.call(
                                brokers.address(index), TopicRpcs.UPDATE_AND_CREATE_TOPIC, topic, CALL_TIMEOUT)
                        .get(CALL_TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                        .isSuccess();
                if (!isMade) {
                    throw new IllegalStateException("broker " + brokers.name(index) + " did not make the topic");
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        brokers.close();
        work.close();
    }
}
