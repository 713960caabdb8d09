package io.ternmq.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where a cluster keeps its files. Owns the directory if it made it, and then leaves nothing behind. */
final class ClusterDirectory implements AutoCloseable {
    private final Path path;
    private final boolean isOurs;

    private ClusterDirectory(Path path, boolean isOurs) {
        this.path = path;
        this.isOurs = isOurs;
    }

    /** A directory of the caller's, which stays. */
    static ClusterDirectory given(Path path) throws IOException {
        return new ClusterDirectory(Files.createDirectories(path).toAbsolutePath(), false);
    }

    /** A new directory in the system's place for such, deleted when closed. */
    static ClusterDirectory temporary() throws IOException {
        return new ClusterDirectory(Files.createTempDirectory("ternmq-").toAbsolutePath(), true);
    }

    Path path() {
        return path;
    }

    /** Deletes the directory if it was made here. */
    @Override
    public void close() throws IOException {
        if (!isOurs) {
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException e) {
            return; // somebody else was faster
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
