package io.ternmq.benchmark.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * How long the collectors of another JVM have worked, from the counters that HotSpot keeps in a file for {@code jstat}: the
 * column GCT of {@code jstat -gc}, to the microsecond. Nothing is asked of that JVM, so that looking costs it nothing.
 *
 * <pre>
 * file:   magic cafec0c0 (4 bytes, big-endian), byte order (1: 1 is little-endian), version (2), accessible (1), ...
 *         at 24: position of the first entry (4), number of entries (4)
 * entry:  its length (4), position of the name in it (4), 0 for a single value (4), type (1: J is a long), 3 bytes,
 *         position of the value in it (4)
 * </pre>
 *
 * Stateless.
 */
final class GcTime {
    private static final int MAGIC = 0xcafec0c0;
    private static final int BYTE_ORDER = Integer.BYTES;
    private static final int FIRST_ENTRY = 24;
    private static final int ENTRIES = FIRST_ENTRY + Integer.BYTES;
    private static final int NAME_IN_ENTRY = Integer.BYTES;
    private static final int VECTOR_IN_ENTRY = NAME_IN_ENTRY + Integer.BYTES;
    private static final int TYPE_IN_ENTRY = VECTOR_IN_ENTRY + Integer.BYTES;
    private static final int VALUE_IN_ENTRY = TYPE_IN_ENTRY + Integer.BYTES;
    private static final String TICKS_PER_SECOND = "sun.os.hrt.frequency";
    private static final String COLLECTOR_PREFIX = "sun.gc.collector.";
    private static final String COLLECTOR_SUFFIX = ".time";
    private static final double MICROS_PER_SECOND = 1e6;

    private GcTime() {}

    /** Returns microseconds since that JVM's start; nothing if it keeps no such file on this machine. */
    static OptionalLong micros(long pid) {
        try (DirectoryStream<Path> users = Files.newDirectoryStream(Path.of("/tmp"), "hsperfdata_*")) {
            for (Path user : users) {
                Path file = user.resolve(Long.toString(pid));
                if (Files.isReadable(file)) {
                    return OptionalLong.of(micros(ByteBuffer.wrap(Files.readAllBytes(file)), file));
                }
            }
        } catch (NoSuchFileException ended) {
            return OptionalLong.empty(); // between the look and the reading
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return OptionalLong.empty();
    }

    private static long micros(ByteBuffer file, Path path) {
        if (file.remaining() < ENTRIES + Integer.BYTES || file.getInt(0) != MAGIC) {
            throw new IllegalStateException("not a file of HotSpot's counters: " + path);
        }
        file.order(file.get(BYTE_ORDER) == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        Map<String, Long> counters = new HashMap<>();
        int entry = file.getInt(FIRST_ENTRY);
        for (int left = file.getInt(ENTRIES); left > 0; left--) {
            if (file.getInt(entry + VECTOR_IN_ENTRY) == 0 && file.get(entry + TYPE_IN_ENTRY) == 'J') {
                String name = text(file, entry + file.getInt(entry + NAME_IN_ENTRY));
                counters.put(name, file.getLong(entry + file.getInt(entry + VALUE_IN_ENTRY)));
            }
            entry += file.getInt(entry);
        }
        long ticks = counters.entrySet().stream()
                .filter(counter -> counter.getKey().startsWith(COLLECTOR_PREFIX))
                .filter(counter -> counter.getKey().endsWith(COLLECTOR_SUFFIX))
                .mapToLong(Map.Entry::getValue)
                .sum();
        return Math.round(ticks * MICROS_PER_SECOND / counters.get(TICKS_PER_SECOND));
    }

    private static String text(ByteBuffer file, int begin) {
        StringBuilder text = new StringBuilder();
        for (int index = begin; file.get(index) != 0; index++) {
            text.append((char) file.get(index)); // names are ASCII
        }
        return text.toString();
    }
}
