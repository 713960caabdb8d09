package io.ternmq.broker.store.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class CachedReachTest {
    @Test
    void isWhatAnOperatorHasSet() {
        CachedReach reach = new CachedReach(4096, () -> {
            throw new AssertionError("nobody needs to know");
        });

        assertThat(reach.bytes()).isEqualTo(4096);
    }

    @Test
    void isPartOfTheMachinesMemoryOtherwiseWhichIsAskedForOnce() {
        AtomicInteger asked = new AtomicInteger();
        CachedReach reach = new CachedReach(0, () -> asked.incrementAndGet() * 1_000L);

        assertThat(asked).hasValue(0);
        assertThat(reach.bytes()).isEqualTo(400);
        assertThat(reach.bytes()).isEqualTo(400);
    }

    @Test
    void theMachineHasSome() {
        assertThat(new CachedReach(0).bytes()).isGreaterThan(1 << 20);
    }
}
