package io.ternmq.benchmark.failures;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The load program as a process of its own. Owns that process. */
final class FailureProcess implements AutoCloseable {
    private final Process process;
    private final Thread lastResort;
    private final BufferedReader output;
    private final Path errors;

    /** Returns once the senders are at work. */
    FailureProcess(List<String> command, Path errors) throws IOException {
        this.errors = errors;
        process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        lastResort = new Thread(process::destroyForcibly, "end-load");
        Runtime.getRuntime().addShutdownHook(lastResort);
        output = process.inputReader(StandardCharsets.UTF_8);
        for (String line = output.readLine(); !FailureLoad.READY.equals(line); line = output.readLine()) {
            if (line == null) {
                close();
                throw new IOException("the load program ended; see " + errors);
            }
        }
    }

    /** Has the senders end and the calls written. */
    void end() throws IOException, InterruptedException {
        process.getOutputStream().close();
        if (process.waitFor() != 0) {
            throw new IOException("the load program ended with " + process.exitValue() + "; see " + errors);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            Runtime.getRuntime().removeShutdownHook(lastResort);
        } catch (IllegalStateException shuttingDown) {
            // The JVM is ending: the hook runs, and finds the process ended.
            return;
        }
    }
}
