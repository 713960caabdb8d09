package io.ternmq.common.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class StopSignalTest {
    private final StopSignal signal = new StopSignal("server", Duration.ofSeconds(30));
    private final AtomicInteger closed = new AtomicInteger();

    @Test
    void whatRunsIsClosedAndWhoeverWaitsGoesOn() throws Exception {
        signal.runs(closed::incrementAndGet);

        signal.stop();

        signal.await();
        assertThat(closed).hasValue(1);
    }

    @Test
    void anOrderThatComesDuringTheStartIsCarriedOutAfterIt() throws Exception {
        Thread stopping = new Thread(signal::stop);
        stopping.start();
        await().until(() -> stopping.getState() == Thread.State.TIMED_WAITING);
        assertThat(closed).hasValue(0);

        signal.runs(closed::incrementAndGet);

        signal.await();
        assertThat(closed).hasValue(1);
        stopping.join();
    }

    @Test
    void aStartThatFailedLeavesNothingToWaitFor() throws Exception {
        signal.nothingRuns();

        signal.stop();

        signal.await();
        assertThat(closed).hasValue(0);
    }

    @Test
    void aStartThatTakesTooLongIsNotWaitedForForEver() throws Exception {
        StopSignal impatient = new StopSignal("server", Duration.ofMillis(1));

        impatient.stop();

        impatient.await();
        assertThat(closed).hasValue(0);
    }

    @Test
    void whatFailsToCloseDoesNotKeepTheProcess() throws Exception {
        signal.runs(() -> {
            throw new IllegalStateException("cannot");
        });

        signal.stop();

        signal.await();
    }
}
