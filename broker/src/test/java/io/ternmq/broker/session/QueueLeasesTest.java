package io.ternmq.broker.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.common.message.MessageQueue;
import io.ternmq.common.time.FakeClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class QueueLeasesTest {
    private static final Duration LIFETIME = Duration.ofSeconds(60);
    private static final MessageQueue Q0 = new MessageQueue("T", "broker-a", 0);
    private static final MessageQueue Q1 = new MessageQueue("T", "broker-a", 1);
    private static final MessageQueue Q2 = new MessageQueue("T", "broker-a", 2);

    private final FakeClock clock = new FakeClock();
    private final QueueLeases leases = new QueueLeases(clock, LIFETIME, 2);

    @Test
    void freeQueueIsGrantedAndThenRefusedToOthers() {
        assertThat(leases.lock("G", "one", List.of(Q0))).containsExactly(Q0);

        assertThat(leases.lock("G", "two", List.of(Q0))).isEmpty();
        assertThat(leases.lock("H", "two", List.of(Q0))).containsExactly(Q0);
    }

    @Test
    void renewalKeepsALeaseAlive() {
        leases.lock("G", "one", List.of(Q0));
        clock.advance(LIFETIME.minusSeconds(1));
        leases.lock("G", "one", List.of(Q0));
        clock.advance(LIFETIME.minusSeconds(1));

        assertThat(leases.lock("G", "two", List.of(Q0))).isEmpty();
    }

    @Test
    void leaseThatWasNotRenewedGoesToWhoeverAsks() {
        leases.lock("G", "one", List.of(Q0));
        clock.advance(LIFETIME);

        assertThat(leases.lock("G", "two", List.of(Q0))).containsExactly(Q0);
        assertThat(leases.lock("G", "one", List.of(Q0))).isEmpty();
    }

    @Test
    void onlyTheHolderCanUnlock() {
        leases.lock("G", "one", List.of(Q0));

        leases.unlock("G", "two", List.of(Q0));
        assertThat(leases.lock("G", "two", List.of(Q0))).isEmpty();

        leases.unlock("G", "one", List.of(Q0));
        assertThat(leases.lock("G", "two", List.of(Q0))).containsExactly(Q0);
    }

    @Test
    void groupConsumesInOrderWhileOneOfItsLeasesIsAlive() {
        assertThat(leases.isHeld("G")).isFalse();

        leases.lock("G", "one", List.of(Q0));
        assertThat(leases.isHeld("G")).isTrue();
        assertThat(leases.isHeld("H")).isFalse();

        clock.advance(LIFETIME);
        assertThat(leases.isHeld("G")).isFalse();
    }

    @Test
    void atTheLimitOnlyHeldLeasesAreRenewed() {
        assertThat(leases.lock("G", "one", List.of(Q0, Q1, Q2))).containsExactlyInAnyOrder(Q0, Q1);

        assertThat(leases.lock("H", "two", List.of(Q2))).isEmpty();
        assertThat(leases.lock("G", "one", List.of(Q1))).containsExactly(Q1);

        leases.unlock("G", "one", List.of(Q0));
        assertThat(leases.lock("H", "two", List.of(Q2))).containsExactly(Q2);
    }

    @Test
    void expiredLeasesAreForgotten() {
        leases.lock("G", "one", List.of(Q0));
        clock.advance(LIFETIME.dividedBy(2));
        leases.lock("H", "two", List.of(Q1));
        clock.advance(LIFETIME.dividedBy(2));

        leases.expire();

        assertThat(leases.held()).isEqualTo(1);
    }

    @Test
    void leaseEndsToTheMomentAfterItsLastRenewal() {
        leases.lock("G", "one", List.of(Q0));
        clock.advance(LIFETIME.minusMillis(1));
        assertThat(leases.lock("G", "two", List.of(Q0))).isEmpty();

        clock.advance(Duration.ofMillis(1));
        assertThat(leases.lock("G", "two", List.of(Q0))).containsExactly(Q0);
    }

    @Test
    void partOfWhatIsWantedIsGrantedAndHeldByGroupAndClient() {
        leases.lock("G", "one", List.of(Q0));

        assertThat(leases.lock("G", "two", List.of(Q0, Q1))).containsExactly(Q1);
        assertThat(leases.lock("G", "one", List.of(Q0, Q1))).containsExactly(Q0);
        assertThat(leases.lock("G", "one", List.of())).isEmpty();
    }

    @Test
    void unknownGroupAndQueueAreNothingToUnlock() {
        leases.unlock("Nobody", "one", List.of(Q0));
        leases.lock("G", "one", List.of(Q0));
        leases.unlock("G", "one", List.of(Q1));

        assertThat(leases.held()).isEqualTo(1);
        leases.unlock("G", "one", List.of(Q0));
        assertThat(leases.held()).isZero();
    }

    @Test
    void queueThatStandsTwiceCountsOnce() {
        assertThat(leases.lock("G", "one", List.of(Q0, Q0))).containsExactly(Q0);

        assertThat(leases.held()).isEqualTo(1);
    }
}
