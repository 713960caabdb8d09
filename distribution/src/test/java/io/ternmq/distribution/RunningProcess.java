package io.ternmq.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that a test started, with what it prints; killed at close if it still runs. */
final class RunningProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path output;

    private RunningProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static RunningProcess start(Path directory, Map<String, String> environment, List<String> command) {
        return startIn(directory, directory, environment, command);
    }

    /** Starts a command in a working directory, keeping what it prints in a file of a scratch directory. */
    static RunningProcess startIn(Path working, Path scratch, Map<String, String> environment, List<String> command) {
        try {
            Path output = Files.createTempFile(scratch, "output", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(working.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            // What the machine that runs the test has set must not matter.
            List.of(
                            "JAVA_HOME",
                            "JAVA_OPT_EXT",
                            "JAVA_TOOL_OPTIONS",
                            "TERNMQ_MEMORY_MB",
                            "TERNMQ_LOG_DIR",
                            "NAMESRV_ADDR")
                    .forEach(builder.environment()::remove);
            builder.environment().putAll(environment);
            return new RunningProcess(builder.start(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the output holds a text; fails at once if the process ends before. */
    void awaitOutput(String text) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> {
            boolean isAlive = process.isAlive(); // looked at first: what a dead process printed is complete
            boolean isPrinted = output().contains(text);
            assertThat(isAlive || isPrinted)
                    .as("ended before it printed \"%s\":%n%s", text, output())
                    .isTrue();
            return isPrinted;
        });
    }

    /** Waits for the end, and returns the exit status. */
    int awaitExit() {
        return awaitExit(PATIENCE);
    }

    int awaitExit(Duration patience) {
        try {
            assertThat(process.waitFor(patience.toSeconds(), TimeUnit.SECONDS))
                    .as("still running: %s", output())
                    .isTrue();
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a process", e);
        }
    }

    /** Asks the process to stop, as an operator's supervisor does. */
    void sigterm() {
        process.destroy();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
