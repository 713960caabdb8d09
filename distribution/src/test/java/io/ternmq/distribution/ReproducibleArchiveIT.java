package io.ternmq.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whoever builds the same sources with the same JDK gets the same archive, wherever and whenever. In long runs, because it
 * takes as long as a build.
 */
@EnabledIfSystemProperty(named = "ternmq.long", matches = "true")
final class ReproducibleArchiveIT {
    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final Duration BUILD_MAX = Duration.ofMinutes(15);
    private static final Set<String> NOT_SOURCES = Set.of("target", ".git", "logs");

    @TempDir
    Path directory;

    @Test
    void anotherBuildElsewhereGivesTheSameBytes() throws IOException {
        Path copy = directory.resolve("a copy");
        copySources(copy);

        try (RunningProcess build = RunningProcess.startIn(
                copy,
                directory,
                Map.of("JAVA_HOME", System.getProperty("java.home")),
                List.of(
                        "./mvnw",
                        "-B",
                        "-ntp",
                        "-o",
                        "-q",
                        "-pl",
                        "distribution",
                        "-am",
                        "package",
                        "-DskipTests",
                        "-Djacoco.skip=true"))) {
            assertThat(build.awaitExit(BUILD_MAX)).as(build.output()).isZero();
        }

        assertThat(checksum(copy)).isEqualTo(checksum(PROJECT));
    }

    private static String checksum(Path project) throws IOException {
        Path built = project.resolve("distribution").resolve("target");
        try (var files = Files.list(built)) {
            Path file = files.filter(path -> path.toString().endsWith(".tar.gz.sha256"))
                    .findFirst()
                    .orElseThrow();
            return Files.readString(file);
        }
    }

    private static void copySources(Path copy) throws IOException {
        Files.walkFileTree(PROJECT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path from, BasicFileAttributes attributes) throws IOException {
                if (NOT_SOURCES.contains(from.getFileName().toString())) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(copy.resolve(PROJECT.relativize(from)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!file.getFileName().toString().equals(".git")) { // a file, in a work tree
                    Files.copy(file, copy.resolve(PROJECT.relativize(file)));
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
