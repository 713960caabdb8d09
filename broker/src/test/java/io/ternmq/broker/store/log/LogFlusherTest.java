package io.ternmq.broker.store.log;

import static io.ternmq.broker.store.file.FaultyFiles.under;
import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.store.FlushConfig;
import io.ternmq.broker.store.FlushMode;
import io.ternmq.broker.store.file.FaultyFiles;
import io.ternmq.common.time.FakeClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogFlusherTest {
    private static final int BYTES = 100;

    @TempDir
    private Path root;

    private final FaultyFiles files = new FaultyFiles().withoutForces();
    private final AtomicInteger flusherRung = new AtomicInteger();
    private final AtomicInteger writerRung = new AtomicInteger();
    private final AtomicInteger askerRung = new AtomicInteger();
    private final LogProgress progress = new LogProgress(0, 0);
    private final StoreHealth health = new StoreHealth();

    @Test
    void whoeverAskedWhileTheFlusherWroteIsRungAfterIt() throws Exception {
        try (CommitLog log = new LogFiles(files).open(root.resolve("log"), 4096)) {
            LogFlusher flusher = filled(log);
            files.stallWrites(under("/log/"));
            CompletableFuture<Boolean> flushed = CompletableFuture.supplyAsync(flusher::flush);
            try {
                awaitStallOrEnd(flushed);
                assertThat(flusher.writeOutAside()).isFalse();
                assertThat(askerRung).hasValue(0);
            } finally {
                files.endStall();
            }
            assertThat(flushed.get()).isTrue();
            assertThat(askerRung).hasValue(1);
            assertThat(flusher.writeOutAside()).isTrue();
            assertThat(progress.flushed().position()).isEqualTo(BYTES);
        }
    }

    @Test
    void whoeverAskedIsRungAfterAWriteThatFailedToo() throws Exception {
        try (CommitLog log = new LogFiles(files).open(root.resolve("log"), 4096)) {
            LogFlusher flusher = filled(log);
            files.stallWrites(under("/log/"));
            files.failWrites(under("/log/"));
            CompletableFuture<Boolean> flushed = CompletableFuture.supplyAsync(flusher::flush);
            try {
                awaitStallOrEnd(flushed);
                assertThat(flusher.writeOutAside()).isFalse();
            } finally {
                files.endStall();
            }
            assertThat(flushed.get()).isFalse();
            assertThat(askerRung).hasValue(1);
            assertThat(health.refusal()).isPresent();
        }
    }

    @Test
    void aFlusherThatIsTurnedAwayIsRungByTheOneWhoWrote() throws Exception {
        try (CommitLog log = new LogFiles(files).open(root.resolve("log"), 4096)) {
            LogFlusher flusher = filled(log);
            files.stallWrites(under("/log/"));
            CompletableFuture<Boolean> aside = CompletableFuture.supplyAsync(flusher::writeOutAside);
            try {
                awaitStallOrEnd(aside);
                assertThat(flusher.flush()).isFalse();
                assertThat(progress.flushed().position()).isZero();
                assertThat(flusherRung).hasValue(0);
            } finally {
                files.endStall();
            }
            assertThat(aside.get()).isTrue();
            assertThat(flusherRung).hasValue(1);
            assertThat(flusher.flush()).isTrue();
            assertThat(progress.flushed().position()).isEqualTo(BYTES);
            assertThat(writerRung).hasValue(1);
        }
    }

    private void awaitStallOrEnd(CompletableFuture<?> write) {
        while (files.stalled() == 0 && !write.isDone()) {
            Thread.onSpinWait();
        }
    }

    private LogFlusher filled(CommitLog log) throws Exception {
        log.addNext();
        StagedTail memory = new StagedTail(log, 1000, 0);
        assertThat(memory.take(0, BYTES)).isZero();
        progress.appendedTo(BYTES);
        return new LogFlusher(
                new LogState(log, progress, health, new EncoderPool(), ForcedMark.NONE),
                memory,
                new FlushConfig(FlushMode.SYNC_FLUSH, Duration.ofMillis(500), Duration.ofSeconds(5)),
                new FakeClock(),
                new LogFlusher.Bells(
                        flusherRung::incrementAndGet, writerRung::incrementAndGet, askerRung::incrementAndGet));
    }
}
