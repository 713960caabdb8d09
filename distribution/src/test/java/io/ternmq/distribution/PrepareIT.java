package io.ternmq.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The preparing of an unpacked distribution for faster starts. */
final class PrepareIT {
    @TempDir
    Path directory;

    private Distribution distribution;

    @BeforeEach
    void copyDistribution() {
        distribution = Distribution.copiedInto(directory);
    }

    @Test
    void serversTakeOurClassesFromWhatWasPrepared() throws IOException {
        distribution = Distribution.copiedTo(directory.resolve("copy")); // from a path with blanks JVMs share nothing
        Map<String, String> java = Map.of("JAVA_HOME", System.getProperty("java.home"));
        try (RunningProcess prepare = run(java, "mqprepare")) {
            assertThat(prepare.awaitExit()).as(prepare.output()).isZero();
            assertThat(prepare.output().lines()).hasSize(1);
            assertThat(prepare.output()).contains("are kept in " + archive());
        }
        Path loaded = directory.resolve("loaded");

        Map<String, String> tracing =
                Map.of("JAVA_HOME", System.getProperty("java.home"), "JAVA_OPT_EXT", "-Xlog:class+load:file=" + loaded);
        try (RunningProcess server = run(tracing, "mqbroker", "-p")) {
            assertThat(server.awaitExit()).as(server.output()).isZero();
        }

        // logging to files is the servers' way, and takes long to begin
        for (String needed :
                List.of("io.ternmq.broker.BrokerConfig", "ch.qos.logback.core.rolling.RollingPolicyBase")) {
            try (Stream<String> lines = Files.lines(loaded)) {
                assertThat(lines.filter(line -> line.contains("] " + needed + " ")))
                        .singleElement()
                        .asString()
                        .contains("shared objects file (top)");
            }
        }
    }

    @Test
    void preparingLeavesNoTemporaryFile() throws IOException {
        Path temporary = Files.createDirectory(directory.resolve("temporary"));
        Map<String, String> environment =
                Map.of("JAVA_HOME", System.getProperty("java.home"), "TMPDIR", temporary.toString());

        try (RunningProcess prepare = run(environment, "mqprepare")) {
            assertThat(prepare.awaitExit()).as(prepare.output()).isZero();
        }

        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void serversStartWithoutWhatIsDamaged() throws IOException {
        Files.createDirectories(archive().getParent());
        Files.writeString(archive(), "not what it was");

        try (RunningProcess server = run(Map.of("JAVA_HOME", System.getProperty("java.home")), "mqbroker", "-p")) {
            assertThat(server.awaitExit()).as(server.output()).isZero();
            assertThat(server.output().lines()).allMatch(line -> line.contains("=") || line.startsWith("#"));
        }
    }

    @Test
    void whatCannotBeWrittenIsToldInOneLine() throws IOException {
        Files.writeString(distribution.home().resolve("cds"), "in the way");

        try (RunningProcess prepare = run(Map.of("JAVA_HOME", System.getProperty("java.home")), "mqprepare")) {
            assertThat(prepare.awaitExit()).isEqualTo(1);
            assertThat(prepare.output().lines())
                    .singleElement()
                    .asString()
                    .isEqualTo("mqprepare: " + distribution.home() + "/cds cannot be written: run this as the owner of "
                            + distribution.home());
        }
    }

    @Test
    void aJavaThatKeepsNothingIsToldAndLeavesNothing() throws IOException {
        FakeJava java = FakeJava.of(directory.resolve("java"), "17.0.15");

        try (RunningProcess prepare = run(Map.of("JAVA_HOME", java.home().toString()), "mqprepare")) {
            assertThat(prepare.awaitExit()).isEqualTo(1);
            assertThat(prepare.output()).contains("mqprepare: Java 17 has kept no classes");
        }
        try (Stream<Path> left = Files.list(archive().getParent())) {
            assertThat(left).isEmpty();
        }
    }

    private Path archive() {
        return distribution.home().resolve("cds").resolve(Runtime.version().feature() + ".jsa");
    }

    private RunningProcess run(Map<String, String> environment, String script, String... arguments) {
        List<String> command = distribution.command("sh", script, arguments);
        return RunningProcess.start(directory, environment, command);
    }
}
