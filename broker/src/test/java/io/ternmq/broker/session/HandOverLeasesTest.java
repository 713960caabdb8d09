package io.ternmq.broker.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.common.message.MessageQueue;
import io.ternmq.common.time.FakeClock;
import io.ternmq.common.topic.GroupNames;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Leases of members that hand queues over to each other, beside those of ordered consumption. */
class HandOverLeasesTest {
    private static final String HAND_OVER = GroupNames.HAND_OVER_PREFIX + "G";

    private final FakeClock clock = new FakeClock();
    private final QueueLeases leases = new QueueLeases(clock, Duration.ofSeconds(60), 10);

    @Test
    void nextMemberGetsTheQueueWhenTheOneBeforeHasGivenItBack() {
        leases.lock(HAND_OVER, "one", queues(1));
        var meanwhile = leases.lock(HAND_OVER, "other", queues(1));

        leases.unlock(HAND_OVER, "one", queues(1));

        assertThat(meanwhile).isEmpty();
        assertThat(leases.lock(HAND_OVER, "other", queues(1))).hasSize(1);
    }

    @Test
    void ordersLeasesUnderTheGroupsOwnNameAreOthers() {
        leases.lock(HAND_OVER, "one", queues(1));

        assertThat(leases.lock("G", "other", queues(1))).hasSize(1);
    }

    @Test
    void theyLeaveHalfOfTheRoomToOrderedConsumptionAndAreGrantedWithoutBeingKept() {
        var granted = leases.lock(HAND_OVER, "one", queues(8));
        var ordered = leases.lock("G", "one", queues(5));

        assertThat(granted).hasSize(8);
        assertThat(ordered).hasSize(5);
        assertThat(leases.held()).isEqualTo(10);
        assertThat(leases.lock(HAND_OVER, "other", queues(8))).hasSize(3);
    }

    @Test
    void roomIsFreeAgainAfterLeasesEndOrExpire() {
        leases.lock(HAND_OVER, "one", queues(5));
        leases.unlock(HAND_OVER, "one", queues(2));
        leases.lock(HAND_OVER, "other", queues(2));
        int afterTheEnd = leases.held();
        clock.advance(Duration.ofSeconds(61));
        leases.expire();
        leases.lock(HAND_OVER, "third", queues(5));

        assertThat(afterTheEnd).isEqualTo(5);
        assertThat(leases.held()).isEqualTo(5);
        assertThat(leases.lock(HAND_OVER, "other", queues(5))).isEmpty();
    }

    private static List<MessageQueue> queues(int count) {
        return IntStream.range(0, count)
                .mapToObj(id -> new MessageQueue("T", "a", id))
                .toList();
    }
}
