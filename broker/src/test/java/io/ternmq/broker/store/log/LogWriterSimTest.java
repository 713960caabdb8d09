package io.ternmq.broker.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.store.AckPolicy;
import io.ternmq.broker.store.AppendOutcome;
import io.ternmq.broker.store.AppendOutcome.Confirmation;
import io.ternmq.broker.store.AppendOutcome.Refusal;
import io.ternmq.broker.store.AppendOutcome.Refused;
import io.ternmq.broker.store.AppendOutcome.Stored;
import io.ternmq.broker.store.FlushConfig;
import io.ternmq.broker.store.FlushMode;
import io.ternmq.broker.store.file.FaultyFiles;
import io.ternmq.common.message.RecordForm;
import io.ternmq.common.message.StoredHost;
import io.ternmq.common.seeds.Seeds;
import io.ternmq.common.time.FakeClock;
import io.ternmq.common.work.Pen;
import io.ternmq.common.work.Worker;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Writer, preparer, flusher and spare thread stepped on one thread in an order drawn from a seed, each only when it was
 * rung or its time has come: a wake-up that is not given shows as a send that is never answered.
 */
class LogWriterSimTest {
    private static final int SEGMENT = 16 * 1024;
    private static final Duration SYNC_PATIENCE = Duration.ofSeconds(5);

    @TempDir
    private Path root;

    @Seeds(count = 40)
    void everySendIsAnsweredOnceAndRightlyUnderAsynchronousFlush(long seed) throws IOException {
        new Run(seed, FlushMode.ASYNC_FLUSH, Plant.NOTHING).go();
    }

    @Seeds(count = 40)
    void everySendIsAnsweredOnceAndRightlyUnderSynchronousFlush(long seed) throws IOException {
        new Run(seed, FlushMode.SYNC_FLUSH, Plant.NOTHING).go();
    }

    @Test
    void aPreparerThatForgetsToRingTheWriterIsCaught() {
        assertThat(isCaught(FlushMode.ASYNC_FLUSH, Plant.PREPARER_DOES_NOT_RING))
                .isTrue();
    }

    @Test
    void aFlusherThatForgetsToRingTheWriterIsCaught() {
        assertThat(isCaught(FlushMode.SYNC_FLUSH, Plant.FLUSHER_DOES_NOT_RING)).isTrue();
    }

    @Test
    void anAppendThatDoesNotRingTheFlusherIsCaught() {
        assertThat(isCaught(FlushMode.SYNC_FLUSH, Plant.APPEND_DOES_NOT_RING)).isTrue();
    }

    @Test
    void anAnswerBeforeTheForceIsCaught() {
        assertThat(isCaught(FlushMode.SYNC_FLUSH, Plant.ANSWERS_BEFORE_FORCE)).isTrue();
    }

    @Test
    void anAnswerBeforeTheRecordIsInTheFileIsCaught() {
        assertThat(isCaught(FlushMode.SYNC_FLUSH, Plant.ANSWERS_BEFORE_WRITE)).isTrue();
    }

