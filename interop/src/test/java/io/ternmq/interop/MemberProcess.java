package io.ternmq.interop;

import io.ternmq.interop.servers.Launch;
import io.ternmq.interop.servers.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A member of a consumer group in a process of its own, which may be killed. Owns the process. */
final class MemberProcess implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final ServerProcess process;
    private final Path output;

    private MemberProcess(ServerProcess process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts {@link MemberMain} with these arguments; it is a member when this returns. */
    static MemberProcess start(String classPath, Path directory, List<String> arguments) {
        Path output = directory.resolve("output");
        List<String> jvm = List.of(
                "-Xmx128m",
                "-Duser.home=" + directory,
                "-Drocketmq.log.root=" + directory,
                "-Drocketmq.client.logRoot=" + directory);
        ServerProcess process = ServerProcess.start(
                Launch.java(classPath, MemberMain.class.getName(), jvm, arguments), directory, output);
        MemberProcess member = new MemberProcess(process, output);
        process.await("membership", START_LIMIT, () -> member.lines().contains(MemberMain.READY));
        return member;
    }

    /** What it was given so far; a line that is being written is left out. */
    List<String> texts() {
        return lines().stream()
                .filter(line -> line.startsWith(MemberMain.GOT))
                .map(line -> line.substring(MemberMain.GOT.length()))
                .toList();
    }

    void kill() {
        process.kill();
    }

    private List<String> lines() {
        try {
            String text = Files.readString(output);
            return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
