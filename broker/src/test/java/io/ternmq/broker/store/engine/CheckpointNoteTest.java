package io.ternmq.broker.store.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.store.AppendOutcome;
import io.ternmq.broker.store.QueueRange;
import io.ternmq.broker.store.TopicQueue;
import io.ternmq.broker.store.file.FaultyFiles;
import io.ternmq.common.time.FakeClock;
import io.ternmq.common.work.ManualWorkers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process that is killed has noted of queues that were changed otherwise than by messages. */
class CheckpointNoteTest {
    private static final String FLUSHER = "store-flusher";

    @TempDir
    private Path root;

    @TempDir
    private Path killed;

    private final ManualWorkers workers = new ManualWorkers(new FakeClock());

    @Test
    void deletedQueuesAreNotedAtTheNextStep() throws IOException {
        try (LocalMessageStore store = storeWithNote()) {
            delete(store);

            second();
            second();

            assertThat(rederivedAfterAKill()).isEmpty();
        }
    }

    @Test
    void deletedQueuesAreNotedAlsoWhenTheNoteBeforeStillWaitsForTheFlusher() throws IOException {
        try (LocalMessageStore store = storeWithNote()) {
            append(store, "T");
            for (int i = 0; i < CheckpointKeeper.STEPS; i++) {
                workers.advance(CheckpointKeeper.PERIOD);
                runAllButTheFlusher(); // so that what is looked up cannot be written
            }

            delete(store);
            workers.advance(CheckpointKeeper.PERIOD); // wanted, but the one before still waits
            runAllButTheFlusher();
            assertThat(workers.ready()).containsExactly(FLUSHER);
            workers.runUntilIdle();
            for (int i = 0; i < 3; i++) { // the log is forced, that one is written, and the one that was wanted
                second();
            }

            assertThat(rederivedAfterAKill()).isEmpty();
        }
    }

    @Test
    void whatIsWantedOfAnEmptyLogDoesNotKeepTheDispatcherAwake() {
        try (LocalMessageStore store = new StoreFixture(root).with(workers).open()) {
            workers.runUntilIdle();
            delete(store);
            second();

            workers.advance(CheckpointKeeper.PERIOD);

            assertThat(workers.ready()).isEmpty();
        }
    }

    @Test
    void aKillBeforeThatHasAllQueuesDerivedAnew() throws IOException {
        try (LocalMessageStore store = storeWithNote()) {
            delete(store);

            assertThat(rederivedAfterAKill()).isNotEmpty();
        }
    }

    @Test
    void nothingIsRemovedFromTheLogBeforeItIsNoted() throws IOException {
        FaultyFiles files = new FaultyFiles();
        TopicQueue rare = new TopicQueue("Rare", 0);
        try (LocalMessageStore store = onFullDisk(files).open()) {
            append(store, "Rare");
            for (int i = 0; i < 2_000; i++) {
                append(store, "T");
            }
            workers.runUntilIdle();
            files.pretendUsed(0.9);
            for (int i = 0; i < 30 && store.state().minPosition() == 0; i++) {
                workers.runUntilIdle();
                workers.advance(CheckpointKeeper.PERIOD); // killed right after the upkeep has removed something
            }
            assertThat(store.state().minPosition()).isPositive();
            StoreFixture.copy(root, killed);
        }

        try (LocalMessageStore store = new StoreFixture(killed).open()) {
            assertThat(store.range(rare)).isEqualTo(new QueueRange(1, 1)); // 0 is not given out again
        }
    }

    private StoreFixture onFullDisk(FaultyFiles files) {
        return new StoreFixture(root)
                .with(files)
                .with(workers)
                .with("diskFreeSpaceEnough", Long.toString(1L << 60))
                .with("diskSpaceCleanForciblyRatio", "85");
    }

    private LocalMessageStore storeWithNote() {
        LocalMessageStore store = new StoreFixture(root).with(workers).open();
        append(store, "Gone");
        append(store, "T");
        workers.runUntilIdle();
        for (int i = 0; i < CheckpointKeeper.STEPS + 2; i++) {
            second();
        }
        return store;
    }

    private void append(LocalMessageStore store, String topic) {
        CompletableFuture<AppendOutcome> answer = store.append(List.of(StoreFixture.draft(topic, 0, "m")), false);
        runAllButTheFlusher();
        assertThat(answer).isCompletedWithValueMatching(AppendOutcome.Stored.class::isInstance);
    }

    private void delete(LocalMessageStore store) {
        CompletableFuture<Void> gone = store.startDeleting("Gone");
        runAllButTheFlusher();
        assertThat(gone).isCompleted();
    }

    private void second() {
        workers.advance(CheckpointKeeper.PERIOD);
        workers.runUntilIdle();
    }

    private void runAllButTheFlusher() {
        Optional<String> next = anyButTheFlusher();
        while (next.isPresent()) {
            workers.step(next.get());
            next = anyButTheFlusher();
        }
    }

    private Optional<String> anyButTheFlusher() {
        return workers.ready().stream().filter(name -> !name.equals(FLUSHER)).findFirst();
    }

    // What a start finds in a copy of the directory as it is now.
    private List<RecoveryReport.Rederived> rederivedAfterAKill() throws IOException {
        StoreFixture.copy(root, killed);
        try (LocalMessageStore store = new StoreFixture(killed).open()) {
            assertThat(store.queues()).containsExactly(new TopicQueue("T", 0));
            return store.recovery().rederived();
        }
    }
}
