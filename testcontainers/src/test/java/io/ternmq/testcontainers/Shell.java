package io.ternmq.testcontainers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs commands and waits for their end. */
final class Shell {
    private static final long MINUTES_MAX = 5;
    private static final int COMMAND_MISSING = 127;

    private Shell() {}

    /**
     * What became of a command.
     *
     * @param output what it wrote to both its streams
     */
    record Result(List<String> command, int code, String output) {
        boolean isSuccess() {
            return code == 0;
        }

        String expectSuccess() {
            if (!isSuccess()) {
                throw new AssertionError(String.join(" ", command) + " ended with code " + code + ":\n" + output);
            }
            return output;
        }
    }

    static Result run(Path directory, Map<String, String> environment, String... command) {
        try {
            Path output = Files.createTempFile("command", ".log"); // read at the end: nothing has to drain a pipe
            try {
                return run(directory, environment, output, List.of(command));
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Result run(Path directory, Map<String, String> environment, Path output, List<String> command)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) { // there is no such command
            return new Result(command, COMMAND_MISSING, e.getMessage());
        }
        try {
            if (!process.waitFor(MINUTES_MAX, TimeUnit.MINUTES)) {
                throw new AssertionError(String.join(" ", command) + " runs for " + MINUTES_MAX + " minutes");
            }
            return new Result(command, process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted in " + String.join(" ", command), e);
        } finally {
            process.destroyForcibly();
        }
    }
}
