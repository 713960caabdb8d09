package io.ternmq.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ternmq.client.consumer.ConsumeFromWhere;
import io.ternmq.client.consumer.DefaultLitePullConsumer;
import io.ternmq.client.exception.MQClientException;
import io.ternmq.client.producer.DefaultMQProducer;
import io.ternmq.client.producer.SendResult;
import io.ternmq.common.message.Message;
import io.ternmq.remoting.protocol.RemotingException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The servers as an operator runs them: started by the scripts, stopped by signals, told off in one line. */
final class ServersIT {
    private static final int STOPPED_BY_SIGTERM = 128 + 15;
    private static final Duration RECEIVE_MOST = Duration.ofSeconds(60);
    private static final Pattern READY = Pattern.compile("ready (?:at|on) [0-9.]+:([0-9]+)");

    /** What the console shows of a server's life, beside what the command itself says. */
    private static final Pattern LOGGED = Pattern.compile("[0-9:.]{12} (INFO|WARN) ");

    @TempDir
    Path directory;

    private Distribution distribution;
    private final List<RunningProcess> processes = new ArrayList<>();

    @BeforeEach
    void copyDistribution() {
        distribution = Distribution.copiedInto(directory);
    }

    @AfterEach
    void stopWhatRuns() {
        processes.forEach(RunningProcess::close);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash"})
    void nameServerAndBrokerServeAndStopCleanlyOnSigterm(String shell) throws Exception {
        RunningProcess nameServer = start(shell, "mqnamesrv", "-c", nameServerFile());
        String nameServerAddress = "127.0.0.1:" + port(nameServer);
        RunningProcess broker = start(shell, "mqbroker", "-n", nameServerAddress, "-c", brokerFile("broker-a"));
        port(broker);

        assertThat(sendAndReceive(nameServerAddress)).isEqualTo("hello");

        assertStopsBySigterm(broker);
        assertStopsBySigterm(nameServer);
        assertThat(storeOf("broker-a").resolve("checkpoint")).exists();
        assertThat(storeOf("broker-a").resolve("abort"))
                .doesNotExist(); // so the next start knows that nothing was torn
        assertThat(Files.readString(distribution.home().resolve("logs/broker.log")))
                .contains("Broker");
        assertThat(Files.readString(distribution.home().resolve("logs/namesrv.log")))
                .contains("ame server");
    }

    @ParameterizedTest
    @MethodSource("javas")
    void everyJavaFoundRunsTheServersWithoutAComplaint(Path javaHome) throws Exception {
        RunningProcess local = startWith(
                Map.of("JAVA_HOME", javaHome.toString()),
                "sh",
                "mqlocal",
                "-n",
                "127.0.0.1:0",
                "-c",
                brokerFile("local"));
        local.awaitOutput("ready");

        assertStopsBySigterm(local);
        assertThat(local.output()).doesNotContainIgnoringCase("warning").doesNotContain("Unsafe");
    }

    @Test
    void serversOfAMachineWith128MegabytesServe() throws Exception {
        Map<String, String> small = Map.of("TERNMQ_MEMORY_MB", "128");
        RunningProcess nameServer = startWith(small, "sh", "mqnamesrv", "-c", nameServerFile());
        String nameServerAddress = "127.0.0.1:" + port(nameServer);
        RunningProcess broker = startWith(small, "sh", "mqbroker", "-n", nameServerAddress, "-c", brokerFile("small"));
        port(broker);

        for (int round = 0; round < 20; round++) {
            assertThat(sendAndReceive(nameServerAddress)).isEqualTo("hello");
        }

        // What the kernel cannot take back; the pages of the log are in files.
        assertThat(anonymousMegabytes(broker)).isLessThan(128);
        assertThat(anonymousMegabytes(nameServer)).isLessThan(128);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mqnamesrv", "mqbroker", "mqlocal"})
    void flagsPrintAndExit(String script) {
        RunningProcess help = start("dash", script, "--help");
        assertThat(help.awaitExit()).isZero();
        assertThat(help.output()).contains(script, "-c");

        RunningProcess settings = start("dash", script, "-p");
        assertThat(settings.awaitExit()).isZero();
        assertThat(settings.output()).contains("listenPort");

        RunningProcess unknown = start("dash", script, "--nonsense");
        assertThat(unknown.awaitExit()).isNotZero();
        assertThat(unknown.output()).contains("--nonsense").hasLineCount(1);
    }

    @Test
    void brokerPrintsTheSettingsItWouldRunWith() throws Exception {
        RunningProcess settings = start("dash", "mqbroker", "-c", brokerFile("printed"), "-n", "10.1.2.3:9876", "-p");

        assertThat(settings.awaitExit()).isZero();
        assertThat(settings.output())
                .contains("brokerName=printed\n", "namesrvAddr=10.1.2.3:9876\n", "autoCreateTopicEnable=true\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mqnamesrv", "mqbroker"})
    void portInUseIsToldInOneLine(String script) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String file = file(
                    "taken.conf",
                    "bindAddress=127.0.0.1\nlistenPort=" + taken.getLocalPort() + "\n" + "storePathRootDir="
                            + directory.resolve("taken") + "\n");

            String told = refusal(script, "-c", file);

            assertThat(told).contains(Integer.toString(taken.getLocalPort()), "in use");
        }
    }

