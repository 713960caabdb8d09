package io.ternmq.interop.servers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What it takes to start one Java process.
 *
 * @param classPath as {@code java -cp} takes it
 * @param mainClass with its package
 * @param jvmArguments before the main class
 * @param arguments after the main class
 */
public record Launch(String classPath, String mainClass, List<String> jvmArguments, List<String> arguments) {
    List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmArguments);
        command.add("-cp");
        command.add(classPath);
        command.add(mainClass);
        command.addAll(arguments);
        return command;
    }
}
