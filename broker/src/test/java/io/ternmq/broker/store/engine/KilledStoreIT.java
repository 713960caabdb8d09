package io.ternmq.broker.store.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.store.FlushMode;
import io.ternmq.broker.store.QueueRange;
import io.ternmq.broker.store.TopicQueue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A process killed in the middle of its work, again and again: what it acknowledged is there, in its place, and no queue
 * has a gap. 26 times over both flush modes, in long runs 200 times each.
 */
class KilledStoreIT {
    private static final int CYCLES = Boolean.getBoolean("ternmq.long") ? 200 : 13; // of each mode
    private static final int LINES_BEFORE_KILL_MAX = 3_000;

    @TempDir
    private Path root;

    @ParameterizedTest
    @EnumSource(FlushMode.class)
    void everythingAcknowledgedIsThereAfterEachKill(FlushMode mode) throws Exception {
        Random random = new Random(mode.name().hashCode());
        Map<Integer, Map<Long, String>> acknowledged = new HashMap<>();
        long first = 0;
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            first += runAndKill(mode, first, random.nextInt(LINES_BEFORE_KILL_MAX), acknowledged);

            try (LocalMessageStore store = new StoreFixture(root).open()) {
                for (Map.Entry<Integer, Map<Long, String>> queue : acknowledged.entrySet()) {
                    TopicQueue name = new TopicQueue("T", queue.getKey());
                    List<String> bodies = StoreFixture.bodies(store, "T", queue.getKey(), 0);
                    assertThat(store.range(name)).isEqualTo(new QueueRange(0, bodies.size())); // no gap
                    assertPresent(bodies, queue.getValue());
                    assertInOrder(bodies);
                }
            }
        }
        long count = acknowledged.values().stream().mapToLong(Map::size).sum();
        System.out.println(mode + ": " + CYCLES + " kills, " + count + " acknowledged, 0 lost, 0 gaps");
    }

    private static void assertPresent(List<String> bodies, Map<Long, String> acknowledged) {
        acknowledged.forEach((offset, body) -> {
            assertThat(offset).isLessThan(bodies.size());
            assertThat(bodies.get(offset.intValue())).isEqualTo(body);
        });
    }

    // Those of each sender: "sender 1 message 42 ...".
    private static void assertInOrder(List<String> bodies) {
        Map<String, Long> last = new HashMap<>();
        for (String body : bodies) {
            String[] words = body.split(" ", 5);
            long number = Long.parseLong(words[3]);
            Long before = last.put(words[1], number);
            assertThat(number).isGreaterThan(before == null ? -1 : before);
        }
    }

    // Returns how many numbers the senders may have used.
    private long runAndKill(FlushMode mode, long first, int lines, Map<Integer, Map<Long, String>> acknowledged)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledStore.class.getName(),
                        root.toString(),
                        mode.name(),
                        Long.toString(first))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        int read = 0;
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            String line = reader.readLine();
            while (line != null) {
                read += note(line, acknowledged) ? 1 : 0;
                if (read >= lines) {
                    process.toHandle().destroyForcibly(); // by its handle: what it has said can still be read
                }
                line = reader.readLine(); // also what was said between our decision and the end
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(read).isGreaterThanOrEqualTo(lines);
        return read + 1_000L;
    }

    // Each line ends in a mark; one cut by the kill is no acknowledgement that anyone could have read.
    private static boolean note(String line, Map<Integer, Map<Long, String>> acknowledged) {
        String[] parts = line.split("\\|", -1);
        if (parts.length != 4 || !parts[3].equals("end")) {
            return false;
        }
        acknowledged
                .computeIfAbsent(Integer.valueOf(parts[0]), queue -> new HashMap<>())
                .put(Long.valueOf(parts[1]), parts[2]);
        return true;
    }
}
