package io.ternmq.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ternmq.common.config.Settings;
import io.ternmq.common.time.Clock;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BrokerMainIT {
    private static final Duration START_MAX = Duration.ofSeconds(60);
    private static final int STOP_MILLIS_MAX = 3_000;

    private final List<Process> processes = new ArrayList<>();

    @TempDir
    private Path directory;

    @AfterEach
    void stopProcesses() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void brokerRunsUntilItIsToldToStop() throws Exception {
        Process process = run(file("autoCreateTopicEnabel", "false"));
        await().atMost(START_MAX).until(() -> out().contains("is ready on 127.0.0.1:"));

        long stopNanos = System.nanoTime();
        process.destroy(); // SIGTERM
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();

        assertThat(Duration.ofNanos(System.nanoTime() - stopNanos)).isLessThan(Duration.ofMillis(STOP_MILLIS_MAX));
        assertThat(err()).isEmpty();
        assertThat(out().lines().filter(line -> line.contains("started in"))).hasSize(1);
        assertThat(out()).contains("key=autoCreateTopicEnabel nearest=autoCreateTopicEnable");
    }

    @Test
    void portInUseIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            String port = Integer.toString(taken.getLocalPort());

            assertFails(1, run(file("listenPort", port)), "127.0.0.1:" + port);
        }
    }

    @Test
    void badValueIsNamedWithItsKeyAndWhatWasExpected() throws Exception {
        assertFails(1, run(file("listenPort", "many")), "listenPort=many", "expected a whole number from 0 to 65535");
    }

    @Test
    void storeInUseIsNamed() throws Exception {
        Settings settings = Settings.of(settings("storePathRootDir", store().toString()));
        try (Broker running = Broker.start(BrokerConfig.from(settings), Clock.system())) {
            assertThat(running.port()).isPositive();

            assertFails(1, run(file("brokerName", "second")), store().toString(), "in use");
        }
    }

    @Test
    void storeThatCannotBeWrittenIsNamed() throws Exception {
        Path inTheWay = Files.writeString(directory.resolve("file"), "not a directory");

        assertFails(1, run(file("storePathRootDir", inTheWay.resolve("store").toString())), inTheWay.toString());
    }

    @Test
    void missingFileAndUnknownFlagAreNamed() throws Exception {
        assertFails(1, run("-c", directory.resolve("none.conf").toString()), "none.conf");
        assertFails(2, run("--nonsense"), "--nonsense");
    }

    @Test
    void settingsInForceArePrinted() throws Exception {
        Process process = run(file("brokerName", "printed"), "-p");

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(out()).contains("brokerName=printed\n").contains("flushDiskType=ASYNC_FLUSH\n");
    }

    private void assertFails(int exitCode, Process process, String... words) throws Exception {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(exitCode);
        assertThat(err().lines())
                .singleElement()
                .satisfies(line ->
                        assertThat(line).startsWith("Broker not started: ").contains(words));
    }

    private Process run(Path file, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-c", file.toString()));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    private Process run(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "--enable-native-access=ALL-UNNAMED", // as the scripts say it
                "-cp",
                System.getProperty("java.class.path"),
                BrokerMain.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile())
                .start();
        processes.add(process);
        return process;
    }

    private Path file(String... more) throws IOException {
        StringBuilder text = new StringBuilder();
        settings(more)
                .forEach((key, value) ->
                        text.append(key).append('=').append(value).append('\n'));
        return Files.writeString(directory.resolve("broker.conf"), text);
    }

    private Map<String, String> settings(String... more) {
        Settings settings = Settings.of(Map.of(
                "brokerName", "broker-a",
                "brokerIP1", "127.0.0.1",
                "bindAddress", "127.0.0.1",
                "listenPort", "0",
                "vipChannelEnable", "false",
                "mappedFileSizeCommitLog", "1048576",
                "storePathRootDir", store().toString()));
        for (int index = 0; index < more.length; index += 2) {
            settings = settings.with(more[index], more[index + 1]);
        }
        return settings.asMap();
    }

    private Path store() {
        return directory.resolve("store");
    }

    private String out() throws IOException {
        return Files.readString(directory.resolve("out"));
    }

    // Without what a JVM from 24 up says of itself when the store gives mapped memory back.
    private String err() throws IOException {
        return Files.readString(directory.resolve("err"))
                .lines()
                .filter(line -> !line.startsWith("WARNING: "))
                .collect(Collectors.joining("\n"));
    }
}
