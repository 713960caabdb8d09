package io.ternmq.benchmark;

import io.ternmq.benchmark.load.LoadMain;
import io.ternmq.benchmark.load.Measurement;
import io.ternmq.benchmark.load.Order;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The load program with one client library, as a process of its own. Owns that process. */
public final class LoadProcess implements AutoCloseable {
    private final Process process;
    private final Thread lastResort;
    private final BufferedReader answers;
    private final BufferedWriter orders;
    private final Path errors;

    /**
     * Starts it.
     *
     * @param client library that it loads with
     * @param directory where its logs go
     */
    public static LoadProcess start(Library client, ClassPaths classPaths, Path directory) {
        String classPath = switch (client) {
            case OFFICIAL -> classPaths.officialClient();
            case TERN -> classPaths.ours();
        };
        return new LoadProcess(classPath, client.loadClass(), directory);
    }

    private LoadProcess(String classPath, String clientClass, Path directory) {
        errors = directory.resolve("load-" + clientClass.substring(clientClass.lastIndexOf('.') + 1) + ".err");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-Duser.home=" + directory,
                "-Drocketmq.log.level=WARN",
                "-cp",
                classPath,
                LoadMain.class.getName(),
                clientClass);
        try {
            process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        lastResort = new Thread(process::destroyForcibly, "end-load");
        Runtime.getRuntime().addShutdownHook(lastResort);
        answers = process.inputReader(StandardCharsets.UTF_8);
        orders = process.outputWriter(StandardCharsets.UTF_8);
    }

    /**
     * Has one run carried out, and returns what it saw.
     *
     * @throws IllegalStateException if it failed; the message says why
     */
    public Measurement run(Order order) {
        try {
            orders.write(order.line());
            orders.newLine();
            orders.flush();
            for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                if (line.startsWith(LoadMain.RESULT)) {
                    return Measurement.parse(line.substring(LoadMain.RESULT.length()));
                }
                if (line.startsWith(LoadMain.NOTICE)) {
                    System.err.println(line.substring(LoadMain.NOTICE.length()));
                }
                if (line.startsWith(LoadMain.FAILED)) {
                    throw new IllegalStateException("run failed: " + order.line() + ": " + line + "; see " + errors);
                }
            }
            throw new IllegalStateException("the load program ended; see " + errors);
        } catch (IOException e) {
            throw new UncheckedIOException("the load program ended; see " + errors, e);
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
