package io.ternmq.broker.store.engine;

import static io.ternmq.broker.store.engine.StoreFixture.append;
import static io.ternmq.broker.store.engine.StoreFixture.awaitDispatched;
import static io.ternmq.broker.store.engine.StoreFixture.bodies;
import static io.ternmq.broker.store.engine.StoreFixture.draft;
import static io.ternmq.broker.store.engine.StoreFixture.stored;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.store.AppendOutcome.Stored;
import io.ternmq.broker.store.file.FaultyFiles;
import io.ternmq.common.seeds.Seeds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a store finds again in the files that a process left behind which ended at some moment. */
class RecoveryCrashTest {
    private static final int SEGMENT = 4096;
    private static final int MESSAGES = 90; // three segments
    private static final String PROPERTIES = "k\u0001v\u0002";

    @TempDir
    private Path scratch;

    private Path recorded;
    private final List<String> sent = new ArrayList<>();
    private final List<Long> positions = new ArrayList<>();
    private long end;

    @BeforeEach
    void record() throws IOException {
        recorded = scratch.resolve("recorded");
        try (LocalMessageStore store = fixture(recorded).open()) {
            for (int i = 0; i < MESSAGES; i++) {
                String body = "message " + i;
                Stored stored = stored(append(store, draft("T", 0, PROPERTIES, body.getBytes(UTF_8))));
                sent.add(body);
                positions.add(stored.positions()[0]);
            }
            awaitDispatched(store);
            end = store.state().appendedPosition();
        }
        Files.createFile(recorded.resolve("abort"));
    }

    @Test
    void everyCutOfTheLastRecordLeavesExactlyTheOnesBeforeIt() throws IOException {
        long last = positions.get(MESSAGES - 1);
        for (long cut = last; cut < end; cut++) {
            assertRecovered(cutAt(cut), MESSAGES - 1);
        }
        assertRecovered(cutAt(end), MESSAGES);
    }

    @Seeds(count = 25)
    void aCutAnywhereLeavesExactlyTheWholeRecordsBeforeIt(long seed) throws IOException {
        long cut = new Random(seed).nextLong(end + 1);
        int whole = 0;
        while (whole < MESSAGES && endOf(whole) <= cut) {
            whole++;
        }

        Path directory = cutAt(cut);

        assertRecovered(directory, whole);
    }

    @Test
    void whatIsDerivedCanBeMissingInAnyCombination() throws IOException {
        for (int missing = 0; missing < 8; missing++) {
            Path directory = copy("missing" + missing);
            if ((missing & 1) != 0) {
                deleteTree(directory.resolve("consumequeue"));
            }
            if ((missing & 2) != 0) {
                Files.delete(directory.resolve("checkpoint"));
            }
            if ((missing & 4) != 0) {
                Files.delete(directory.resolve("abort"));
            }
            assertRecovered(directory, MESSAGES);
        }
    }

    @Test
    void aCheckpointThatLiesIsNotBelieved() throws IOException {
        Path directory = copy("lies");
        try (FileChannel file = FileChannel.open(directory.resolve("checkpoint"), StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.allocate(8).putLong(0, 77), 2048 + 24); // the last record's position
        }

        assertRecovered(directory, MESSAGES);
    }

    @Test
    void aCheckpointFromBeforeAnotherBrokersRunIsNotBelieved() throws IOException {
        Path directory = copy("older");
        try (FileChannel file = FileChannel.open(directory.resolve("checkpoint"), StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.allocate(8).putLong(0, 5), 0);
        }

        assertRecovered(directory, MESSAGES);
    }

    @Test
    void aLogFileCutShortIsLengthened() throws IOException {
        Path directory = copy("short");
        Path lastFile = directory.resolve("commitlog/00000000000000008192");
        try (FileChannel file = FileChannel.open(lastFile, StandardOpenOption.WRITE)) {
            file.truncate(endOf(MESSAGES - 1) - 8192);
        }
        deleteFrom(directory, 12288);

        assertRecovered(directory, MESSAGES);
        assertThat(lastFile).hasSize(SEGMENT);
    }

    @Test
    void aQueueFileCutShortIsRepaired() throws IOException {
        Path directory = copy("shortqueue");
        Path lastFile = directory.resolve("consumequeue/T/0/00000000000000000800");
        Files.delete(directory.resolve("checkpoint"));
        try (FileChannel file = FileChannel.open(lastFile, StandardOpenOption.WRITE)) {
            file.truncate(30);
        }

        assertRecovered(directory, MESSAGES);
        assertThat(lastFile).hasSize(400);
    }

    @Test
    void staleRecordsBehindACutDoNotComeBackToLife() throws IOException {
        int kept = MESSAGES - 10;
        Path directory = copy("stale");
        // One damaged byte: whole records follow it, which are dropped with it.
        Path file = directory.resolve("commitlog/" + fileOf(positions.get(kept)));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(1), positions.get(kept) % SEGMENT + 5);
        }
        Files.delete(directory.resolve("checkpoint"));
        assertRecovered(directory, kept);

        // The message that assertRecovered appended is shorter than what lay there; nothing may follow it.
        assertThat(reopened(directory)).hasSize(kept + 1);
    }

    private void assertRecovered(Path directory, int count) {
        try (LocalMessageStore store = fixture(directory).open()) {
            assertThat(bodies(store, "T", 0, 0)).isEqualTo(sent.subList(0, count));
            Stored next = stored(append(store, draft("T", 0, "x")));
            assertThat(next.queueOffset()).isEqualTo(count);
            awaitDispatched(store);
            assertThat(bodies(store, "T", 0, count)).containsExactly("x");
        }
    }

    private List<String> reopened(Path directory) {
        try (LocalMessageStore store = fixture(directory).open()) {
            return bodies(store, "T", 0, 0);
        }
    }

    // The files as a process leaves them that had copied the log up to here: what follows is zeros, queues are behind.
    private Path cutAt(long cut) throws IOException {
        Path directory = copy("cut");
        long base = cut / SEGMENT * SEGMENT;
        deleteFrom(directory, base + SEGMENT);
        try (FileChannel file =
                FileChannel.open(directory.resolve("commitlog/" + fileOf(cut)), StandardOpenOption.WRITE)) {
            file.truncate(cut - base);
            file.write(ByteBuffer.allocate(1), SEGMENT - 1);
        }
        return directory;
    }

    private static void deleteFrom(Path directory, long base) throws IOException {
        long at = base;
        while (Files.deleteIfExists(directory.resolve("commitlog/" + fileOf(at)))) {
            at += SEGMENT;
        }
    }

    private static String fileOf(long position) {
        return String.format("%020d", position / SEGMENT * SEGMENT);
    }

    private long endOf(int message) {
        return message + 1 < MESSAGES && positions.get(message + 1) % SEGMENT != 0
                ? positions.get(message + 1)
                : message + 1 == MESSAGES ? end : positions.get(message) + recordBytes(message);
    }

    private int recordBytes(int message) {
        return 91 + 1 + PROPERTIES.length() + sent.get(message).length();
    }

    private Path copy(String name) throws IOException {
        Path target = scratch.resolve(name);
        deleteTree(target);
        StoreFixture.copy(recorded, target);
        return target;
    }

    private static void deleteTree(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(path);
            }
        }
    }

    private static StoreFixture fixture(Path directory) {
        return new StoreFixture(directory)
                .with(new FaultyFiles().withoutForces())
                .with("mappedFileSizeCommitLog", Integer.toString(SEGMENT))
                .with("mappedFileSizeConsumeQueue", "400");
    }
}
