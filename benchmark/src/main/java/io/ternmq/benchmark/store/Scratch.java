package io.ternmq.benchmark.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** A temporary folder, below the one that the system property {@code benchmark.scratch} names. Gone when closed. */
final class Scratch implements AutoCloseable {
    static final String PROPERTY = "benchmark.scratch";

    private final Path path;

    Scratch(String name) {
        try {
            path = Files.createTempDirectory(Path.of(System.getProperty(PROPERTY, "")), name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        try (var paths = Files.walk(path)) {
            for (Path each : (Iterable<Path>) paths.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
