package io.ternmq.benchmark.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What the operating system has counted of one process, at one moment. Linux only: proc(5).
 *
 * @param cpuMicros time on any processor, in user and system mode, to 10 ms
 * @param switchesByThread context switches of each thread alive, voluntary and not
 * @param rssKib resident memory
 * @param anonKib the part of it that is not of files
 */
public record ProcessUsage(long cpuMicros, Map<String, Long> switchesByThread, long rssKib, long anonKib) {
    private static final int FIELDS_BEFORE_UTIME = 11; // Counted from after the name in parentheses.
    private static final long MICROS_PER_TICK = 10_000; // USER_HZ is 100 on every architecture of Linux that runs Java.

    public ProcessUsage {
        switchesByThread = Map.copyOf(switchesByThread);
    }

    /**
     * Looks at a process.
     *
     * @throws UncheckedIOException if there is none of that id
     */
    public static ProcessUsage of(long pid) {
        Path process = Path.of("/proc", Long.toString(pid));
        try {
            String stat = Files.readString(process.resolve("stat"));
            String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            long ticks =
                    Long.parseLong(afterName[FIELDS_BEFORE_UTIME]) + Long.parseLong(afterName[FIELDS_BEFORE_UTIME + 1]);
            Map<String, String> status = status(process.resolve("status"));
            return new ProcessUsage(
                    ticks * MICROS_PER_TICK, switches(process), kib(status, "VmRSS"), kib(status, "RssAnon"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Long> switches(Path process) throws IOException {
        Map<String, Long> switches = new HashMap<>();
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(process.resolve("task"))) {
            for (Path thread : threads) {
                Map<String, String> status = status(thread.resolve("status"));
                if (!status.isEmpty()) {
                    switches.put(
                            thread.getFileName().toString(),
                            Long.parseLong(status.get("voluntary_ctxt_switches"))
                                    + Long.parseLong(status.get("nonvoluntary_ctxt_switches")));
                }
            }
        }
        return switches;
    }

    /** Returns nothing if the thread has ended meanwhile. */
    private static Map<String, String> status(Path file) throws IOException {
        Map<String, String> fields = new HashMap<>();
        try {
            for (String line : Files.readAllLines(file)) {
                int colon = line.indexOf(':');
                fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        } catch (IOException e) {
            // A thread that ends while its file is being read is told by "No such process", one that has ended by no
            // file.
            if (Files.exists(file)) {
                throw e;
            }
            return Map.of();
        }
        return fields;
    }

    private static long kib(Map<String, String> status, String field) {
        String value = status.get(field); // Such as "12345 kB".
        return Long.parseLong(value.substring(0, value.indexOf(' ')));
    }

    int threads() {
        return switchesByThread.size();
    }

    /** Switches since an earlier look, of the threads that still live. */
    public long switchesSince(ProcessUsage earlier) {
        return switchesByThread.entrySet().stream()
                .mapToLong(thread -> thread.getValue() - earlier.switchesByThread.getOrDefault(thread.getKey(), 0L))
                .sum();
    }
}
