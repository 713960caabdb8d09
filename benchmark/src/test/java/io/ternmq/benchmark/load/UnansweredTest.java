package io.ternmq.benchmark.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class UnansweredTest {
    private static final int MAX = 8;

    private final Unanswered unanswered = new Unanswered(MAX);

    @Test
    void aSenderGoesOnOnceAQuarterIsAnswered() throws Exception {
        for (int sent = 0; sent < MAX; sent++) {
            unanswered.sending();
        }
        AtomicInteger steps = new AtomicInteger();
        FutureTask<Void> sending = new FutureTask<>(() -> {
            unanswered.sending();
            steps.incrementAndGet();
            return null;
        });
        Thread sender = new Thread(sending, "sender");
        sender.start();
        awaitWaiting(sender);

        unanswered.answered();
        awaitWaiting(sender); // for the second of two
        assertThat(steps).hasValue(0);

        unanswered.answered();
        sending.get();
        assertThat(steps).hasValue(1);
    }

    @Test
    void allAnsweredIsWaitedFor() throws Exception {
        unanswered.sending();
        Thread answering = new Thread(unanswered::answered, "answering");
        answering.start();

        assertThat(unanswered.awaitNone(TimeUnit.MINUTES.toSeconds(1))).isTrue();
        answering.join();
    }

    @Test
    void theTimeIsUpWhileOneIsUnanswered() throws Exception {
        unanswered.sending();

        assertThat(unanswered.awaitNone(0)).isFalse();
    }

    @Test
    void aWindowOfOneIsOneAtATime() throws Exception {
        Unanswered one = new Unanswered(1);
        for (int sent = 0; sent < 3; sent++) {
            one.sending();
            Thread answering = new Thread(one::answered, "answering");
            answering.start();
        }

        assertThat(one.awaitNone(TimeUnit.MINUTES.toSeconds(1))).isTrue();
    }

    private static void awaitWaiting(Thread thread) {
        await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
    }
}
