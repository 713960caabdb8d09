package io.ternmq.benchmark.profile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A flight recording of another JVM of this user, by the {@code jcmd} of this JDK. Owns the recording, which ends with
 * {@link #stop} at the latest with that JVM. Used by one thread.
 */
final class FlightRecording {
    /** What a JVM should be started with, so that samples name the method that ran and stacks reach their thread. */
    static final List<String> JVM_FLAGS = List.of(
            "-XX:+UnlockDiagnosticVMOptions", "-XX:+DebugNonSafepoints", "-XX:FlightRecorderOptions=stackdepth=256");

    private static final String NAME = "profile";
    private static final String SETTINGS = """
            <?xml version="1.0" encoding="UTF-8"?>
            <configuration version="2.0">
              <event name="jdk.ExecutionSample">
                <setting name="enabled">true</setting>
                <setting name="period">10 ms</setting>
              </event>
              <event name="jdk.NativeMethodSample">
                <setting name="enabled">true</setting>
                <setting name="period">10 ms</setting>
              </event>
              <event name="jdk.ObjectAllocationSample">
                <setting name="enabled">true</setting>
                <setting name="stackTrace">true</setting>
                <setting name="throttle">1000/s</setting>
              </event>
            </configuration>
            """;

    private final long pid;

    private FlightRecording(long pid) {
        this.pid = pid;
    }

    /**
     * Has a JVM record from now on.
     *
     * @param directory takes a file of settings
     * @throws IOException if the JVM refuses; the message holds what it said
     */
    static FlightRecording start(long pid, Path directory) throws IOException, InterruptedException {
        Path settings = Files.writeString(directory.resolve("profile.jfc"), SETTINGS);
        FlightRecording recording = new FlightRecording(pid);
        recording.command("JFR.start", "settings=" + settings);
        return recording;
    }

    /**
     * Ends it.
     *
     * @param file that takes what was recorded
     * @throws IOException if the JVM refuses; the message holds what it said
     */
    void stop(Path file) throws IOException, InterruptedException {
        command("JFR.stop", "filename=" + file);
    }

    private void command(String command, String argument) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
        line.addAll(List.of(Long.toString(pid), command, "name=" + NAME, argument));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command + " of process " + pid + " failed with " + process.exitValue() + ": " + said);
        }
    }
}
