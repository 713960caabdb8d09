package io.ternmq.distribution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** A copy of the unpacked distribution. */
record Distribution(Path home) {
    static final Path BUILT = Path.of("target", "ternmq").toAbsolutePath();

    /** A copy under a path with spaces, as an operator may have it. */
    static Distribution copiedInto(Path directory) {
        return copiedTo(directory.resolve("Tern MQ").resolve("a  copy"));
    }

    /** A copy of the unpacked distribution at a place where there is nothing yet. */
    static Distribution copiedTo(Path home) {
        try (Stream<Path> files = Files.walk(BUILT)) {
            Files.createDirectories(home.getParent());
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, home.resolve(BUILT.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
            return new Distribution(home.toRealPath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path bin(String script) {
        return home.resolve("bin").resolve(script);
    }

    /** The command that runs a script of this distribution under a shell. */
    List<String> command(String shell, String script, String... arguments) {
        return Stream.concat(Stream.of(shell, bin(script).toString()), Stream.of(arguments))
                .toList();
    }
}
