package io.ternmq.broker.store.engine;

import static io.ternmq.broker.store.file.FaultyFiles.under;
import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.store.AppendOutcome;
import io.ternmq.broker.store.AppendOutcome.Refusal;
import io.ternmq.broker.store.AppendOutcome.Stored;
import io.ternmq.broker.store.file.FaultyFiles;
import io.ternmq.common.time.FakeClock;
import io.ternmq.common.work.ManualWorkers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Threads that waited for space rest once the store has failed for good, instead of looking for it without a pause. */
class RestAfterFailureTest {
    @TempDir
    private Path root;

    /** At the latest then a queue writes its entries. */
    private static final int MESSAGES_WRITTEN = 200;

    private final FaultyFiles files = new FaultyFiles().withoutForces();
    private final ManualWorkers workers = new ManualWorkers(new FakeClock());
    private LocalMessageStore store;

    @BeforeEach
    void open() {
        store = new StoreFixture(root).with(files).with(workers).open();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void thePreparer() {
        files.leaveSpace(under("/commitlog/"), 0);
        while (append() instanceof Stored) {
            assertThat(store.state().refusal()).isEmpty();
        }

        failAndWait();

        workers.runUntilIdle(); // throws if it never is
        assertThat(workers.ready()).isEmpty();
    }

    @Test
    void theDispatcher() {
        files.leaveSpace(under("/consumequeue/"), 0);
        for (int i = 0; i < MESSAGES_WRITTEN && store.state().refusal().isEmpty(); i++) {
            append();
        }
        assertThat(store.state().refusal().orElseThrow().reason()).isEqualTo(Refusal.DISK_FULL);

        failAndWait();

        workers.runUntilIdle();
        assertThat(workers.ready()).isEmpty();
    }

    private AppendOutcome append() {
        CompletableFuture<AppendOutcome> answer =
                store.append(List.of(StoreFixture.draft("T", 0, "x".repeat(1000))), true);
        workers.runUntilIdle();
        return answer.join();
    }

    private void failAndWait() {
        files.failForces(under("/commitlog/"));
        workers.advance(Duration.ofSeconds(1));
        workers.runUntilIdle();
        assertThat(store.state().refusal().orElseThrow().reason()).isEqualTo(Refusal.WRITER_FAILED);
        workers.advance(Duration.ofSeconds(2)); // the time has come at which space would have been looked for
    }
}
