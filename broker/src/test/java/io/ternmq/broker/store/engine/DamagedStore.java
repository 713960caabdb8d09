package io.ternmq.broker.store.engine;

import static io.ternmq.broker.store.engine.StoreFixture.append;
import static io.ternmq.broker.store.engine.StoreFixture.awaitDispatched;
import static io.ternmq.broker.store.engine.StoreFixture.draft;
import static io.ternmq.broker.store.engine.StoreFixture.stored;

import io.ternmq.broker.store.file.FaultyFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A store in small files whose process is gone, to be damaged by a test: messages of two queues, in several segments. */
final class DamagedStore {
    static final int SEGMENT = 4096;
    static final int QUEUE_FILE = 400;
    static final int MESSAGES = 90;

    private static final int MARK = 1024;
    private static final int[] NOTES = {2048, 3072};

    private final Path root;
    private final List<Long> positions = new ArrayList<>();
    private final List<Integer> sizes = new ArrayList<>();
    private final List<String> bodies = new ArrayList<>();
    private long end;

    /** Writes the messages, those with odd numbers to queue 1, and stops; as after a kill if not {@code isClean}. */
    DamagedStore(Path root, boolean isClean) throws IOException {
        this.root = root;
        try (LocalMessageStore store = open()) {
            for (int i = 0; i < MESSAGES; i++) {
                byte[] body = bodyOf(i).getBytes(StandardCharsets.UTF_8);
                bodies.add(bodyOf(i));
                positions.add(stored(append(store, draft("T", i % 2, "", body))).positions()[0]);
                sizes.add(91 + 1 + body.length);
            }
            awaitDispatched(store);
            end = store.state().appendedPosition();
        }
        if (!isClean) {
            Files.createFile(root.resolve("abort"));
        }
    }

    private static String bodyOf(int message) {
        return "message " + message + " " + "x".repeat(message % 37);
    }

    LocalMessageStore open() {
        return fixture().open();
    }

    StoreFixture fixture() {
        return new StoreFixture(root)
                .with(new FaultyFiles().withoutForces())
                .with("mappedFileSizeCommitLog", Integer.toString(SEGMENT))
                .with("mappedFileSizeConsumeQueue", Integer.toString(QUEUE_FILE));
    }

    Path root() {
        return root;
    }

    long positionOf(int message) {
        return positions.get(message);
    }

    long endOf(int message) {
        return positions.get(message) + sizes.get(message);
    }

    /** Position behind the last message. */
    long end() {
        return end;
    }

    /** Bodies of one queue's messages, from number {@code from} to before {@code to}, but those in {@code without}. */
    List<String> bodies(int queueId, int to, Integer... without) {
        List<String> some = new ArrayList<>();
        for (int i = queueId; i < to; i += 2) {
            if (!List.of(without).contains(i)) {
                some.add(bodies.get(i));
            }
        }
        return some;
    }

    /** Flips a bit of a message: {@code index} bytes behind its beginning. */
    void flip(int message, int index) throws IOException {
        long at = positions.get(message) + index;
        Path file = logFile(at);
        byte[] all = Files.readAllBytes(file);
        all[(int) (at % SEGMENT)] ^= 0x10;
        Files.write(file, all);
    }

    /** Fills part of the log with zeros, as a power cut leaves a page that was not written. */
    void zero(long from, long to) throws IOException {
        for (long at = from; at < to; at++) {
            try (FileChannel file = FileChannel.open(logFile(at), StandardOpenOption.WRITE)) {
                file.write(ByteBuffer.allocate(1), at % SEGMENT);
            }
        }
    }

    void truncate(Path file, long bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(bytes);
        }
    }

    Path logFile(long position) {
        return root.resolve("commitlog").resolve(String.format("%020d", position / SEGMENT * SEGMENT));
    }

    Path queueFile(int queueId, int number) {
        return root.resolve("consumequeue/T/" + queueId).resolve(String.format("%020d", (long) number * QUEUE_FILE));
    }

    Path checkpoint() {
        return root.resolve("checkpoint");
    }

    /** The checkpoint now says that the disk had confirmed the log up to here, and no more about queues. */
    void noteForced(long position) throws IOException {
        Files.delete(checkpoint());
        try (Checkpoint made = new Checkpoint(new FaultyFiles(), checkpoint())) {
            made.forcedTo(position);
        }
    }

    /** Damages the parts of the checkpoint that are ours. */
    void damageNotes() throws IOException {
        for (int note : NOTES) {
            damageCheckpoint(note + 24);
        }
    }

    void damageMark() throws IOException {
        damageCheckpoint(MARK + 12);
    }

    void damageCheckpoint(int at) throws IOException {
        byte[] all = Files.readAllBytes(checkpoint());
        all[at] ^= 0x10;
        Files.write(checkpoint(), all);
    }

    void deleteTree(String name) throws IOException {
        try (Stream<Path> paths = Files.walk(root.resolve(name))) {
            for (Path path : paths.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(path);
            }
        }
    }
}
