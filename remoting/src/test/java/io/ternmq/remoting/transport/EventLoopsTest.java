package io.ternmq.remoting.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EventLoopsTest {

    @Test
    void whatANetworkThreadLeavesForLaterRunsOnItOnceItsWorkIsDone() throws Exception {
        List<String> order = new CopyOnWriteArrayList<>();
        CompletableFuture<Thread> worker = new CompletableFuture<>();
        CompletableFuture<Thread> later = new CompletableFuture<>();
        try (EventLoops loops = new EventLoops("after-round", 2)) {
            loops.after(Duration.ZERO, () -> {
                loops.afterRound(() -> {
                    order.add("later");
                    later.complete(Thread.currentThread());
                });
                order.add("work");
                worker.complete(Thread.currentThread());
            });

            assertThat(later.get(30, TimeUnit.SECONDS)).isSameAs(worker.get(30, TimeUnit.SECONDS));
        }
        assertThat(order).containsExactly("work", "later");
    }

    @Test
    void onAnotherThreadItRunsAtOnceAlsoWhenTheLoopsHaveEnded() {
        List<Thread> ran = new CopyOnWriteArrayList<>();
        EventLoops loops = new EventLoops("after-round", 1);

        loops.afterRound(() -> ran.add(Thread.currentThread()));
        loops.close();
        loops.afterRound(() -> ran.add(Thread.currentThread()));

        assertThat(ran).containsExactly(Thread.currentThread(), Thread.currentThread());
    }
}
