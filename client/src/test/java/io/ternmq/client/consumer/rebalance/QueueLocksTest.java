package io.ternmq.client.consumer.rebalance;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.client.gateway.FakeServers;
import io.ternmq.client.gateway.Gateways;
import io.ternmq.client.route.NameServers;
import io.ternmq.client.route.RouteCache;
import io.ternmq.client.route.Routes;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.common.time.FakeClock;
import io.ternmq.common.work.FakeScheduler;
import io.ternmq.remoting.protocol.Nothing;
import io.ternmq.remoting.protocol.route.RouteRpcs;
import io.ternmq.remoting.protocol.session.LockAnswer;
import io.ternmq.remoting.protocol.session.SessionRpcs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Locks of queues that are consumed in order, stepped by hand. */
class QueueLocksTest {
    private static final String BROKER = Routes.addressOf("a");
    private static final MessageQueue QUEUE = new MessageQueue("T", "a", 0);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final FakeClock clock = new FakeClock();
    private final FakeScheduler scheduler = new FakeScheduler(clock);
    private final FakeServers servers = new FakeServers();
    private final Gateways gateways = Gateways.over(servers);
    private final RouteCache routes =
            new RouteCache(new NameServers(gateways.routes(), List.of("ns:9876"), 0, SECOND, clock), () -> 0);
    private final Set<MessageQueue> othersHave = new HashSet<>();
    private final Set<MessageQueue> busy = new HashSet<>();
    private final List<MessageQueue> regained = new ArrayList<>();
    private final QueueLocks locks = new QueueLocks(
            new ClaimRooms("G", "c1", routes, gateways.sessions(), SECOND, SECOND, scheduler, clock), new Recording());

    @BeforeEach
    void prepare() {
        servers.on(
                        "ns:9876",
                        RouteRpcs.GET_ROUTEINFO_BY_TOPIC,
                        question -> FakeServers.answer(
                                RouteRpcs.GET_ROUTEINFO_BY_TOPIC,
                                new Routes().broker("a", 4).build()))
                .on(
                        BROKER,
                        SessionRpcs.UNLOCK_BATCH_MQ,
                        question -> FakeServers.answer(SessionRpcs.UNLOCK_BATCH_MQ, Nothing.NOTHING));
        lockable();
        routes.find("T").toCompletableFuture().join();
        locks.start();
    }

    @Test
    void queueIsBegunWithOnceTheBrokerHasLentIt() {
        CompletableFuture<Void> claim = locks.claim(QUEUE).toCompletableFuture();
        boolean isDoneBefore = claim.isDone();
        scheduler.runDue();

        assertThat(isDoneBefore).isFalse();
        assertThat(claim).isCompleted();
        assertThat(locks.isHeld(QUEUE)).isTrue();
        assertThat(locks.lastLockMillis(QUEUE)).isEqualTo(clock.wallMillis());
    }

    @Test
    void queueThatAnotherMemberHasIsAskedForUntilItIsGivenBack() {
        othersHave.add(QUEUE);
        CompletableFuture<Void> claim = locks.claim(QUEUE).toCompletableFuture();
        scheduler.advance(SECOND);
        boolean isDoneBefore = claim.isDone();

        othersHave.clear();
        scheduler.advance(Duration.ofMillis(100));

        assertThat(isDoneBefore).isFalse();
        assertThat(claim).isCompleted();
    }

    @Test
    void lockIsRenewedEveryTwentySecondsAndNotMoreOften() {
        locks.claim(QUEUE);
        scheduler.runDue();

        scheduler.advance(Duration.ofSeconds(65));

        assertThat(servers.addresses(SessionRpcs.LOCK_BATCH_MQ)).hasSize(4);
        assertThat(locks.isHeld(QUEUE)).isTrue();
    }

