package io.ternmq.interop.servers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What it takes to start one process.
 *
 * @param command with its arguments
 * @param environment what the process finds in it besides what this JVM has
 */
public record Launch(List<String> command, Map<String, String> environment) {
    /**
     * A main class, run by the Java of this JVM.
     *
     * @param classPath as {@code java -cp} takes it
     * @param mainClass with its package
     * @param jvmArguments before the main class
     * @param arguments after the main class
     */
    public static Launch java(String classPath, String mainClass, List<String> jvmArguments, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(javaHome().resolve("bin").resolve("java").toString());
        command.addAll(jvmArguments);
        command.add("-cp");
        command.add(classPath);
        command.add(mainClass);
        command.addAll(arguments);
        return new Launch(command, Map.of());
    }

    static Path javaHome() {
        return Path.of(System.getProperty("java.home"));
    }
}
