package io.ternmq.namesrv;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.common.config.StartFlags;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The name server as operators start it: a process, its output, its exit code. */
class NameServerMainIT {
    private static final long EXIT_SECONDS_MAX = 30;

    private static final String LOGGING = """
            <configuration>
              <appender name="console" class="ch.qos.logback.core.ConsoleAppender">
                <encoder><pattern>%level %msg%n</pattern></encoder>
              </appender>
              <root level="INFO"><appender-ref ref="console"/></root>
            </configuration>
            """;

    @TempDir
    private Path directory;

    @Test
    void itSaysWhenItIsReadyAndStopsCleanlyWhenToldTo() throws Exception {
        Process process = start("-c", file("listenPort=0", "bindAddress=127.0.0.1", "kvConfigPath=" + kv()));
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            String line = output.readLine();
            while (line != null && !line.startsWith("TernMQ")) {
                line = output.readLine();
            }
            assertThat(line).matches("TernMQ name server is ready on 127\\.0\\.0\\.1:\\d+, started in \\d+ ms");

            long asked = System.nanoTime();
            process.destroy();

            assertThat(process.waitFor(EXIT_SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - asked)).isLessThan(3_000);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void helpAndSettingsArePrinted() throws Exception {
        assertThat(run("--help"))
                .isEqualTo(new Run(
                        0,
                        List.of(
                                "Usage: mqnamesrv [-c file] [-p] [--help]",
                                "  -c file   read settings from a file of key=value lines",
                                "  -p        print all settings and exit",
                                "  --help    print this and exit",
                                "Variables TERNMQ_NAMESRV_KEY, as TERNMQ_NAMESRV_LISTEN_PORT, are settings too; a file"
                                        + " is stronger.")));

        Run printed = run("-p", "-c", file("listenPort=1234"));

        assertThat(printed.code()).isZero();
        assertThat(printed.lines()).contains("listenPort=1234", "orderMessageEnable=false");
    }

    @Test
    void variablesAreSettingsAndAFileIsStronger() throws Exception {
        Map<String, String> environment =
                Map.of("TERNMQ_NAMESRV_LISTEN_PORT", "1111", "TERNMQ_NAMESRV_ORDER_MESSAGE_ENABLE", "true");
        StartFlags withFile = StartFlags.parse("-c", file("listenPort=1234"));

        assertThat(NameServerMain.settings(StartFlags.parse(), environment).asMap())
                .containsEntry("listenPort", "1111");
        assertThat(NameServerMain.settings(withFile, environment).asMap())
                .containsEntry("listenPort", "1234")
                .containsEntry("orderMessageEnable", "true");
    }

    @Test
    void unknownKeysAreSaidAndStopNothing() throws Exception {
        Run run = run("-p", "-c", file("orderMesageEnable=true", "rocketmqHome=/opt", "clusterTest=false"));

        assertThat(run.code()).isZero();
        assertThat(run.lines())
                .filteredOn(line -> line.contains("Unknown key"))
                .singleElement()
                .asString()
                .contains("WARN", "key=orderMesageEnable nearest=orderMessageEnable");
        assertThat(run.lines())
                .filteredOn(line -> line.contains("without effect"))
                .singleElement()
                .asString()
                .contains("INFO", "clusterTest,rocketmqHome");
    }

    @Test
    void whatStandsAgainstAStartIsSaidInOneLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertFails(
                    "127.0.0.1:" + port,
                    "-c",
                    file("bindAddress=127.0.0.1", "listenPort=" + port, "kvConfigPath=" + kv()));
        }
        assertFails(
                "Setting listenPort=99999 is not valid: expected a whole number from 0 to 65535",
                "-c",
                file("listenPort=99999"));
        assertFails("Setting scanNotActiveBrokerInterval=often", "-c", file("scanNotActiveBrokerInterval=often"));
        assertFails("there is no such file", "-c", directory.resolve("missing").toString());
        assertFails("Argument -x is not known", "-x");
        Files.writeString(kv(), "{damaged");
        assertFails(kv().toString(), "-c", file("bindAddress=127.0.0.1", "listenPort=0", "kvConfigPath=" + kv()));
    }

    private void assertFails(String text, String... arguments) throws Exception {
        Run run = run(arguments);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.lines())
                .filteredOn(line -> line.startsWith("Name server not started: "))
                .singleElement()
                .asString()
                .contains(text);
    }

    private record Run(int code, List<String> lines) {}

    private Run run(String... arguments) throws Exception {
        Process process = start(arguments);
        try {
            List<String> lines = new ArrayList<>();
            try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
                output.lines().forEach(lines::add);
            }
            assertThat(process.waitFor(EXIT_SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
            return new Run(process.exitValue(), lines);
        } finally {
            process.destroyForcibly();
        }
    }

    private Process start(String... arguments) throws IOException {
        Path logging = Files.writeString(directory.resolve("logback.xml"), LOGGING);
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Dlogback.configurationFile=" + logging,
                "-cp",
                System.getProperty("java.class.path"),
                NameServerMain.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private Path kv() {
        return directory.resolve("kvConfig.json");
    }

    private String file(String... lines) throws IOException {
        Path file = Files.createTempFile(directory, "namesrv", ".conf");
        return Files.write(file, List.of(lines)).toString();
    }
}
