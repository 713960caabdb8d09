package io.ternmq.broker.store.engine;

import static io.ternmq.broker.store.engine.StoreFixture.append;
import static io.ternmq.broker.store.engine.StoreFixture.draft;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.store.AppendOutcome;
import io.ternmq.broker.store.AppendOutcome.Refusal;
import io.ternmq.broker.store.AppendOutcome.Refused;
import io.ternmq.broker.store.AppendOutcome.Stored;
import io.ternmq.broker.store.FlushMode;
import io.ternmq.broker.store.file.DiskFiles;
import io.ternmq.broker.store.file.DiskFullException;
import io.ternmq.broker.store.file.StoreFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/**
 * A store on a file system of a few megabytes that fills up, under the log, the queues or the index, and then has space
 * again. A program of its own so that it can run where a small file system is mounted for it alone; argument: the
 * directory where that is. Ends with status 0 if all was as it must be.
 */
final class SmallDisk {
    /** Large, so that the log is full long before its queue needs a second block. */
    private static final String BODY = "x".repeat(50_000);

    private static final int BALLAST_CHUNK = 4096;

    private final Path directory;
    private final StoreFixture fixture;
    private final Path ballast;

    private SmallDisk(Path directory, FlushMode mode) {
        this.directory = directory.resolve(mode.name());
        this.ballast = directory.resolve("ballast");
        this.fixture = new StoreFixture(this.directory)
                .with("flushDiskType", mode.name())
                .with("mappedFileSizeCommitLog", "262144")
                .with("maxHashSlotNum", "4000")
                .with("maxIndexNum", "4000");
    }

    public static void main(String[] args) throws IOException {
        for (FlushMode mode : FlushMode.values()) {
            SmallDisk disk = new SmallDisk(Path.of(args[0]), mode);
            disk.fillsUpUnderTheLog();
            disk.fillsUpUnder("queues", "Queue", "");
            disk.fillsUpUnder("index", "Log", "KEYS\u0001a key\u0002");
            new DiskFiles().delete(disk.ballast);
            deleteAll(disk.directory);
        }
    }

    private void fillsUpUnderTheLog() throws IOException {
        List<String> stored = new ArrayList<>();
        fill(1 << 20);
        try (LocalMessageStore store = fixture.open()) {
            note(append(store, draft("Log", 0, "0")), "0", stored);
            StoreFixture.awaitDispatched(store); // its queue has the one block that it needs for all that follow

            Refused refused = appendUntilRefused(store, "Log", stored);

            check(refused.reason() == Refusal.DISK_FULL, refused.toString());
            StoreFixture.awaitDispatched(store);
            System.out.println("under the log, after " + stored.size() + " messages: " + refused.detail());
            check(bodiesOf(store, "Log").equals(stored), "all that was stored can be read");

            new DiskFiles().delete(ballast);

            awaitTaken(store, "Log", stored);
            StoreFixture.awaitDispatched(store);
            check(bodiesOf(store, "Log").equals(stored), "nothing is lost and it goes on");
        }
        try (LocalMessageStore store = fixture.open()) {
            check(bodiesOf(store, "Log").equals(stored), "nothing is lost over a restart");
        }
    }

    // The log has prepared space when the disk is full to the last block; what is derived from it needs some.
    private void fillsUpUnder(String projection, String topic, String properties) throws IOException {
        List<String> stored = new ArrayList<>();
        try (LocalMessageStore store = fixture.open()) {
            stored.addAll(bodiesOf(store, topic));
            append(store, draft("Space", 0, "has the log prepare some"));
            StoreFixture.awaitDispatched(store);
            fill(Long.MAX_VALUE);
            Awaitility.await().atMost(StoreFixture.PATIENCE).until(() -> {
                String body = "m" + stored.size();
                note(append(store, draft(topic, 0, properties, body.getBytes(US_ASCII))), body, stored);
                return store.state().refusal().isPresent();
            });
            Refused refused = store.state().refusal().orElseThrow();
            check(refused.reason() == Refusal.DISK_FULL, refused.toString());
            System.out.println("under the " + projection + ": " + refused.detail());

            new DiskFiles().delete(ballast);

            awaitTaken(store, topic, stored);
            StoreFixture.awaitDispatched(store);
            check(bodiesOf(store, topic).equals(stored), "the projection goes on where it stopped");
        }
        try (LocalMessageStore store = fixture.open()) {
            check(bodiesOf(store, topic).equals(stored), "nothing is lost over a restart");
        }
    }

    private static Refused appendUntilRefused(LocalMessageStore store, String topic, List<String> stored) {
        while (true) {
            String body = stored.size() + BODY;
            AppendOutcome outcome = append(store, draft(topic, 0, body));
            if (outcome instanceof Refused refused) {
                return refused;
            }
            note(outcome, body, stored);
        }
    }

    private static void awaitTaken(LocalMessageStore store, String topic, List<String> stored) {
        int before = stored.size();
        Awaitility.await().atMost(StoreFixture.PATIENCE).until(() -> {
            String body = stored.size() + "again";
            note(append(store, draft(topic, 0, body)), body, stored);
            return stored.size() > before;
        });
    }

    private static void note(AppendOutcome outcome, String body, List<String> stored) {
        if (outcome instanceof Stored) {
            stored.add(body);
        }
    }

    private static List<String> bodiesOf(LocalMessageStore store, String topic) {
        return StoreFixture.bodies(store, topic, 0, 0);
    }

    // Takes space away: so many bytes, or all there is.
    private void fill(long bytes) throws IOException {
        try (StoreFile file = new DiskFiles().create(ballast, 0)) {
            for (long at = 0; at < bytes; at += BALLAST_CHUNK) {
                file.write(ByteBuffer.allocate(BALLAST_CHUNK), at);
            }
        } catch (DiskFullException e) {
            assertThat(bytes).as("space left on the small disk").isEqualTo(Long.MAX_VALUE);
        }
    }

    private static void deleteAll(Path directory) throws IOException {
        DiskFiles files = new DiskFiles();
        for (String name : files.directoryNames(directory)) {
            deleteAll(directory.resolve(name));
        }
        for (String name : files.fileNames(directory)) {
            files.delete(directory.resolve(name));
        }
        files.delete(directory);
    }

    private static void check(boolean holds, String what) {
        assertThat(holds).as(what).isTrue();
    }
}
