package io.ternmq.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How busy the machine is, others included: what a figure of time is to be read beside. Stateless. */
public final class LoadAverage {
    private LoadAverage() {}

    /** Processes that ran or wanted to, averaged over the last minute, as Linux counts them. */
    public static String now() {
        try {
            return Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
