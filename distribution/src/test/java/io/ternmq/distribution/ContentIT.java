package io.ternmq.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in the distribution: nothing is missing, and nothing is shipped that nobody uses. */
final class ContentIT {
    @TempDir
    Path directory;

    @Test
    void librariesAreThoseThatAreUsed() throws IOException {
        Set<String> names;
        try (Stream<Path> files = Files.list(Distribution.BUILT.resolve("lib"))) {
            names = files.map(file -> file.getFileName().toString().replaceFirst("-[0-9].*?(-linux.*)?\\.jar$", "$1"))
                    .collect(Collectors.toSet());
        }

        assertThat(names)
                .containsExactlyInAnyOrder(
                        "ternmq-broker",
                        "ternmq-client",
                        "ternmq-common",
                        "ternmq-embedded",
                        "ternmq-examples",
                        "ternmq-logging",
                        "ternmq-namesrv",
                        "ternmq-remoting",
                        "netty-all",
                        "netty-buffer",
                        "netty-codec-base",
                        "netty-common",
                        "netty-handler",
                        "netty-resolver",
                        "netty-transport",
                        "netty-transport-classes-epoll",
                        "netty-transport-native-epoll-linux-aarch_64",
                        "netty-transport-native-epoll-linux-riscv64",
                        "netty-transport-native-epoll-linux-x86_64",
                        "netty-transport-native-unix-common",
                        "slf4j-api",
                        "logback-classic",
                        "logback-core");
    }

    @Test
    void scriptsCanBeRunAndTheLicenseIsThere() {
        assertThat(List.of("mqnamesrv", "mqbroker", "mqlocal", "mqshutdown"))
                .allMatch(script ->
                        Files.isExecutable(Distribution.BUILT.resolve("bin").resolve(script)));
        assertThat(Distribution.BUILT.resolve("LICENSE")).isNotEmptyFile();
        assertThat(Distribution.BUILT.resolve("NOTICE")).isNotEmptyFile();
    }

    @Test
    void archiveHoldsTheSameFilesUnderOneFixedTime() throws IOException {
        Path archive = archive();

        List<String> entries = run("tar", "--numeric-owner", "--full-time", "-tvzf", archive.toString());
        run("tar", "-xzf", archive.toString(), "-C", directory.toString());

        assertThat(entries.stream().map(ContentIT::time).distinct()).hasSize(1);
        Path unpacked = directory.resolve(archive.getFileName().toString().replace(".tar.gz", ""));
        assertThat(run("diff", "-r", "--exclude=logs", unpacked.toString(), Distribution.BUILT.toString()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha256", "sha512"})
    void archiveHasChecksumsThatTheUsualToolsRead(String algorithm) throws IOException {
        Path archive = archive();
        Path checksum = archive.resolveSibling(archive.getFileName() + "." + algorithm);

        try (RunningProcess check = RunningProcess.startIn(
                archive.getParent(),
                directory,
                Map.of(),
                List.of(algorithm + "sum", "-c", checksum.getFileName().toString()))) {
            assertThat(check.awaitExit()).as(check.output()).isZero();
        }
    }

    @Test
    void everyLibraryOfOthersIsInTheNotices() throws IOException {
        String notices = Files.readString(Distribution.BUILT.resolve("THIRD-PARTY"));

        assertThat(librariesOfOthers())
                .isNotEmpty()
                .allSatisfy(jar -> assertThat(notices).contains(jar.substring(0, jar.indexOf('-')) + "-*.jar"));
    }

    @Test
    void everyLibraryOfOthersIsInTheSbom() throws IOException {
        Path file = Path.of(archive().toString().replace(".tar.gz", ".sbom.cdx.json"));
        assumeTrue(Files.exists(file), "an SBOM is made by builds with a network alone: " + file);
        String sbom = Files.readString(file);

        assertThat(librariesOfOthers())
                .allSatisfy(jar -> assertThat(sbom).contains("\"" + jar.replaceFirst("-[0-9].*", "") + "\""));
        assertThat(sbom).doesNotContain("\"junit-jupiter\"", "\"assertj-core\"", "\"timestamp\"");
    }

    @Test
    void unitsOfSystemdStartWhatIsThere() throws IOException {
        for (String unit : List.of("ternmq-namesrv.service", "ternmq-broker.service")) {
            List<String> lines =
                    Files.readAllLines(Distribution.BUILT.resolve("systemd").resolve(unit));

            assertThat(lines).contains("[Unit]", "[Service]", "[Install]", "SuccessExitStatus=143", "User=ternmq");
            assertThat(lines)
                    .filteredOn(line -> line.startsWith("ExecStart="))
                    .singleElement()
                    .satisfies(
                            line -> assertThat(Distribution.BUILT.resolve(line.replace("ExecStart=/opt/ternmq/", "")))
                                    .isExecutable());
        }
    }

    private static List<String> librariesOfOthers() throws IOException {
        try (Stream<Path> files = Files.list(Distribution.BUILT.resolve("lib"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("ternmq-"))
                    .toList();
        }
    }

    // -rwxr-xr-x 0/0 454 2026-11-22 00:00:00 ternmq/bin/mqlocal
    private static String time(String entry) {
        String[] words = entry.split(" +", 6);
        return words[3] + " " + words[4];
    }

    private static Path archive() throws IOException {
        try (Stream<Path> files = Files.list(Distribution.BUILT.getParent())) {
            return files.filter(file -> file.toString().endsWith(".tar.gz"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private List<String> run(String... command) {
        try (RunningProcess process = RunningProcess.start(directory, Map.of(), List.of(command))) {
            assertThat(process.awaitExit()).as(process.output()).isZero();
            return process.output().lines().toList();
        }
    }
}
