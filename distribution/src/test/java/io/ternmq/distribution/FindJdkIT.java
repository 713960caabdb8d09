package io.ternmq.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How {@code ./verify} and {@code ./quickstart} find the JDK to build with. */
final class FindJdkIT {
    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    Path root;

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash"})
    void javaHomeWinsOverThePath(String shell) throws IOException {
        Path home = jdk("a home", "21.0.2");
        Path onPath = jdk("on path", "17.0.15");

        String found = run(shell, "find_jdk", Map.of("JAVA_HOME", home.toString(), "PATH", pathWith(onPath)));

        assertThat(found).isEqualTo(home.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash"})
    void jdkThatIsTooOldIsPassedOver(String shell) throws IOException {
        Path old = jdk("old", "11.0.2");
        Path onPath = jdk("on path", "17.0.15");

        String found = run(shell, "find_jdk", Map.of("JAVA_HOME", old.toString(), "PATH", pathWith(onPath)));

        assertThat(found).isEqualTo(onPath.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash"})
    void oldestThatWillDoIsTakenWhereTheSystemKeepsThem(String shell) throws IOException {
        Path old = jdk("old", "11.0.2");
        jdk("usr/lib/jvm/java-8", "1.8.0_392");
        jdk("usr/lib/jvm/java-25", "25.0.3");
        Path seventeen = jdk("opt/java/seventeen", "17.0.15");

        String found = run(shell, "find_jdk", Map.of("PATH", pathWith(old)));

        assertThat(found).isEqualTo(seventeen.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash"})
    void newestWithLongTermSupportIsFoundAmongOthers(String shell) throws IOException {
        jdk("usr/lib/jvm/java-17", "17.0.15");
        Path twentyFive = jdk("usr/lib/jvm/java-25", "25.0.3");
        jdk("usr/lib/jvm/java-26", "26-ea");

        assertThat(run(shell, "find_newest_lts_jdk", Map.of())).isEqualTo(twentyFive.toString());
    }

    @Test
    void whatToInstallIsToldInOneLineWhereNothingCanBe() throws IOException {
        // A machine with the plainest tools, a user who is not root, and neither JDK nor Maven.
        Path tools = root.resolve("tools");
        for (String tool : List.of("sed", "sort", "awk")) {
            Executables.write(tools.resolve(tool), "exec " + Executables.onThePath(tool) + " \"$@\"");
        }
        Executables.write(tools.resolve("id"), "echo 1000");
        Map<String, String> environment = Map.of("PATH", tools.toString(), "MVNW_HOME", root.toString());

        String told = run("dash", "! need_jdk", environment);

        assertThat(told).hasLineCount(1).contains("Needs a JDK from 17 up and Maven", "apt-get install", "JAVA_HOME");
    }

    private Path jdk(String directory, String version) throws IOException {
        Path home = root.resolve(directory);
        Executables.write(home.resolve("bin").resolve("javac"), "echo javac " + version);
        return home;
    }

    private static String pathWith(Path jdk) {
        return jdk.resolve("bin") + ":" + System.getenv("PATH");
    }

    private String run(String shell, String function, Map<String, String> environment) {
        Map<String, String> variables = new HashMap<>(Map.of("JDK_ROOT", root.toString(), "HOME", "/home/someone"));
        variables.putAll(environment);
        List<String> command = List.of(Executables.onThePath(shell).toString(), "-euc", ". ./.mvn/jdk.sh; " + function);
        try (RunningProcess process = RunningProcess.startIn(PROJECT, root, variables, command)) {
            assertThat(process.awaitExit()).as(process.output()).isZero();
            return process.output().strip();
        }
    }
}
