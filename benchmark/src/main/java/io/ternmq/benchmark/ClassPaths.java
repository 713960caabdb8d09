package io.ternmq.benchmark;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The class paths of all processes of a run, as Maven wrote them.
 *
 * @param root of the checkout
 */
public record ClassPaths(Path root) {
    /** Our servers, our client, and the load program; for processes in any directory. */
    public String ours() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(entry -> root.resolve(entry).toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Our distribution, unpacked and prepared by {@code benchmark/run}. */
    Path shipped() {
        return root.resolve("benchmark/target/shipped");
    }

    String officialServers() {
        return read("interop/official/server-5.5.0/target/classpath");
    }

    /** The official client and the load program, and nothing of ours that it could meet. */
    public String officialClient() {
        String histogram = Arrays.stream(ours().split(File.pathSeparator, -1))
                .filter(entry -> entry.contains("HdrHistogram"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no HdrHistogram on the class path " + ours()));
        return String.join(
                File.pathSeparator,
                root.resolve("benchmark/target/classes").toString(),
                histogram,
                read("interop/official/client-5.5.0/target/classpath"));
    }

    private String read(String file) {
        try {
            return Files.readString(root.resolve(file)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ", which the build writes", e);
        }
    }
}
