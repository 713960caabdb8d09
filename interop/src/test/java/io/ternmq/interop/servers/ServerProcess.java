package io.ternmq.interop.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One server in a process of its own. Owns the process: it ends with {@link #close()}, at the latest with this JVM. */
public final class ServerProcess implements AutoCloseable {
    private static final Duration POLL_INTERVAL = Duration.ofMillis(2);
    private static final Duration KILL_LIMIT = Duration.ofSeconds(20);
    private static final int SHOWN_LINES = 40;

    private final Process process;
    private final Path output;
    private final Thread lastResort;
    private final long startedNanos;

    private ServerProcess(Process process, Path output, long startedNanos) {
        this.process = process;
        this.output = output;
        this.startedNanos = startedNanos;
        lastResort = new Thread(process::destroyForcibly, "end-process-" + process.pid());
        Runtime.getRuntime().addShutdownHook(lastResort);
    }

    /**
     * Starts a process; it need not serve yet when this returns.
     *
     * @param launch what to start
     * @param directory its working directory
     * @param output file that takes what it prints, appended
     */
    public static ServerProcess start(Launch launch, Path directory, Path output) {
        ProcessBuilder builder = new ProcessBuilder(launch.command())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().putAll(launch.environment());
        try {
            long startedNanos = System.nanoTime();
            return new ServerProcess(builder.start(), output, startedNanos);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Returns {@link System#nanoTime()} of the moment before the process was made. */
    public long startedNanos() {
        return startedNanos;
    }

    /** A look at the server that says whether it is as far as it should be. */
    @FunctionalInterface
    public interface Look {
        /** An exception says "not yet", too. */
        boolean isReady() throws IOException;
    }

    /** Waits until the port accepts connections. */
    public void awaitPort(int port, Duration limit) {
        await("port " + port, limit, () -> {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            }
        });
    }

    /** Waits until a look says so; fails when the process ends before, or at the limit. */
    public void await(String what, Duration limit, Look look) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            IOException last = null;
            try {
                if (look.isReady()) {
                    return;
                }
            } catch (IOException notYet) {
                last = notYet;
            }
            if (!process.isAlive()) {
                throw failure("ended with " + process.exitValue() + " before " + what, last);
            }
            if (System.nanoTime() - deadline > 0) {
                throw failure("did not reach " + what + " within " + limit, last);
            }
            LockSupport.parkNanos(POLL_INTERVAL.toNanos());
        }
    }

    private IllegalStateException failure(String what, IOException last) {
        return new IllegalStateException("process " + process.pid() + " " + what + "; it printed:\n" + tail(), last);
    }

    private String tail() {
        try {
            List<String> lines = Files.readAllLines(output);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks the process to end (SIGTERM) and waits for it. Returns its exit code. */
    public int stop(Duration limit) {
        process.destroy();
        return awaitEnd(limit);
    }

    /** Ends the process at once (SIGKILL): it gets to do nothing more. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd(KILL_LIMIT);
    }

    private int awaitEnd(Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw failure("did not end within " + limit, null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while process " + process.pid() + " ends", e);
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        kill();
        try {
            Runtime.getRuntime().removeShutdownHook(lastResort);
        } catch (IllegalStateException shuttingDown) {
            // The JVM is ending: the hook runs, and finds the process ended.
            return;
        }
    }
}
