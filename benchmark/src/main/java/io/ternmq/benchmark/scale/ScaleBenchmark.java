package io.ternmq.benchmark.scale;

import io.ternmq.benchmark.ClassPaths;
import io.ternmq.benchmark.Flush;
import io.ternmq.benchmark.LoadAverage;
import io.ternmq.benchmark.Make;
import io.ternmq.benchmark.Servers;
import io.ternmq.benchmark.Target;
import io.ternmq.benchmark.WorkFolder;
import io.ternmq.benchmark.load.ProcessUsage;
import io.ternmq.benchmark.scale.Point.Queue;
import io.ternmq.common.topic.Permission;
import io.ternmq.common.topic.TagMode;
import io.ternmq.interop.servers.FreePorts;
import io.ternmq.remoting.client.ClientConfig;
import io.ternmq.remoting.client.RemotingClient;
import io.ternmq.remoting.protocol.topic.TopicRpcs;
import io.ternmq.remoting.protocol.topic.UpdateTopicRequest;
import io.ternmq.remoting.server.RequestRouter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * One run from start to report. Owns its processes and its temporary folder, and leaves neither behind. There is a broker for
 * each number of queues, so that none pays for the queues of another; all are started first, and take turns.
 */
public final class ScaleBenchmark implements AutoCloseable {
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(20);
    private static final int SEED = 1024;

    private final ScaleOptions options;
    private final Servers servers;
    private final WorkFolder work;
    private final Map<Integer, Target> targets = new TreeMap<>(); // by the number of queues
    private final byte[] body;

    private ScaleBenchmark(ScaleOptions options, ClassPaths classPaths) throws IOException {
        this.options = options;
        servers = new Servers(classPaths, options.jvmFlags(), Flush.ASYNC, new FreePorts());
        work = WorkFolder.create("ternmq-scale");
        body = new byte[options.bodyBytes()];
        new Random(SEED).nextBytes(body);
    }

    /**
     * Runs.
     *
     * @param arguments as in {@code benchmark/scale.txt}; the system property {@code benchmark.root} names the checkout
     */
    public static void main(String[] arguments) throws Exception {
        ScaleOptions options;
        try {
            options = ScaleOptions.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println("benchmark/scale: " + e.getMessage());
            System.exit(2);
            return;
        }
        Path root = Path.of(System.getProperty("benchmark.root", ""));
        try (ScaleBenchmark benchmark = new ScaleBenchmark(options, new ClassPaths(root.toAbsolutePath()))) {
            String loadBefore = LoadAverage.now();
            benchmark.prepare();
            ScaleReport report = new ScaleReport(benchmark.figures());
            System.out.printf(
                    Locale.ROOT,
                    "%nMedians of %d rounds of %d s, %d sends under way, messages of %d bytes, JVM %s, %d processors%n",
                    options.rounds(),
                    options.seconds(),
                    options.window(),
                    options.bodyBytes(),
                    Runtime.version(),
                    Runtime.getRuntime().availableProcessors());
            System.out.println(report.text());
            System.out.printf("Load average of the machine: %s before, %s after.%n", loadBefore, LoadAverage.now());
            Path output = Path.of(options.output() + ".csv").toAbsolutePath();
            Files.createDirectories(output.getParent());
            Files.write(output, report.csv());
            System.out.println("Each run: " + output);
        }
    }

    private void prepare() throws InterruptedException, ExecutionException, TimeoutException {
        for (Point point : options.points()) {
            if (!targets.containsKey(point.queueCount())) {
                say("a broker with " + point.queueCount() + " queues");
                Target target = servers.start(Make.TERN, work.path().resolve("queues-" + point.queueCount()));
                targets.put(point.queueCount(), target);
                makeTopics(target, point.queues());
            }
            say("warming at " + point);
            try (SendStream stream = stream(point)) {
                stream.open();
                stream.send(options.warmupMessages());
            }
        }
    }

    private static void makeTopics(Target target, List<Queue> queues)
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<String, Long> queuesByTopic =
                queues.stream().collect(Collectors.groupingBy(Queue::topic, TreeMap::new, Collectors.counting()));
        try (RemotingClient remoting = new RemotingClient(ClientConfig.defaults(), RequestRouter.none())) {
            for (Map.Entry<String, Long> topic : queuesByTopic.entrySet()) {
                int count = Math.toIntExact(topic.getValue());
                UpdateTopicRequest request = new UpdateTopicRequest(
                        topic.getKey(),
                        "TBW102",
                        count,
                        count,
                        Permission.READ_WRITE,
                        TagMode.SINGLE_TAG,
                        0,
                        false,
                        Optional.empty());
                boolean isMade = remoting.call(
                                target.brokerAddress(), TopicRpcs.UPDATE_AND_CREATE_TOPIC, request, CALL_TIMEOUT)
                        .get(CALL_TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                        .isSuccess();
                if (!isMade) {
                    throw new IllegalStateException("the broker did not make topic " + topic.getKey());
                }
            }
        }
    }

    private List<Figure> figures() throws InterruptedException {
        List<Figure> figures = new ArrayList<>();
        for (int round = 0; round < options.rounds(); round++) {
            List<Point> inTurn = new ArrayList<>(options.points());
            if (round % 2 == 1) {
                Collections.reverse(inTurn); // each comes early as often as late
            }
            for (Point point : inTurn) {
                Figure figure = measure(point, round);
                figures.add(figure);
                say(String.format(
                        Locale.ROOT,
                        "round %d of %d, load average %s: %,d %s: CPU us/message %.2f",
                        round + 1,
                        options.rounds(),
                        LoadAverage.now(),
                        point.count(),
                        point.axis().label(),
                        figure.cpuMicrosPerMessage()));
            }
        }
        return figures;
    }

    private Figure measure(Point point, int round) throws InterruptedException {
        long pid = targets.get(point.queueCount()).broker().pid();
        try (SendStream stream = stream(point)) {
            stream.open();
            ProcessUsage before = ProcessUsage.of(pid);
            long startNanos = System.nanoTime();
            long messages = stream.sendFor(Duration.ofSeconds(options.seconds()));
            long nanos = System.nanoTime() - startNanos;
            ProcessUsage after = ProcessUsage.of(pid);
            return new Figure(
                    point,
                    round,
                    messages,
                    nanos,
                    after.cpuMicros() - before.cpuMicros(),
                    after.switchesSince(before),
                    after.rssKib());
        }
    }

    private SendStream stream(Point point) {
        return new SendStream(targets.get(point.queueCount()).brokerAddress(), point, options.window(), body);
    }

    private static void say(String line) {
        System.err.println(line);
    }

    @Override
    public void close() throws IOException {
        targets.values().forEach(Target::close);
        work.close();
    }
}