    @Test
    void lockedStoreDirectoryIsToldInOneLine() throws Exception {
        String file = brokerFile("first");
        port(start("dash", "mqbroker", "-c", file));

        assertThat(refusal("mqbroker", "-c", file))
                .contains(directory.resolve("store first").toString());
    }

    @Test
    void storeDirectoryThatCannotBeWrittenIsToldInOneLine() throws Exception {
        Path notADirectory = Files.createFile(directory.resolve("file"));
        String file = file(
                "unwritable.conf",
                "bindAddress=127.0.0.1\nlistenPort=0\nbrokerIP1=127.0.0.1\n" + "storePathRootDir="
                        + notADirectory.resolve("store") + "\n");

        assertThat(refusal("mqbroker", "-c", file)).contains(notADirectory.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"mqnamesrv", "mqbroker"})
    void badValueIsToldInOneLineWithKeyValueAndWhatWasExpected(String script) throws Exception {
        String told = refusal(script, "-c", file("bad.conf", "listenPort=eighty\n"));

        assertThat(told).contains("listenPort", "eighty", "expected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mqnamesrv", "mqbroker"})
    void fileThatIsMissingIsToldInOneLine(String script) throws Exception {
        assertThat(refusal(script, "-c", "/no/such file")).contains("/no/such file");
    }