    private boolean isCaught(FlushMode mode, Plant plant) {
        for (long seed = 0; seed < 40; seed++) {
            try {
                new Run(seed, mode, plant).go();
            } catch (AssertionError e) {
                return true;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
        return false;
    }

    /** Faults that the simulation must catch. */
    private enum Plant {
        NOTHING,
        PREPARER_DOES_NOT_RING,
        FLUSHER_DOES_NOT_RING,
        APPEND_DOES_NOT_RING,
        ANSWERS_BEFORE_FORCE,
        ANSWERS_BEFORE_WRITE
    }

    /** Says of everything that it is in the file. */
    private record Lying(TailMemory memory) implements TailMemory {
        @Override
        public void enter(LogSegment segment) {
            memory.enter(segment);
        }

        @Override
        public int take(long position, int bytes) {
            return memory.take(position, bytes);
        }

        @Override
        public ByteBuffer buffer() {
            return memory.buffer();
        }

        @Override
        public boolean isInFile(long position) {
            return true;
        }

        @Override
        public boolean isBroken() {
            return memory.isBroken();
        }

        @Override
        public boolean writeOut(long end) throws IOException {
            return memory.writeOut(end);
        }
    }

    private record Sent(Append append, String topic, int queueId, int count, boolean waits) {}

    /** One run from one seed. */
    private final class Run {
        private final Random random;
        private final FlushMode mode;
        private final Plant plant;
        private final FakeClock clock = new FakeClock();
        private final FaultyFiles files = new FaultyFiles().withoutForces();
        private final CommitLog log;
        private final LogProgress progress = new LogProgress(0, 0);
        private final StoreHealth health = new StoreHealth();
        private final TailMemory memory;
        private final SegmentPreparer preparer;
        private final LogFlusher flusher;
        private final LogWriter writer;
        private final Pen pen;

        private boolean preparerRung = true;
        private boolean flusherRung;
        private boolean spareRung;

        private final List<Sent> sent = new ArrayList<>();
        private final List<CompletableFuture<Void>> checks = new ArrayList<>();

        Run(long seed, FlushMode mode, Plant plant) throws IOException {
            this.random = new Random(seed);
            this.mode = mode;
            this.plant = plant;
            log = new LogFiles(files).open(root.resolve(plant + "-" + seed), SEGMENT);
            LogState state = new LogState(log, progress, health, new EncoderPool(), ForcedMark.NONE);
            preparer = new SegmentPreparer(
                    state,
                    clock,
                    mode,
                    1 << 20,
                    new SegmentPreparer.Bells(
                            () -> preparerRung = true, plant == Plant.PREPARER_DOES_NOT_RING ? () -> {} : this::ring));
            memory = mode == FlushMode.SYNC_FLUSH ? new StagedTail(log, 10_000, 0) : new MappedTail();
            FlushConfig flush = new FlushConfig(mode, Duration.ofMillis(500), SYNC_PATIENCE);
            flusher = new LogFlusher(
                    state,
                    memory,
                    flush,
                    clock,
                    new LogFlusher.Bells(
                            () -> flusherRung = true,
                            plant == Plant.FLUSHER_DOES_NOT_RING ? () -> {} : this::ring,
                            () -> spareRung = true));
            List<AckPolicy> policies = mode == FlushMode.ASYNC_FLUSH
                    ? List.of()
                    : List.of(new AckPolicy(
                            plant == Plant.ANSWERS_BEFORE_FORCE ? progress.appended() : progress.flushed(),
                            SYNC_PATIENCE,
                            Confirmation.FLUSH_TIMED_OUT,
                            true));
            writer = new LogWriter(
                    new LogTail(log, preparer, memory, new QueueTails(), 0),
                    plant == Plant.ANSWERS_BEFORE_WRITE ? new Lying(memory) : memory,
                    state,
                    policies,
                    clock,
                    new LogWriter.Limits(16, 60_000, 8, 30_000),
                    new LogWriter.Bells(
                            plant == Plant.APPEND_DOES_NOT_RING ? preparer::ringIfLow : this::afterAppend,
                            () -> {},
                            () -> spareRung = true));
            pen = new Pen(writer, clock, () -> spareRung = true);
        }

        private void ring() {
            pen.ring();
        }

        private void afterAppend() {
            flusher.bytesAppended();
            preparer.ringIfLow();
        }

        void go() throws IOException {
            try {
                for (int step = 0; step < 300; step++) {
                    step();
                    checkProgress();
                }
                files.returnSpace();
                for (int i = 0; i < 24; i++) {
                    send(); // more than is prepared, and nothing comes after that would wake anyone by chance
                }
                settle();
                checkAnswers();
            } finally {
                log.close();
            }
        }

        private void step() {
            switch (random.nextInt(9)) {
                case 0, 1, 2 -> send();
                case 3 -> stepPreparer();
                case 4 -> stepFlusher();
                case 5 -> stepSpare();
                case 6 -> clock.advance(Duration.ofMillis(random.nextInt(100)));
                case 7 -> pen.ringAside();
                default -> {
                    if (random.nextInt(10) == 0) {
                        files.leaveSpace(path -> true, random.nextInt(40_000));
                    } else if (random.nextInt(3) == 0) {
                        files.returnSpace();
                    }
                }
            }
        }

        private void send() {
            int length = 0;
            String topic = "T" + random.nextInt(2);
            int queueId = random.nextInt(2);
            int count = 1 + random.nextInt(3);
            RecordForm[] forms = new RecordForm[count];
            StoredHost host = StoredHost.of(new InetSocketAddress(0));
            for (int i = 0; i < count; i++) {
                byte[] body = new byte[random.nextInt(10) == 0 ? random.nextInt(4000) : random.nextInt(300)];
                random.nextBytes(body);
                forms[i] = new RecordForm(
                        queueId,
                        0,
                        0,
                        1,
                        host,
                        host,
                        0,
                        0,
                        ByteBuffer.wrap(body),
                        topic.getBytes(StandardCharsets.UTF_8),
                        ("n\u0001" + sent.size() + "\u0002").getBytes(StandardCharsets.UTF_8));
                length += forms[i].size();
            }
            boolean waits = random.nextInt(4) > 0;
            Append append = new Append(topic, queueId, forms, length, waits);
            boolean isInPerson = random.nextInt(3) > 0 && pen.ringInPerson(append, writer::takeInPerson);
            Optional<Refused> refused = isInPerson ? Optional.empty() : writer.offer(append);
            if (refused.isPresent()) {
                assertThat(refused.get().reason()).isEqualTo(Refusal.BUSY);
                return;
            }
            for (RecordForm form : forms) {
                Arrays.fill(form.body().array(), (byte) 0); // the caller's memory, used for other things by now
            }
            Sent one = new Sent(append, topic, queueId, count, waits);
            sent.add(one);
            var checked = append.answer().thenAccept(outcome -> checkAtAnswer(one, outcome));
            checks.add(checked);
            pen.ring();
        }

        private void checkAtAnswer(Sent one, AppendOutcome outcome) {
            outcome.fold(
                    stored -> {
                        assertThat(progress.appendedPosition())
                                .isGreaterThanOrEqualTo(one.append().end());
                        boolean isForced =
                                progress.flushed().position() >= one.append().end();
                        assertThat(memory.isInFile(one.append().end()))
                                .as("in the file before the answer")
                                .isTrue();
                        boolean mustBeForced = mode == FlushMode.SYNC_FLUSH
                                && one.waits()
                                && stored.confirmation() == Confirmation.CONFIRMED;
                        assertThat(isForced || !mustBeForced)
                                .as("forced before the answer")
                                .isTrue();
                        return null;
                    },
                    refused -> {
                        assertThat(refused.reason()).isEqualTo(Refusal.DISK_FULL);
                        return null;
                    });
        }

        private boolean stepPreparer() {
            if (!preparerRung && !isDue(preparer)) {
                return false;
            }
            preparerRung = preparer.doWork() > 0;
            return true;
        }

        private boolean stepFlusher() {
            if (!flusherRung && !isDue(flusher)) {
                return false;
            }
            flusherRung = flusher.doWork() > 0;
            return true;
        }

        private boolean stepSpare() {
            boolean isDue = isDue(writer);
            if (!spareRung && !isDue) {
                return false;
            }
            if (isDue) {
                flusher.writeOutAside();
            }
            spareRung = pen.stepOnSpareThread(isDue);
            return true;
        }

        private boolean isDue(Worker worker) {
            long due = worker.nextDueNanos();
            return due != Worker.NEVER && clock.monotonicNanos() - due >= 0;
        }

        // Until nobody is rung and no time is set: whoever then still waits waits for ever.
        private void settle() {
            for (int round = 0; round < 10_000; round++) {
                if (stepPreparer() || stepFlusher() || stepSpare()) {
                    continue;
                }
                long next = Long.MAX_VALUE;
                for (Worker worker : List.of(preparer, flusher, writer)) {
                    next = Math.min(next, worker.nextDueNanos());
                }
                // A send that only its patience ends counts as forgotten here, since nothing stalls any more.
                boolean isOnlyPatience = next != Long.MAX_VALUE
                        && preparer.nextDueNanos() == Worker.NEVER
                        && flusher.nextDueNanos() == Worker.NEVER;
                if (next == Long.MAX_VALUE || isOnlyPatience) {
                    return;
                }
                clock.advance(Duration.ofNanos(Math.max(1, next - clock.monotonicNanos())));
            }
            throw new AssertionError("never quiet");
        }

        private void checkProgress() {
            assertThat(progress.readable().position()).isLessThanOrEqualTo(progress.appendedPosition());
            assertThat(progress.flushed().position()).isLessThanOrEqualTo(progress.appendedPosition());
            if (mode == FlushMode.SYNC_FLUSH && plant == Plant.NOTHING) {
                assertThat(progress.readable().position())
                        .isLessThanOrEqualTo(progress.flushed().position());
            }
        }

        private void checkAnswers() throws IOException {
            assertThat(checks).allSatisfy(check -> assertThat(check).isCompleted());
            assertThat(progress.flushed().position()).isEqualTo(progress.appendedPosition());
            assertThat(progress.readable().position()).isEqualTo(progress.appendedPosition());
            long[][] next = new long[2][2];
            long position = 0;
            try (LogCursor cursor = new LogCursor(log)) {
                for (Sent one : sent) {
                    if (!(one.append().answer().join() instanceof Stored stored)) {
                        continue;
                    }
                    long[] queue = next[one.topic().charAt(1) - '0'];
                    assertThat(stored.queueOffset()).isEqualTo(queue[one.queueId()]);
                    for (long at : stored.positions()) {
                        assertThat(at).isGreaterThanOrEqualTo(position);
                        assertThat(cursor.look(at, progress.appendedPosition())).isEqualTo(LogCursor.Found.RECORD);
                        assertThat(cursor.record().isIntact()).isTrue();
                        assertThat(cursor.record().queueOffset()).isEqualTo(queue[one.queueId()]++);
                        position = cursor.nextPosition();
                    }
                    assertThat(Arrays.stream(stored.positions())
                                    .map(log::baseOf)
                                    .distinct()
                                    .count())
                            .isEqualTo(1);
                }
            }
            // The last of them ends the log.
            assertThat(position).isEqualTo(lastEnd());
        }

        private long lastEnd() {
            return sent.stream()
                    .filter(one -> one.append().answer().join() instanceof Stored)
                    .mapToLong(one -> one.append().end())
                    .max()
                    .orElse(0);
        }
    }
}
