package io.ternmq.broker.store.engine;

import static io.ternmq.broker.store.engine.StoreFixture.answer;
import static io.ternmq.broker.store.engine.StoreFixture.append;
import static io.ternmq.broker.store.engine.StoreFixture.awaitDispatched;
import static io.ternmq.broker.store.engine.StoreFixture.bodies;
import static io.ternmq.broker.store.engine.StoreFixture.draft;
import static io.ternmq.broker.store.engine.StoreFixture.refused;
import static io.ternmq.broker.store.engine.StoreFixture.store;
import static io.ternmq.broker.store.engine.StoreFixture.stored;
import static io.ternmq.broker.store.file.FaultyFiles.under;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ternmq.broker.store.AppendOutcome;
import io.ternmq.broker.store.AppendOutcome.Confirmation;
import io.ternmq.broker.store.AppendOutcome.Refusal;
import io.ternmq.broker.store.file.FaultyFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreFaultTest {
    @TempDir
    private Path root;

    private final FaultyFiles files = new FaultyFiles();

    @AfterEach
    void letGo() {
        files.endStall();
    }

    @Test
    void synchronousFlushAnswersOnlyAfterTheForce() {
        try (LocalMessageStore store = syncStore().open()) {
            files.stallForces(under("/commitlog/"));

            CompletableFuture<AppendOutcome> answer = store.append(List.of(draft("T", 0, "a")), true);
            CompletableFuture<AppendOutcome> notWaiting = store.append(List.of(draft("T", 0, "b")), false);

            assertThat(answer(notWaiting)).isInstanceOf(AppendOutcome.Stored.class);
            assertThat(answer).isNotDone();
            files.endStall();
            assertThat(stored(answer(answer)).confirmation()).isEqualTo(Confirmation.CONFIRMED);
        }
    }

    @Test
    void readersSeeUnderSynchronousFlushOnlyWhatTheDiskHas() {
        try (LocalMessageStore store = syncStore().open()) {
            store(store, "T", 0, "on disk");
            awaitDispatched(store);
            files.stallForces(under("/commitlog/"));
            var answer = store.append(List.of(draft("T", 0, "not yet")), true);
            assertThat(answer).isNotDone();

            assertThat(bodies(store, "T", 0, 0)).containsExactly("on disk");

            files.endStall();
            awaitDispatched(store);
            assertThat(bodies(store, "T", 0, 0)).containsExactly("on disk", "not yet");
        }
    }

    @Test
    void manySendsShareAForce() {
        try (LocalMessageStore store = syncStore().open()) {
            store(store, "T", 0, "first");
            files.stallForces(under("/commitlog/"));
            List<CompletableFuture<AppendOutcome>> answers = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                answers.add(store.append(List.of(draft("T", i % 4, "m" + i)), true));
            }
            int before = files.forces();

            files.endStall();

            answers.forEach(
                    answer -> assertThat(stored(answer(answer)).confirmation()).isEqualTo(Confirmation.CONFIRMED));
            assertThat(files.forces() - before).isLessThanOrEqualTo(3);
        }
    }

    @Test
    void aForceThatTakesTooLongIsToldAsSuch() {
        try (LocalMessageStore store =
                syncStore().with("syncFlushTimeout", "50").open()) {
            files.stallForces(under("/commitlog/"));

            AppendOutcome outcome = append(store, draft("T", 0, "late"));

            assertThat(stored(outcome).confirmation()).isEqualTo(Confirmation.FLUSH_TIMED_OUT);
            files.endStall();
            awaitDispatched(store);
            assertThat(bodies(store, "T", 0, 0)).containsExactly("late");
        }
    }

    @Test
    void aFailedForceStopsTheWriterForGoodAndReadsGoOn() {
        try (LocalMessageStore store = syncStore().open()) {
            store(store, "T", 0, "before");
            awaitDispatched(store);
            files.failForces(under("/commitlog/"));

            // It lies in the log and may be found there again: not confirmed, but not refused either.
            assertThat(stored(append(store, draft("T", 0, "unconfirmed"))).confirmation())
                    .isEqualTo(Confirmation.FLUSH_TIMED_OUT);

            files.failForces(path -> false);
            assertThat(refused(append(store, draft("T", 0, "later"))).reason()).isEqualTo(Refusal.WRITER_FAILED);
            assertThat(store.state().refusal()).isPresent();
            assertThat(bodies(store, "T", 0, 0)).containsExactly("before");
        }
        assertThat(root.resolve("abort")).exists();
        try (LocalMessageStore store = syncStore().open()) {
            assertThat(bodies(store, "T", 0, 0)).startsWith("before");
            store(store, "T", 0, "after");
        }
    }

    @Test
    void aSendIsAnsweredLateOnlyOnceItIsInTheFile() {
        try (LocalMessageStore store =
                syncStore().with("syncFlushTimeout", "50").open()) {
            store(store, "T", 0, "before");
            awaitDispatched(store);
            files.stallWrites(under("/commitlog/"));

            // The first is being written for longer than it has patience; the second comes meanwhile and has none at
            // all.
            CompletableFuture<AppendOutcome> waiting = store.append(List.of(draft("T", 0, "a")), true);
            await().atMost(StoreFixture.PATIENCE).until(() -> files.stalled() > 0);
            CompletableFuture<AppendOutcome> notWaiting = store.append(List.of(draft("T", 0, "b")), false);
            assertThat(bodies(store, "T", 0, 0)).containsExactly("before");
            await().during(Duration.ofMillis(200)).until(() -> !waiting.isDone() && !notWaiting.isDone());

            files.endStall();
            assertThat(answer(waiting)).isInstanceOf(AppendOutcome.Stored.class);
            assertThat(stored(answer(notWaiting)).confirmation()).isEqualTo(Confirmation.CONFIRMED);
            awaitDispatched(store);
            assertThat(bodies(store, "T", 0, 0)).containsExactly("before", "a", "b");
        }
    }

    @Test
    void aFailedWriteOfTheLogRefusesWhatItWasToBringThere() {
        try (LocalMessageStore store = syncStore().open()) {
            store(store, "T", 0, "before");
            awaitDispatched(store);
            files.failWrites(under("/commitlog/"));

            AppendOutcome.Refused refused = refused(append(store, draft("T", 0, "not there")));
            assertThat(refused.reason()).isEqualTo(Refusal.WRITER_FAILED);
            assertThat(refused.detail()).contains("cannot write to");

            files.failWrites(path -> false);
            assertThat(refused(append(store, draft("T", 0, "later"))).reason()).isEqualTo(Refusal.WRITER_FAILED);
            assertThat(bodies(store, "T", 0, 0)).containsExactly("before");
        }
        try (LocalMessageStore store = syncStore().open()) {
            assertThat(bodies(store, "T", 0, 0)).containsExactly("before");
            store(store, "T", 0, "after");
            awaitDispatched(store);
            assertThat(bodies(store, "T", 0, 0)).containsExactly("before", "after");
        }
    }

    @Test
    void sendsThatWaitForSpaceAreRefusedWhenAnotherPartOfTheStoreFails() {
        try (LocalMessageStore store = fixture().open()) {
            files.stallWrites(under("/commitlog/"));
            List<CompletableFuture<AppendOutcome>> answers = new ArrayList<>();
            while (answers.isEmpty() || answers.get(answers.size() - 1).isDone()) {
                answers.add(store.append(List.of(draft("T", 0, "x".repeat(1000))), true)); // until nothing is prepared
            }
            awaitDispatched(store);
            files.failForces(under("/consumequeue/"));

            store.keepUp();
            store.keepUp();

            assertThat(refused(answer(answers.get(answers.size() - 1))).reason())
                    .isEqualTo(Refusal.WRITER_FAILED);
            files.endStall();
        }
    }

    @Test
    void aStalledForceStopsNeitherSendsNorReadsUnderAsynchronousFlush() {
        try (LocalMessageStore store =
                fixture().with("flushIntervalCommitLog", "10").open()) {
            files.stallForces(under("/commitlog/"));
            for (int i = 0; i < 50; i++) {
                store(store, "T", 0, "m" + i);
                awaitDispatched(store);
                assertThat(bodies(store, "T", 0, i)).containsExactly("m" + i);
            }
            files.endStall();
            await().atMost(StoreFixture.PATIENCE)
                    .until(() ->
                            store.state().flushedPosition() == store.state().appendedPosition());
        }
    }

    @Test
    void aStalledPreparerStopsNeitherReadsNorTheOnesWhoAppend() {
        try (LocalMessageStore store = fixture().open()) {
            store(store, "T", 0, "before");
            awaitDispatched(store);
            files.stallWrites(under("/commitlog/"));

            // More than is prepared: the calls return all the same.
            List<CompletableFuture<AppendOutcome>> answers = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                answers.add(store.append(List.of(draft("T", 0, "x".repeat(1000))), true));
            }

            assertThat(bodies(store, "T", 0, 0)).startsWith("before");
            assertThat(answers.get(299)).isNotDone();
            files.endStall();
            for (int i = 0; i < 300; i++) {
                assertThat(stored(answer(answers.get(i))).queueOffset()).isEqualTo(i + 1L);
            }
        }
    }

    @Test
    void aFullDiskRefusesSendsBeforeTheyAreStoredAndEndsByItself() {
        try (LocalMessageStore store = fixture().open()) {
            files.leaveSpace(under("/commitlog/"), 100_000);
            int taken = 0;
            while (append(store, draft("T", 0, "m" + taken + "x".repeat(500))) instanceof AppendOutcome.Stored) {
                taken++;
            }
            assertThat(taken).isPositive();
            assertThat(refused(append(store, draft("T", 0, "x".repeat(500)))).reason())
                    .isEqualTo(Refusal.DISK_FULL);

            files.returnSpace();

            await().atMost(StoreFixture.PATIENCE)
                    .until(() -> append(store, draft("T", 0, "again")) instanceof AppendOutcome.Stored);
            awaitDispatched(store);
            List<String> bodies = bodies(store, "T", 0, 0);
            assertThat(bodies).hasSize(taken + 1).last().isEqualTo("again");
        }
        try (LocalMessageStore store = fixture().open()) {
            assertThat(bodies(store, "T", 0, 0)).last().isEqualTo("again");
        }
    }

    @Test
    void aFullDiskUnderTheQueuesRefusesSendsAndLosesNothing() {
        try (LocalMessageStore store = fixture().open()) {
            store(store, "T", 0, "m0");
            awaitDispatched(store);
            files.leaveSpace(under("/consumequeue/"), 30);
            int sent = 1;
            while (store.state().refusal().isEmpty()) {
                if (append(store, draft("T", 0, "m" + sent)) instanceof AppendOutcome.Stored) {
                    sent++;
                }
            }
            assertThat(store.state().refusal().orElseThrow().reason()).isEqualTo(Refusal.DISK_FULL);

            files.returnSpace();

            await().atMost(StoreFixture.PATIENCE)
                    .until(() -> store.state().refusal().isEmpty());
            awaitDispatched(store);
            assertThat(bodies(store, "T", 0, 0)).hasSize(sent).last().isEqualTo("m" + (sent - 1));
        }
    }

    @Test
    void aFailedWriteToTheQueuesStopsTheWriterAndTheNextStartDerivesThem() {
        List<String> sent = new ArrayList<>();
        try (LocalMessageStore store = fixture().open()) {
            files.failWrites(under("/consumequeue/"));
            while (append(store, draft("T", 0, "m" + sent.size())) instanceof AppendOutcome.Stored) {
                sent.add("m" + sent.size());
            }
            assertThat(store.state().refusal().orElseThrow().reason()).isEqualTo(Refusal.WRITER_FAILED);
            files.failWrites(path -> false);
        }
        try (LocalMessageStore store = fixture().open()) {
            assertThat(bodies(store, "T", 0, 0)).isEqualTo(sent);
        }
    }

    private StoreFixture fixture() {
        return new StoreFixture(root).with(files);
    }

    private StoreFixture syncStore() {
        return fixture().with("flushDiskType", "SYNC_FLUSH");
    }
}
