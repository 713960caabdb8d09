package io.ternmq.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the scripts find a Java and with which options they start it, seen through a Java that prints its arguments. */
final class LaunchIT {
    @TempDir
    Path directory;

    private Distribution distribution;
    private FakeJava java;

    @BeforeEach
    void copyDistribution() {
        distribution = Distribution.copiedInto(directory);
        java = FakeJava.of(directory.resolve("some java"), "17.0.15");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash"})
    void eachScriptStartsItsServerWithTheGivenArguments(String shell) {
        Map<String, String> servers = Map.of(
                "mqnamesrv", "io.ternmq.namesrv.NameServerMain",
                "mqbroker", "io.ternmq.broker.BrokerMain",
                "mqlocal", "io.ternmq.embedded.LocalClusterMain");

        servers.forEach((script, main) -> {
            List<String> arguments = javaArguments(Map.of(), shell, script, "-c", "a file", "*");

            assertThat(arguments).endsWith(jarsInOrder(), main, "-c", "a file", "*");
            assertThat(arguments).contains("-Dternmq.home=" + distribution.home());
        });
    }

    // A class path of another order is another one to the JVM, which then leaves kept classes aside.
    private String jarsInOrder() {
        try (Stream<Path> jars = Files.list(distribution.home().resolve("lib"))) {
            return jars.map(Path::toString).sorted().collect(Collectors.joining(":"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash"})
    void scriptReachedThroughALinkFindsItsHome(String shell) throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("linked"), distribution.bin("mqbroker"));

        List<String> arguments =
                lines(run(Map.of("JAVA_HOME", java.home().toString()), List.of(shell, link.toString())));

        assertThat(arguments).contains("-Dternmq.home=" + distribution.home());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash"})
    void javaOptExtComesAfterOurOptionsSoThatItWins(String shell) {
        List<String> arguments = javaArguments(Map.of("JAVA_OPT_EXT", "-Xmx77m  -Dany=*"), shell, "mqbroker");

        assertThat(arguments).containsSubsequence("-Xmx77m", "-Dany=*", "-cp");
        assertThat(indexOfStart(arguments, "-Xmx")).isLessThan(arguments.indexOf("-Xmx77m"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash"})
    void javaOnThePathIsTakenWithoutJavaHome(String shell) {
        String path = java.home().resolve("bin") + ":" + System.getenv("PATH");

        try (RunningProcess process = run(Map.of("PATH", path), distribution.command(shell, "mqbroker"))) {
            assertThat(process.awaitExit()).isZero();
            assertThat(lines(process)).contains("io.ternmq.broker.BrokerMain");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash"})
    void javaThatIsMissingIsToldInOneLine(String shell) throws IOException {
        Path tools = directory.resolve("tools");
        for (String tool : List.of("dirname", "readlink", "sed")) {
            Executables.write(tools.resolve(tool), "exec " + Executables.onThePath(tool) + " \"$@\"");
        }

        assertThat(failure(Map.of("PATH", tools.toString()), shell, "mqbroker"))
                .isEqualTo(
                        "mqbroker: no java on the PATH and JAVA_HOME is not set: install a Java from 17 up, or set JAVA_HOME\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash"})
    void javaHomeWithoutJavaIsToldInOneLine(String shell) {
        assertThat(failure(Map.of("JAVA_HOME", "/no/such place"), shell, "mqnamesrv"))
                .isEqualTo(
                        "mqnamesrv: JAVA_HOME=/no/such place holds no bin/java: expected the directory of a Java from 17 up\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.8.0_392", "11.0.2"})
    void javaThatIsTooOldIsToldInOneLine(String version) {
        FakeJava old = FakeJava.of(directory.resolve("old"), version);

        assertThat(failure(Map.of("JAVA_HOME", old.home().toString()), "sh", "mqbroker"))
                .contains("/old/bin/java is Java ", "expected 17 or newer", "JAVA_HOME")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"17.0.15", "21", "25.0.3", "26-ea"})
    void everyJavaFromSeventeenUpIsTaken(String version) {
        FakeJava java = FakeJava.of(directory.resolve("other"), version);

        try (RunningProcess process =
                run(Map.of("JAVA_HOME", java.home().toString()), distribution.command("sh", "mqbroker"))) {
            assertThat(process.awaitExit()).as(process.output()).isZero();
            boolean isRefusing = version.startsWith("17") || version.startsWith("21");
            assertThat(process.output().contains("--sun-misc-unsafe-memory-access"))
                    .isNotEqualTo(isRefusing);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash"})
    void versionIsTakenFromTheReleaseOfAJavaIfThatTellsIt(String shell) throws IOException {
        Path release = java.home().resolve("release");

        Files.writeString(release, "BUILD=\"8\"\nJAVA_VERSION=\"25.0.1\"\nOS_VERSION=\"2.6\"\n");
        assertThat(javaArguments(Map.of(), shell, "mqbroker")).contains("--sun-misc-unsafe-memory-access=allow");

        Files.writeString(release, "JAVA_VERSION=\"25.0.1\""); // and nothing behind it
        assertThat(javaArguments(Map.of(), shell, "mqbroker")).contains("--sun-misc-unsafe-memory-access=allow");

        Files.writeString(release, "JAVA_RUNTIME_VERSION=\"25\"\nOS_VERSION=\"26\"");
        assertThat(failure(Map.of("JAVA_HOME", java.home().toString()), shell, "mqbroker"))
                .contains("/bin/java does not tell its version");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash"})
    void heapFollowsTheMemoryWithinLimits(String shell) {
        assertThat(heap(shell, "mqbroker", "128")).isEqualTo("-Xmx32m");
        assertThat(heap(shell, "mqbroker", "1000")).isEqualTo("-Xmx250m");
        assertThat(heap(shell, "mqbroker", "64000")).isEqualTo("-Xmx1024m");
        assertThat(heap(shell, "mqnamesrv", "64000")).isEqualTo("-Xmx256m");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash"})
    void memoryThatIsNoNumberIsToldInOneLine(String shell) {
        Map<String, String> environment = Map.of("JAVA_HOME", java.home().toString(), "TERNMQ_MEMORY_MB", "2g");

        assertThat(failure(environment, shell, "mqbroker"))
                .isEqualTo("mqbroker: TERNMQ_MEMORY_MB=2g is not valid: expected a whole number of megabytes\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash"})
    void memoryIsTheLeastOfMachineAndControlGroups(String shell) throws IOException {
        FakeMachine machine = FakeMachine.in(directory.resolve("machine"), 4_000_000);

        assertThat(memory(shell, machine)).isEqualTo("3906");

        machine.group("0::/a/b").limit("sys/fs/cgroup/a/b/memory.max", "max");
        assertThat(memory(shell, machine)).isEqualTo("3906");

        machine.limit("sys/fs/cgroup/a/memory.max", "8589934592");
        assertThat(memory(shell, machine)).isEqualTo("3906");

        machine.limit("sys/fs/cgroup/a/memory.max", "268435456");
        assertThat(memory(shell, machine)).isEqualTo("256");

        machine.group("5:memory:/docker/x").limit("sys/fs/cgroup/memory/memory.limit_in_bytes", "134217728");
        assertThat(memory(shell, machine)).isEqualTo("128");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash"})
    void memoryOfAMachineThatDoesNotTellIsThatOfASmallOne(String shell) {
        assertThat(memory(shell, new FakeMachine(directory.resolve("nothing")))).isEqualTo("1024");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash"})
    void logsGoToTheGivenDirectoryOrToNone(String shell) throws IOException {
        Path logs = directory.resolve("my logs");

        assertThat(javaArguments(Map.of(), shell, "mqbroker"))
                .contains("-Dternmq.log.name=broker")
                .contains("-Dternmq.log.dir=" + distribution.home() + "/logs")
                .noneMatch(argument -> argument.startsWith("-Dlogback"));
        assertThat(javaArguments(Map.of("TERNMQ_LOG_DIR", logs.toString()), shell, "mqbroker"))
                .contains("-Dternmq.log.dir=" + logs);
        assertThat(javaArguments(Map.of("TERNMQ_LOG_DIR", ""), shell, "mqbroker"))
                .contains("-Dternmq.log.dir=");
        assertThat(logs).isDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash"})
    void loggingOfTheOperatorsMakingIsTaken(String shell) throws IOException {
        Path conf = distribution.home().resolve("conf");
        Path changed = Files.copy(conf.resolve("logback-example.xml"), conf.resolve("logback-broker.xml"));

        assertThat(javaArguments(Map.of(), shell, "mqbroker")).contains("-Dlogback.configurationFile=" + changed);
        assertThat(javaArguments(Map.of(), shell, "mqnamesrv")).noneMatch(argument -> argument.startsWith("-Dlogback"));
        assertThat(javaArguments(Map.of("TERNMQ_LOG_DIR", ""), shell, "mqbroker"))
                .as("it names a file, and there are to be none")
                .noneMatch(argument -> argument.startsWith("-Dlogback"));

        Path console = Files.copy(changed, conf.resolve("logback-console.xml"));
        assertThat(javaArguments(Map.of("TERNMQ_LOG_DIR", ""), shell, "mqbroker"))
                .contains("-Dlogback.configurationFile=" + console);
        assertThat(javaArguments(Map.of(), shell, "mqbroker")).contains("-Dlogback.configurationFile=" + changed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash"})
    void logDirectoryThatCannotBeIsToldInOneLine(String shell) throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        Map<String, String> environment = Map.of("JAVA_HOME", java.home().toString(), "TERNMQ_LOG_DIR", file + "/logs");

        assertThat(failure(environment, shell, "mqbroker"))
                .startsWith("mqbroker: log directory " + file + "/logs cannot be written: set TERNMQ_LOG_DIR")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash"})
    void shutdownOfWhatDoesNotRunSaysSo(String shell) {
        assertThat(failure(Map.of(), shell, "mqshutdown", "broker"))
                .isEqualTo("No broker is running from " + distribution.home() + ".\n");
        assertThat(failure(Map.of(), shell, "mqshutdown", "other"))
                .isEqualTo("usage: mqshutdown namesrv|broker|local\n");
    }

    private String heap(String shell, String script, String memoryMegabytes) {
        List<String> arguments = javaArguments(Map.of("TERNMQ_MEMORY_MB", memoryMegabytes), shell, script);
        return arguments.get(indexOfStart(arguments, "-Xmx"));
    }

    private String memory(String shell, FakeMachine machine) {
        String program = ". \"$1\"; memory_mb \"$2\"";
        List<String> command = List.of(
                shell,
                "-euc",
                program,
                "test",
                distribution.bin("launch.sh").toString(),
                machine.root().toString());
        try (RunningProcess process = run(Map.of(), command)) {
            assertThat(process.awaitExit()).as(process.output()).isZero();
            return process.output().strip();
        }
    }

    private List<String> javaArguments(
            Map<String, String> environment, String shell, String script, String... arguments) {
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("JAVA_HOME", java.home().toString());
        return lines(run(variables, distribution.command(shell, script, arguments)));
    }

    private String failure(Map<String, String> environment, String shell, String script, String... arguments) {
        List<String> command = new ArrayList<>(distribution.command(shell, script, arguments));
        command.set(0, Executables.onThePath(shell).toString());
        try (RunningProcess process = run(environment, command)) {
            assertThat(process.awaitExit()).as(process.output()).isNotZero();
            return process.output();
        }
    }

    private RunningProcess run(Map<String, String> environment, List<String> command) {
        return RunningProcess.start(directory, environment, command);
    }

    private static List<String> lines(RunningProcess process) {
        try (process) {
            assertThat(process.awaitExit()).as(process.output()).isZero();
            return process.output().lines().toList();
        }
    }

    private static int indexOfStart(List<String> arguments, String start) {
        for (int index = 0; index < arguments.size(); index++) {
            if (arguments.get(index).startsWith(start)) {
                return index;
            }
        }
        throw new AssertionError(start + " is not among " + arguments);
    }
}
