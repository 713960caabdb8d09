package io.ternmq.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The files of a broker's commit log in the system's memory, by the tools of Linux: {@code sync}, {@code dd},
 * {@code fincore}. Owns nothing.
 */
final class LogInMemory {
    private static final double BYTES_PER_MIB = 1 << 20;

    private final List<Path> files;

    private LogInMemory(List<Path> files) {
        this.files = files;
    }

    /** Of the store below {@code directory}. */
    static LogInMemory of(Path directory) {
        try (Stream<Path> tree = Files.walk(directory)) {
            return new LogInMemory(tree.filter(LogInMemory::isOfLog).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOfLog(Path path) {
        return Files.isRegularFile(path)
                && path.getParent().getFileName().toString().equals("commitlog");
    }

    /**
     * Has it written to the disk and asks the system to forget it; what a process has mapped and touched stays as long as
     * it is mapped.
     */
    void giveUp() {
        for (Path file : files) {
            run("sync", file.toString());
            run("dd", "if=" + file, "of=/dev/null", "iflag=nocache", "count=0", "status=none");
        }
    }

    /** How much of it there is and is in memory now, for people. */
    @Override
    public String toString() {
        long length = files.stream().mapToLong(file -> file.toFile().length()).sum();
        return String.format(
                Locale.ROOT,
                "%,.0f of %,.0f MiB of the log in memory",
                bytes() / BYTES_PER_MIB,
                length / BYTES_PER_MIB);
    }

    /** How much of it is in memory now. */
    long bytes() {
        long sum = 0;
        for (Path file : files) {
            sum += Long.parseLong(run("fincore", "--bytes", "--noheadings", "--output", "RES", file.toString()));
        }
        return sum;
    }

    private static String run(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT) // what a tool warns of is no figure
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            int status = process.waitFor();
            if (status != 0) {
                throw new IllegalStateException(String.join(" ", command) + " ended with " + status);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
