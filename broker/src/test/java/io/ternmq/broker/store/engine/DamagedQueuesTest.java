package io.ternmq.broker.store.engine;

import static io.ternmq.broker.store.engine.DamagedStore.MESSAGES;
import static io.ternmq.broker.store.engine.DamagedStore.QUEUE_FILE;
import static io.ternmq.broker.store.engine.StoreFixture.bodies;
import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.store.engine.RecoveryReport.Rederived;
import io.ternmq.broker.store.file.DiskFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a start makes of each kind of damage in what is derived from the log, and what it says about it. */
class DamagedQueuesTest {
    private static final List<Rederived> ALL_AGAIN = List.of(new Rederived("consume queues", 0));

    @TempDir
    private Path root;

    private DamagedStore damaged;

    @BeforeEach
    void write() throws IOException {
        damaged = new DamagedStore(root, false);
    }

    @Test
    void allQueuesMissingAreDerivedAgain() throws IOException {
        damaged.deleteTree("consumequeue");

        assertThat(rederived()).isEqualTo(ALL_AGAIN);
    }

    @Test
    void oneQueueMissingIsNoticedAndDerivedAgain() throws IOException {
        damaged.deleteTree("consumequeue/T/1");

        assertThat(rederived()).isEqualTo(ALL_AGAIN);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2}) // first, between, last
    void oneFileOfAQueueMissingIsNoticedAndDerivedAgain(int number) throws IOException {
        Files.delete(damaged.queueFile(0, number));

        assertThat(rederived()).isEqualTo(ALL_AGAIN);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aQueueFileCutShortIsLengthenedAndDerivedAgain(int number) throws IOException {
        damaged.truncate(damaged.queueFile(0, number), 30);

        assertThat(rederived()).isEqualTo(ALL_AGAIN);
        assertThat(damaged.queueFile(0, number)).hasSize(QUEUE_FILE);
    }

    @Test
    void aQueueWhoseEndIsLostIsNoticedAndDerivedAgain() throws IOException {
        byte[] last = Files.readAllBytes(damaged.queueFile(1, 2));
        Files.write(damaged.queueFile(1, 2), new byte[last.length]);

        assertThat(rederived()).isEqualTo(ALL_AGAIN);
    }

    @Test
    void queuesThatAreAheadOfTheCheckpointAreRewoundToIt() throws IOException {
        damaged.noteForced(0); // nothing about queues

        assertThat(rederived()).isEmpty(); // since all are derived anyway, from the log's beginning
    }

    @Test
    void aMissingCheckpointMeansThatAllIsLookedThrough() throws IOException {
        Files.delete(damaged.checkpoint());

        try (LocalMessageStore store = damaged.open()) {
            assertThat(store.recovery().scannedFrom()).isZero();
            assertThat(store.recovery().records()).isEqualTo(MESSAGES);
            assertAllThere(store);
        }
    }

    @Test
    void aDamagedNoteIsNotBelievedAndTheTimesAre() throws IOException {
        damaged.damageNotes();

        try (LocalMessageStore store = damaged.open()) {
            assertThat(store.recovery().scannedFrom()).isZero(); // the slack of the times is longer than the test
            assertAllThere(store);
        }
    }

    @Test
    void aDamagedMarkTellsNothing() throws IOException {
        damaged.damageMark();

        try (LocalMessageStore store = damaged.open()) {
            assertThat(store.recovery().forced()).isEmpty();
            assertAllThere(store);
        }
    }

    @Test
    void timesFromTheFutureAreDamage() throws IOException {
        damaged.damageNotes();
        damaged.damageCheckpoint(1);
        damaged.damageCheckpoint(9);
        damaged.deleteTree("consumequeue/T/1");

        try (LocalMessageStore store = damaged.open()) {
            assertThat(store.recovery().scannedFrom()).isZero();
            assertAllThere(store);
        }
    }

    @Test
    void aCheckpointCutShortIsRepaired() throws IOException {
        damaged.truncate(damaged.checkpoint(), 100);

        try (LocalMessageStore store = damaged.open()) {
            assertAllThere(store);
            assertThat(damaged.checkpoint()).hasSize(Checkpoint.BYTES);
        }
    }

    @Test
    void aNoteWhoseRecordIsNotThereCountsFromItsSegmentsBeginning() throws IOException {
        int last = MESSAGES - 1;
        damaged.zero(damaged.positionOf(last), damaged.end());

        try (LocalMessageStore store = damaged.open()) {
            assertThat(store.recovery().scannedFrom())
                    .isEqualTo(damaged.positionOf(last) / DamagedStore.SEGMENT * DamagedStore.SEGMENT);
            assertThat(bodies(store, "T", 1, 0)).isEqualTo(damaged.bodies(1, last));
        }
    }

    @Test
    void aNoteOfAnotherLogIsNotBelieved() throws IOException {
        try (Checkpoint made = new Checkpoint(new DiskFiles(), damaged.checkpoint())) {
            made.read();
            made.write(1, new Checkpoint.Place(1_000_000, 1_000_100, 0));
        }

        try (LocalMessageStore store = damaged.open()) {
            assertThat(store.recovery().scannedFrom()).isZero();
            assertAllThere(store);
        }
    }

    @Test
    void missingLogFilesLeaveNoQueues() throws IOException {
        damaged.deleteTree("commitlog");

        try (LocalMessageStore store = damaged.open()) {
            assertThat(store.queues()).isEmpty();
            assertThat(store.recovery().end()).isZero();
        }
    }

    private List<Rederived> rederived() {
        try (LocalMessageStore store = damaged.open()) {
            assertAllThere(store);
            assertThat(store.recovery().cut()).isEmpty();
            return store.recovery().rederived();
        }
    }

    private void assertAllThere(LocalMessageStore store) {
        assertThat(bodies(store, "T", 0, 0)).isEqualTo(damaged.bodies(0, MESSAGES));
        assertThat(bodies(store, "T", 1, 0)).isEqualTo(damaged.bodies(1, MESSAGES));
    }
}
