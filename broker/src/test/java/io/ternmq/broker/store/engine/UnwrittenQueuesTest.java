package io.ternmq.broker.store.engine;

import static io.ternmq.broker.store.engine.StoreFixture.append;
import static io.ternmq.broker.store.engine.StoreFixture.awaitDispatched;
import static io.ternmq.broker.store.engine.StoreFixture.bodies;
import static io.ternmq.broker.store.engine.StoreFixture.draft;
import static io.ternmq.broker.store.engine.StoreFixture.store;
import static io.ternmq.broker.store.file.FaultyFiles.under;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ternmq.broker.store.AppendOutcome.Refusal;
import io.ternmq.broker.store.QueueRange;
import io.ternmq.broker.store.TopicQueue;
import io.ternmq.broker.store.file.FaultyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Entries of queues that are in memory alone when a checkpoint, a stop, or a full disk comes. */
class UnwrittenQueuesTest {
    private static final TopicQueue QUEUE = new TopicQueue("T", 0);

    @TempDir
    private Path root;

    private final FaultyFiles files = new FaultyFiles().withoutForces();

    @Test
    void aCheckpointWritesWhatItSpeaksOf() {
        try (LocalMessageStore store = fixture().open()) {
            store(store, "T", 0, "m0");
            awaitDispatched(store);
            assertThat(root.resolve("consumequeue/T")).doesNotExist();

            store.keepUp();

            await().atMost(StoreFixture.PATIENCE)
                    .until(() -> Files.exists(root.resolve("consumequeue/T/0").resolve("0".repeat(20))));
            assertThat(bodies(store, "T", 0, 0)).containsExactly("m0");
        }
    }

    @Test
    void aQueueThatBeginsLaterThanAtZeroIsWrittenToo() throws IOException {
        try (LocalMessageStore store = fixture().open()) {
            for (int i = 0; i < 100; i++) {
                store(store, "T", 0, i + "x".repeat(1_000)); // more than one file of the log
            }
        }
        Files.delete(root.resolve("commitlog").resolve("0".repeat(20)));
        deleteTree(root.resolve("consumequeue"));

        QueueRange derived;
        try (LocalMessageStore store = fixture().open()) {
            assertThat(store.recovery().rederived()).isNotEmpty();
            derived = store.range(QUEUE);
            assertThat(derived.minOffset()).isPositive();
            assertThat(derived.maxOffset()).isEqualTo(100);
        }
        try (LocalMessageStore store = fixture().open()) {
            assertThat(store.recovery().rederived()).isEmpty();
            assertThat(store.range(QUEUE)).isEqualTo(derived);
        }
    }

    @Test
    void aStopThatFindsNoSpaceForQueuesIsNotClean() {
        try (LocalMessageStore store = fixture().open()) {
            files.leaveSpace(under("/consumequeue/"), 0);
            store(store, "T", 0, "m0");
            store(store, "T", 1, "m1");
            awaitDispatched(store);
        }
        assertThat(root.resolve("abort")).exists();
        files.returnSpace();

        try (LocalMessageStore store = fixture().open()) {
            assertThat(bodies(store, "T", 0, 0)).containsExactly("m0");
            assertThat(bodies(store, "T", 1, 0)).containsExactly("m1");
        }
        assertThat(root.resolve("abort")).doesNotExist();
    }

    @Test
    void withoutSpaceAtACheckpointSendsAreRefusedUntilThereIsSome() {
        try (LocalMessageStore store = fixture().open()) {
            files.leaveSpace(under("/consumequeue/"), 0);
            store(store, "T", 0, "m0");
            awaitDispatched(store);
            assertThat(store.state().refusal()).isEmpty();

            store.keepUp();

            await().atMost(StoreFixture.PATIENCE)
                    .until(() -> store.state().refusal().isPresent());
            assertThat(store.state().refusal().orElseThrow().reason()).isEqualTo(Refusal.DISK_FULL);
            assertThat(store.state().refusal().orElseThrow().detail()).contains("no space for consume queues");
            assertThat(bodies(store, "T", 0, 0)).containsExactly("m0");

            files.returnSpace();

            await().atMost(StoreFixture.PATIENCE)
                    .until(() -> store.state().refusal().isEmpty());
            store(store, "T", 0, "m1");
            awaitDispatched(store);
            assertThat(bodies(store, "T", 0, 0)).containsExactly("m0", "m1");
        }
    }

    @Test
    void aTopicDeletedAfterAFullDiskIsNotWrittenAgain() {
        try (LocalMessageStore store = fixture().open()) {
            files.leaveSpace(under("/consumequeue/"), 0);
            while (store.state().refusal().isEmpty()) {
                assertThat(append(store, draft("T", 0, "m"))).isNotNull();
            }
            files.returnSpace();
            await().atMost(StoreFixture.PATIENCE)
                    .until(() -> store.state().refusal().isEmpty());
            store(store, "T", 0, "last");
            awaitDispatched(store);

            store.deleteTopic("T");
            store(store, "Other", 0, "m0");
            awaitDispatched(store);
            store.keepUp();

            await().atMost(StoreFixture.PATIENCE).until(() -> Files.exists(root.resolve("consumequeue/Other/0")));
            assertThat(root.resolve("consumequeue/T")).doesNotExist();
        }
    }

    private StoreFixture fixture() {
        return new StoreFixture(root).with(files);
    }

    private static void deleteTree(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
