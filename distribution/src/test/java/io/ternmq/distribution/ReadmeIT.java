package io.ternmq.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that the README and the page about containers show: each is run here, by another test, or by continuous integration. */
final class ReadmeIT {
    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern SHELL_BLOCK = Pattern.compile("(?s)```sh\\n(.*?)```");
    private static final String BIN = "distribution/target/ternmq/bin/";

    /** A command, and who runs it. Servers are run on ports that the system chooses, so not with the very words. */
    private static final Map<String, String> RUN_BY = Map.ofEntries(
            Map.entry("./quickstart", "quickstartSendsAndReceivesTenMessages"),
            Map.entry("./verify", "continuous integration: .ci/run"),
            Map.entry("./mvnw -q -pl distribution -am package -DskipTests", "./quickstart, where nothing is built yet"),
            Map.entry(BIN + "mqlocal", "ServersIT"),
            Map.entry(BIN + "mqprepare", "PrepareIT"),
            Map.entry(BIN + "mqnamesrv", "ServersIT"),
            Map.entry(BIN + "mqbroker -n 127.0.0.1:9876", "ServersIT"),
            Map.entry(BIN + "mqshutdown broker", "ServersIT"),
            Map.entry(BIN + "mqshutdown namesrv", "ServersIT"),
            Map.entry("./cluster up", "ComposedClusterIT"),
            Map.entry("./cluster demo", "ComposedClusterIT"),
            Map.entry("./cluster check", "ComposedClusterIT"),
            Map.entry("./cluster down", "ComposedClusterIT"),
            Map.entry("distribution/docker/image ternmq:dev", "ComposedClusterIT, through ./cluster up"),
            Map.entry("benchmark/container-limit", "by hand; its --help by benchmarksSayHowTheyAreUsed"),
            Map.entry("benchmark/run --help", "benchmarksSayHowTheyAreUsed"),
            Map.entry("benchmark/profile --help", "benchmarksSayHowTheyAreUsed"),
            Map.entry("benchmark/scale --help", "benchmarksSayHowTheyAreUsed"),
            Map.entry("benchmark/failures --help", "benchmarksSayHowTheyAreUsed"),
            Map.entry("benchmark/jmh --help", "benchmarksSayHowTheyAreUsed"));

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/containers.md"})
    void everyCommandIsRunBySomeone(String page) throws IOException {
        assertThat(commands(PROJECT.resolve(page)))
                .isNotEmpty()
                .allSatisfy(command -> assertThat(RUN_BY).containsKey(command));
    }

    @Test
    void quickstartSendsAndReceivesTenMessages() {
        try (RunningProcess quickstart = run("./quickstart")) {
            assertThat(quickstart.awaitExit()).as(quickstart.output()).isZero();
            assertThat(quickstart.output().lines().filter(line -> line.startsWith("Sent")))
                    .as(quickstart.output())
                    .hasSize(10);
            assertThat(quickstart.output().lines().filter(line -> line.startsWith("Received")))
                    .as(quickstart.output())
                    .hasSizeGreaterThanOrEqualTo(10); // at least once is what the broker promises
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "benchmark/run",
                "benchmark/profile",
                "benchmark/scale",
                "benchmark/failures",
                "benchmark/jmh",
                "benchmark/container-limit"
            })
    void benchmarksSayHowTheyAreUsed(String command) {
        try (RunningProcess help = run(command, "--help")) {
            assertThat(help.awaitExit()).as(help.output()).isZero();
            assertThat(help.output()).contains(command);
        }
    }

    private RunningProcess run(String... command) {
        // The JDK that runs this test also built what is started.
        Map<String, String> environment = Map.of("JAVA_HOME", System.getProperty("java.home"));
        return RunningProcess.startIn(PROJECT, directory, environment, List.of(command));
    }

    private static List<String> commands(Path page) throws IOException {
        List<String> commands = new ArrayList<>();
        Matcher block = SHELL_BLOCK.matcher(Files.readString(page));
        while (block.find()) {
            block.group(1).lines().filter(line -> !line.isBlank()).forEach(commands::add);
        }
        return commands;
    }
}