    @Test
    void lockThatCannotBeRenewedIsOverHereAfterThirtySecondsAndGoesOnWhenTheBrokerIsBack() {
        locks.claim(QUEUE);
        scheduler.runDue();
        servers.refuse(BROKER, SessionRpcs.LOCK_BATCH_MQ);

        scheduler.advance(Duration.ofSeconds(29));
        boolean isHeldBefore = locks.isHeld(QUEUE);
        scheduler.advance(SECOND);
        boolean isHeldAfter = locks.isHeld(QUEUE);
        lockable();
        scheduler.advance(SECOND);

        assertThat(isHeldBefore).isTrue();
        assertThat(isHeldAfter).isFalse();
        assertThat(locks.isHeld(QUEUE)).isTrue();
        assertThat(regained).containsExactly(QUEUE);
    }

    @Test
    void lockLostToAnotherMemberEndsAtTheNextRenewal() {
        locks.claim(QUEUE);
        scheduler.runDue();

        othersHave.add(QUEUE);
        scheduler.advance(Duration.ofSeconds(21));
        boolean isHeld = locks.isHeld(QUEUE);
        othersHave.clear();
        scheduler.advance(SECOND);

        assertThat(isHeld).isFalse();
        assertThat(regained).containsExactly(QUEUE);
    }

    @Test
    void queueIsGivenBackOnlyWhenItsListenerIsDone() {
        locks.claim(QUEUE);
        scheduler.runDue();
        busy.add(QUEUE);

        locks.giveBack(QUEUE);
        scheduler.advance(Duration.ofSeconds(30));
        int unlocksBefore = unlocks();
        busy.clear();
        locks.idle(QUEUE);
        scheduler.runDue();

        assertThat(unlocksBefore).isZero();
        assertThat(unlocks()).isEqualTo(1);
        assertThat(locks.isHeld(QUEUE)).isFalse();
    }

    @Test
    void queueThatComesBackWhileItsListenerIsAtWorkIsBegunWithWhenThatIsDone() {
        locks.claim(QUEUE);
        scheduler.runDue();
        busy.add(QUEUE);
        locks.giveBack(QUEUE);

        CompletableFuture<Void> claim = locks.claim(QUEUE).toCompletableFuture();
        scheduler.advance(SECOND);
        boolean isDoneBefore = claim.isDone();
        busy.clear();
        locks.idle(QUEUE);
        scheduler.runDue();

        assertThat(isDoneBefore).isFalse();
        assertThat(claim).isCompleted();
        assertThat(unlocks()).isZero();
    }

    @Test
    void queueGivenBackWhileItIsAskedForDoesNotStayLocked() {
        CompletableFuture<io.ternmq.remoting.protocol.Reply> late = new CompletableFuture<>();
        servers.on(BROKER, SessionRpcs.LOCK_BATCH_MQ, question -> late);
        locks.claim(QUEUE);
        scheduler.runDue();

        locks.giveBack(QUEUE);
        late.complete(FakeServers.answer(SessionRpcs.LOCK_BATCH_MQ, new LockAnswer(List.of(QUEUE)))
                .join());
        scheduler.runDue();

        assertThat(locks.isHeld(QUEUE)).isFalse();
        assertThat(unlocks()).isEqualTo(2);
    }

    @Test
    void allQueuesAreGivenBackAtOnceAtTheEnd() {
        locks.claim(QUEUE);
        locks.claim(new MessageQueue("T", "a", 1));
        scheduler.runDue();

        CompletableFuture<Void> told = locks.giveBackAll().toCompletableFuture();

        assertThat(told).isCompleted();
        assertThat(unlocks()).isEqualTo(1);
        assertThat(locks.isHeld(QUEUE)).isFalse();
    }

    private int unlocks() {
        return servers.addresses(SessionRpcs.UNLOCK_BATCH_MQ).size();
    }

    private void lockable() {
        servers.on(
                BROKER,
                SessionRpcs.LOCK_BATCH_MQ,
                question -> FakeServers.answer(
                        SessionRpcs.LOCK_BATCH_MQ,
                        new LockAnswer(question.queues().stream()
                                .filter(queue -> !othersHave.contains(queue))
                                .toList())));
    }

    /** Says who is at work, and notes what is regained. */
    private final class Recording implements QueueLocks.Use {
        @Override
        public boolean isBusy(MessageQueue queue) {
            return busy.contains(queue);
        }

        @Override
        public void regained(MessageQueue queue) {
            regained.add(queue);
        }
    }
}
