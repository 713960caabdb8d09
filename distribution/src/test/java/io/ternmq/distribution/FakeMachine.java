package io.ternmq.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A directory with the files from which a script reads how much memory there is. */
record FakeMachine(Path root) {
    static FakeMachine in(Path root, long memoryKilobytes) throws IOException {
        FakeMachine machine = new FakeMachine(root);
        return machine.limit("proc/meminfo", "MemTotal:       " + memoryKilobytes + " kB\nMemFree:  1 kB");
    }

    /** Adds a line to the control groups of the process. */
    FakeMachine group(String line) throws IOException {
        Path groups = Files.createDirectories(root.resolve("proc/self")).resolve("cgroup");
        Files.writeString(groups, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        return this;
    }

    FakeMachine limit(String file, String text) throws IOException {
        Files.createDirectories(root.resolve(file).getParent());
        Files.writeString(root.resolve(file), text + "\n");
        return this;
    }
}
