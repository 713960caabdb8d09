package io.ternmq.broker.store.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.store.ArrivalListener;
import io.ternmq.broker.store.TopicQueue;
import io.ternmq.broker.store.file.DiskFiles;
import io.ternmq.broker.store.log.CommitLog;
import io.ternmq.broker.store.log.EncoderPool;
import io.ternmq.broker.store.log.ForcedMark;
import io.ternmq.broker.store.log.LogFiles;
import io.ternmq.broker.store.log.LogProgress;
import io.ternmq.broker.store.log.LogState;
import io.ternmq.broker.store.log.StoreHealth;
import io.ternmq.common.time.FakeClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