    @Test
    void unknownKeyIsAWarningWithTheNearestKnownOne() throws Exception {
        String file = brokerFile("lenient", "autoCreateTopicEnabled=true", "messageStorePlugIn=none");

        RunningProcess broker = start("dash", "mqbroker", "-c", file);
        port(broker);

        assertThat(broker.output().lines().filter(line -> line.contains("autoCreateTopicEnabled")))
                .hasSize(1)
                .allMatch(line -> line.contains("WARN") && line.matches(".*autoCreateTopicEnable\\b.*"));
        assertThat(broker.output().lines().filter(line -> line.contains("messageStorePlugIn")))
                .hasSize(1)
                .noneMatch(line -> line.contains("WARN"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash"})
    void shutdownStopsTheServersOfThisDistributionAlone(String shell) throws Exception {
        Distribution other = Distribution.copiedInto(directory.resolve("other"));
        RunningProcess mine = start(shell, "mqnamesrv", "-c", nameServerFile());
        port(mine);
        RunningProcess others = run(Map.of(), other.command(shell, "mqnamesrv", "-c", nameServerFile()));
        port(others);

        RunningProcess shutdown = start(shell, "mqshutdown", "namesrv");

        assertThat(shutdown.awaitExit()).as(shutdown.output()).isZero();
        assertThat(mine.isAlive()).isFalse();
        assertThat(others.isAlive()).isTrue();
    }

    @Test
    void shippedFilesOfSettingsHoldKnownKeysAlone() throws Exception {
        Map<String, String> shippedFiles = Map.of("mqnamesrv", "namesrv.properties", "mqbroker", "broker.conf");
        for (Map.Entry<String, String> shipped : shippedFiles.entrySet()) {
            String file = distribution
                    .home()
                    .resolve("conf")
                    .resolve(shipped.getValue())
                    .toString();
            RunningProcess settings = start("dash", shipped.getKey(), "-c", file, "-p");

            assertThat(settings.awaitExit()).as(settings.output()).isZero();
            assertThat(settings.output()).doesNotContain("WARN");
        }
    }

    private static Stream<Path> javas() throws IOException {
        Path running = Path.of(System.getProperty("java.home"));
        Path places = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(places)) {
            return Stream.of(running);
        }
        try (Stream<Path> found = Files.list(places)) {
            List<Path> others = found.filter(home -> !Files.isSymbolicLink(home) && isUsable(home))
                    .toList();
            return Stream.concat(Stream.of(running), others.stream()).distinct();
        }
    }

    private static boolean isUsable(Path home) {
        try {
            return Files.isExecutable(home.resolve("bin/java"))
                    && Files.readString(home.resolve("release")).matches("(?s).*JAVA_VERSION=\"(1[7-9]|[2-9][0-9]).*");
        } catch (IOException e) {
            return false; // no Java, or one that does not tell its version
        }
    }

    /** Sends one message and returns what a consumer of the topic then receives. */
    private static String sendAndReceive(String nameServerAddress) throws Exception {
        DefaultMQProducer producer = new DefaultMQProducer("scripts-producer");
        DefaultLitePullConsumer consumer = new DefaultLitePullConsumer("scripts-consumer");
        producer.setSendMsgTimeout((int) RECEIVE_MOST.toMillis());
        producer.setNamesrvAddr(nameServerAddress);
        consumer.setNamesrvAddr(nameServerAddress);
        try {
            producer.start();
            Message hello = new Message("Scripts", "hello".getBytes(UTF_8));
            // On a busy machine the name server may hear of the broker a little after the broker is ready.
            SendResult sent = await().atMost(RECEIVE_MOST)
                    .ignoreExceptionsMatching(e -> e instanceof MQClientException || e instanceof RemotingException)
                    .until(() -> producer.send(hello), result -> result.getMessageQueue() != null);
            consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
            consumer.assign(List.of(sent.getMessageQueue()));
            consumer.start();
            return new String(consumer.poll(RECEIVE_MOST.toMillis()).get(0).getBody(), UTF_8);
        } finally {
            consumer.shutdown();
            producer.shutdown();
        }
    }

    // How long that takes is measured by benchmark/run.
    private static void assertStopsBySigterm(RunningProcess process) {
        process.sigterm();

        assertThat(process.awaitExit()).as(process.output()).isEqualTo(STOPPED_BY_SIGTERM);
    }

    /** Starts a server that must refuse to, and returns the one line it says. */
    private String refusal(String script, String... arguments) {
        RunningProcess process = start("dash", script, arguments);
        assertThat(process.awaitExit()).as(process.output()).isNotZero();
        List<String> told = process.output()
                .lines()
                .filter(line -> !LOGGED.matcher(line).lookingAt())
                .toList();
        assertThat(told).as(process.output()).hasSize(1);
        return told.get(0);
    }

    private static int port(RunningProcess server) {
        server.awaitOutput("ready");
        Matcher ready = READY.matcher(server.output());
        assertThat(ready.find()).as(server.output()).isTrue();
        return Integer.parseInt(ready.group(1));
    }

    private static long anonymousMegabytes(RunningProcess process) throws IOException {
        String status = Files.readString(Path.of("/proc", Long.toString(process.pid()), "status"));
        Matcher anonymous = Pattern.compile("RssAnon:\\s+([0-9]+) kB").matcher(status);
        assertThat(anonymous.find()).as(status).isTrue();
        return Long.parseLong(anonymous.group(1)) / 1024;
    }

    private String nameServerFile() throws IOException {
        return file(
                "namesrv.properties",
                "bindAddress=127.0.0.1\nlistenPort=0\nkvConfigPath=" + directory.resolve("kv.json") + "\n");
    }

    private String brokerFile(String name, String... lines) throws IOException {
        return file(
                name + ".conf",
                "bindAddress=127.0.0.1\nlistenPort=0\nbrokerIP1=127.0.0.1\nvipChannelEnable=false\nbrokerName=" + name
                        + "\nstorePathRootDir=" + storeOf(name) + "\n" + String.join("\n", lines)
                        + "\n");
    }

    private Path storeOf(String name) {
        return directory.resolve("store " + name);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }

    private RunningProcess start(String shell, String script, String... arguments) {
        return startWith(Map.of(), shell, script, arguments);
    }

    private RunningProcess startWith(
            Map<String, String> environment, String shell, String script, String... arguments) {
        return run(environment, distribution.command(shell, script, arguments));
    }

    private RunningProcess run(Map<String, String> environment, List<String> command) {
        RunningProcess process = RunningProcess.start(directory, environment, command);
        processes.add(process);
        return process;
    }
}
