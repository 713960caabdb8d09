package io.ternmq.broker.store.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.store.ArrivalListener;
import io.ternmq.broker.store.Projection;
import io.ternmq.broker.store.TopicQueue;
import io.ternmq.broker.store.dispatch.LogDispatcher.Feed;
import io.ternmq.broker.store.file.DiskFiles;
import io.ternmq.broker.store.log.CommitLog;
import io.ternmq.broker.store.log.EncoderPool;
import io.ternmq.broker.store.log.ForcedMark;
import io.ternmq.broker.store.log.LogFiles;
import io.ternmq.broker.store.log.LogProgress;
import io.ternmq.broker.store.log.LogState;
import io.ternmq.broker.store.log.StoreHealth;
import io.ternmq.common.message.MessageRecord;
import io.ternmq.common.time.Clock;
import io.ternmq.common.time.FakeClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogDispatcherTest {
    @TempDir
    private Path root;

    private final FakeClock clock = new FakeClock();
    private final Waiter waiter = new Waiter();

    @Test
    void recordsGatherOnceNobodyHasWaitedForThemForAWhile() throws IOException {
        try (CommitLog log = new LogFiles(new DiskFiles()).open(root, 1 << 20)) {
            LogState state =
                    new LogState(log, new LogProgress(0, 0), new StoreHealth(), new EncoderPool(), ForcedMark.NONE);
            LogDispatcher dispatcher = new LogDispatcher(state, List.of(), List.of(waiter), clock);

            waiter.isAwaited = true;
            clock.advance(Linger.AWAITED_FOR.multipliedBy(2));
            assertThat(dispatcher.lingerNanos()).isEqualTo(Linger.EACH.toNanos());

            waiter.isAwaited = false;
            clock.advance(Linger.AWAITED_FOR);
            assertThat(dispatcher.lingerNanos()).isEqualTo(Linger.EACH.toNanos());
            clock.advance(Linger.EACH);
            assertThat(dispatcher.lingerNanos()).isEqualTo(Linger.UNAWAITED.toNanos());

            waiter.isAwaited = true;
            assertThat(dispatcher.lingerNanos()).isEqualTo(Linger.EACH.toNanos());
            dispatcher.close();
        }
    }

    @Test
    void nextAttemptIsCountedFromBeforeTheRefusalIsSeen() throws IOException {
        try (CommitLog log = new LogFiles(new DiskFiles()).open(root, 1 << 20)) {
            StoreHealth health = new StoreHealth();
            LogState state = new LogState(log, new LogProgress(64, 64), health, new EncoderPool(), ForcedMark.NONE);
            Clock leaping = new LeapingClock(() -> health.refusal().isPresent());
            Lacking projection = new Lacking();
            LogDispatcher dispatcher = new LogDispatcher(state, List.of(new Feed(projection, 0)), List.of(), leaping);

            dispatcher.doWork();
            assertThat(health.refusal().orElseThrow().detail()).contains("lacking", "no room");

            projection.hasRoom = true;
            dispatcher.doWork();
            assertThat(health.refusal()).isEmpty();
            dispatcher.close();
        }
    }

    /** Shows a time beyond the next attempt from when something can be seen to have happened. */
    private static final class LeapingClock implements Clock {
        private final BooleanSupplier hasHappened;

        LeapingClock(BooleanSupplier hasHappened) {
            this.hasHappened = hasHappened;
        }

        @Override
        public long wallMillis() {
            return 0;
        }

        @Override
        public long monotonicNanos() {
            return hasHappened.getAsBoolean() ? LogDispatcher.SPACE_RETRY.toNanos() : 0;
        }
    }

    /** Has no room for what it is given, and is behind. */
    private static final class Lacking implements Projection {
        private boolean hasRoom;

        @Override
        public String name() {
            return "lacking";
        }

        @Override
        public void rewindTo(long position) {
            throw new AssertionError("it is not rewound here");
        }

        @Override
        public boolean mayLag() {
            return true;
        }

        @Override
        public void project(MessageRecord record) {
            throw new AssertionError("there are no records");
        }

        @Override
        public Optional<String> settle() {
            return hasRoom ? Optional.empty() : Optional.of("no room");
        }

        @Override
        public Forcing takeUnforced() {
            throw new AssertionError("nothing is forced here");
        }

        @Override
        public void prune(long minPosition) {
            throw new AssertionError("nothing is removed here");
        }
    }

    private static final class Waiter implements ArrivalListener {
        private boolean isAwaited;

        @Override
        public void attached(Runnable ring) {
            throw new AssertionError("nobody attaches listeners here");
        }

        @Override
        public void arrived(TopicQueue queue, long queueOffset, long tagsHash) {
            throw new AssertionError("nothing arrives here");
        }

        @Override
        public int doWork() {
            return 0;
        }

        @Override
        public boolean takeAwaited() {
            return isAwaited;
        }
    }
}
