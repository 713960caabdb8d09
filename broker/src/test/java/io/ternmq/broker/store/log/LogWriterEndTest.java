package io.ternmq.broker.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.store.AckPolicy;
import io.ternmq.broker.store.AppendOutcome;
import io.ternmq.broker.store.AppendOutcome.Confirmation;
import io.ternmq.broker.store.AppendOutcome.Stored;
import io.ternmq.broker.store.FlushMode;
import io.ternmq.broker.store.file.DiskFiles;
import io.ternmq.broker.store.log.StoreHealth.Obstacle;
import io.ternmq.common.message.RecordForm;
import io.ternmq.common.message.StoredHost;
import io.ternmq.common.time.FakeClock;
import io.ternmq.common.work.Pen;
import io.ternmq.common.work.Worker;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How sends end that are not in the file when the store fails or closes. */
final class LogWriterEndTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @TempDir
    private Path root;

    private final FakeClock clock = new FakeClock();
    private final StoreHealth health = new StoreHealth();
    private final LogProgress progress = new LogProgress(0, 0);
    private final AtomicInteger spareRung = new AtomicInteger();
    private CommitLog log;
    private StagedTail memory;
    private LogWriter writer;
    private Pen pen;

    @BeforeEach
    void open() throws IOException {
        log = new LogFiles(new DiskFiles()).open(root.resolve("log"), 1 << 16);
        LogState state = new LogState(log, progress, health, new EncoderPool(), ForcedMark.NONE);
        SegmentPreparer preparer = new SegmentPreparer(
                state, clock, FlushMode.SYNC_FLUSH, 1 << 16, new SegmentPreparer.Bells(() -> {}, () -> {}));
        preparer.doWork();
        memory = new StagedTail(log, 10_000, 0);
        AckPolicy flushed = new AckPolicy(progress.flushed(), PATIENCE, Confirmation.FLUSH_TIMED_OUT, true);
        writer = new LogWriter(
                new LogTail(log, preparer, memory, new QueueTails(), 0),
                memory,
                state,
                List.of(flushed),
                clock,
                new LogWriter.Limits(16, 60_000, 16, 60_000),
                new LogWriter.Bells(() -> {}, () -> {}, spareRung::incrementAndGet));
        pen = new Pen(writer, clock, () -> {});
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void afterAFailureTheSpareThreadIsRungOnceAndTheTimeStands() throws IOException {
        CompletableFuture<AppendOutcome> waiting = append(true);
        CompletableFuture<AppendOutcome> notWaiting = append(false);
        int before = spareRung.get();
        health.arise(Obstacle.FAILURE, "by a test");

        for (int turn = 0; turn < 5; turn++) {
            pen.ring();
            assertThat(writer.nextDueNanos()).isEqualTo(clock.monotonicNanos());
            assertThat(spareRung.get() - before).isLessThanOrEqualTo(1);
        }
        assertThat(waiting).isNotDone();
        assertThat(notWaiting).isNotDone();

        assertThat(memory.writeOut(progress.appendedPosition())).isTrue();
        pen.ring();
        assertThat(confirmation(waiting)).isEqualTo(Confirmation.FLUSH_TIMED_OUT);
        assertThat(confirmation(notWaiting)).isEqualTo(Confirmation.CONFIRMED);
        assertThat(writer.nextDueNanos()).isEqualTo(Worker.NEVER);
    }

    @Test
    void sendsGivenUpAreAnsweredOnceTheyAreInTheFileAndNoneIsTakenAfterThat() throws IOException {
        CompletableFuture<AppendOutcome> waiting = append(true);
        assertThat(writer.offerNote(end -> writer.giveUp())).isTrue();
        pen.ring();
        CompletableFuture<AppendOutcome> late = append(true);
        assertThat(waiting).isNotDone();
        assertThat(late.join()).isInstanceOf(AppendOutcome.Refused.class);

        assertThat(memory.writeOut(progress.appendedPosition())).isTrue();
        pen.ring();
        assertThat(confirmation(waiting)).isEqualTo(Confirmation.FLUSH_TIMED_OUT);
    }

    @Test
    void whatCameAfterTheWriteIsLookedAfterAgain() throws IOException {
        CompletableFuture<AppendOutcome> first = append(false);
        long written = progress.appendedPosition();
        CompletableFuture<AppendOutcome> second = append(false);
        int before = spareRung.get();

        assertThat(memory.writeOut(written)).isTrue();
        pen.ring();
        assertThat(first).isDone();
        assertThat(second).isNotDone();
        assertThat(spareRung.get() - before).isEqualTo(1);
    }

    private CompletableFuture<AppendOutcome> append(boolean waits) {
        StoredHost host = StoredHost.of(new InetSocketAddress(0));
        RecordForm form = new RecordForm(
                0, 0, 0, 1, host, host, 0, 0, ByteBuffer.wrap(new byte[100]), new byte[] {'T'}, new byte[0]);
        Append append = new Append("T", 0, new RecordForm[] {form}, form.size(), waits);
        assertThat(writer.offer(append)).isEqualTo(Optional.empty());
        pen.ring();
        return append.answer();
    }

    private static Confirmation confirmation(CompletableFuture<AppendOutcome> answer) {
        assertThat(answer).isDone();
        return ((Stored) answer.join()).confirmation();
    }
}
