package io.ternmq.client.consumer.rebalance;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.ternmq.client.Namespace;
import io.ternmq.client.consumer.offset.BrokerOffsets;
import io.ternmq.client.consumer.offset.GroupOffsets;
import io.ternmq.client.consumer.offset.StartOffsets;
import io.ternmq.client.consumer.pulling.ProcessQueue;
import io.ternmq.client.consumer.pulling.PullRooms;
import io.ternmq.client.consumer.pulling.PullSettings;
import io.ternmq.client.consumer.pulling.QueueLimits;
import io.ternmq.client.consumer.pulling.QueuePuller;
import io.ternmq.client.consumer.pulling.Subscriptions;
import io.ternmq.client.exception.MQClientException;
import io.ternmq.client.gateway.FakeServers;
import io.ternmq.client.gateway.Gateways;
import io.ternmq.client.route.NameServers;
import io.ternmq.client.route.RouteCache;
import io.ternmq.client.route.Routes;
import io.ternmq.client.session.HeartbeatsOf;
import io.ternmq.common.message.MessageExt;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.common.time.FakeClock;
import io.ternmq.common.work.FakeScheduler;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.offset.OffsetRpcs;
import io.ternmq.remoting.protocol.pull.PullRequest;
import io.ternmq.remoting.protocol.pull.PullRpcs;
import io.ternmq.remoting.protocol.route.RouteRpcs;
import io.ternmq.remoting.protocol.session.HeartbeatAnswer;
import io.ternmq.remoting.protocol.session.LockRequest;
import io.ternmq.remoting.protocol.session.SessionRpcs;
import io.ternmq.remoting.protocol.session.StartFrom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** How a queue goes from one member to the next, stepped by hand. */
class HandOverTest {
    private static final String BROKER = Routes.addressOf("a");
    private static final MessageQueue QUEUE = new MessageQueue("T", "a", 0);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration WAIT = Duration.ofSeconds(10);
    private static final Set<String> BOTH = Set.of("one", "other");

    private final FakeClock clock = new FakeClock();
    private final FakeScheduler scheduler = new FakeScheduler(clock);
    private final FakeServers servers = new FakeServers();
    private final Gateways gateways = Gateways.over(servers);
    private final LeasingBroker broker = new LeasingBroker();
    private final RouteCache routes =
            new RouteCache(new NameServers(gateways.routes(), List.of("ns:9876"), 0, SECOND, clock), () -> 0);
    private final Subscriptions subscriptions = new Subscriptions(clock);
    private final Member one = new Member("one", WAIT);
    private final Member other = new Member("other", WAIT);

    @BeforeEach
    void prepare() throws MQClientException {
        servers.on(
                        "ns:9876",
                        RouteRpcs.GET_ROUTEINFO_BY_TOPIC,
                        question -> FakeServers.answer(
                                RouteRpcs.GET_ROUTEINFO_BY_TOPIC,
                                new Routes().broker("a", 1).build()))
                .on(
                        BROKER,
                        SessionRpcs.HEART_BEAT,
                        question -> FakeServers.answer(SessionRpcs.HEART_BEAT, new HeartbeatAnswer(true, true)));
        broker.serve(servers, BROKER);
        routes.find("T").toCompletableFuture().join();
        subscriptions.putAll("T");
        broker.offsets().put(0, 100L);
    }

    @Test
    void nextOwnerBeginsWhenTheOneBeforeHasFinishedAndBeginsWhereThatEnded() {
        one.shares(BOTH, QUEUE);
        List<ProcessQueue.Held> held = one.pulled(100, 101, 102);
        one.begin(held.subList(0, 2));

        one.shares(BOTH);
        other.shares(BOTH, QUEUE);
        scheduler.advance(SECOND);
        boolean hasBegunBefore = other.has(QUEUE);
        one.done(held.subList(0, 2));
        scheduler.advance(SECOND);

        assertThat(hasBegunBefore).isFalse();
        assertThat(other.has(QUEUE)).isTrue();
        assertThat(other.startOffset()).isEqualTo(102);
        assertThat(one.begin(held.subList(2, 3))).isFalse();
        assertThat(broker.offsets()).containsEntry(0, 102L);
    }

    @Test
    void queueThatIsBegunWithWhileTheMemberEndsIsNotPulled() {
        one.whileMaking = one.assigned::close;

        one.shares(BOTH, QUEUE);

        assertThat(one.has(QUEUE)).isTrue();
        assertThat(one.processQueue().isPulled()).isFalse();
        assertThat(servers.questions(PullRpcs.PULL_MESSAGE, PullRequest.class)).isEmpty();
    }

    @Test
    void leasesAreRenewedWithTheRoundsOfSharingOut() {
        one.shares(BOTH, QUEUE);
        scheduler.advance(SECOND.multipliedBy(14));
        one.assigned.keepTopics(Set.of("T"));
        int beforeItIsTime = locks();
        scheduler.advance(SECOND);
        one.assigned.keepTopics(Set.of("T"));
        int withTheRound = locks();
        scheduler.advance(SECOND.multipliedBy(10));
        one.assigned.keepTopics(Set.of("T"));

        assertThat(beforeItIsTime).isEqualTo(1); // that with which it was taken
        assertThat(withTheRound).isEqualTo(2);
        assertThat(locks()).isEqualTo(2);
    }

    @Test
    void leasesAreRenewedAlsoWhileNothingIsSharedOut() {
        one.shares(BOTH, QUEUE);

        scheduler.advance(SECOND.multipliedBy(60));

        assertThat(locks()).isEqualTo(1 + 3);
    }

    @Test
    void waitForTheOneBeforeIsBounded() {
        one.shares(BOTH, QUEUE);
        one.begin(one.pulled(100));
        broker.leases().put(QUEUE, "somebody who never gives back");

        other.shares(BOTH, QUEUE);
        scheduler.advance(WAIT.minus(SECOND));
        boolean hasBegunBefore = other.has(QUEUE);
        scheduler.advance(SECOND.multipliedBy(2));

        assertThat(hasBegunBefore).isFalse();
        assertThat(other.has(QUEUE)).isTrue();
    }

    @Test
    void memberThatFinishesTooLateLosesTheQueueAndMovesTheOffsetNoMore() {
        one.shares(BOTH, QUEUE);
        List<ProcessQueue.Held> held = one.pulled(100);
        one.begin(held);

        one.shares(BOTH);
        scheduler.advance(WAIT.plus(SECOND));
        one.done(held);
        scheduler.advance(SECOND);

        assertThat(broker.leases()).isEmpty();
        assertThat(broker.offsets()).containsEntry(0, 100L);
    }

    @Test
    void memberOfAnotherMakeIsNotWaitedFor() {
        other.shares(BOTH, QUEUE); // nobody has a lease

        assertThat(other.has(QUEUE)).isTrue();
        assertThat(broker.leases()).containsEntry(QUEUE, "other");
    }

    @Test
    void memberThatIsGoneIsNotWaitedForAndItsLeaseEnds() {
        one.shares(BOTH, QUEUE);
        other.shares(BOTH);

        other.shares(Set.of("other", "third"), QUEUE);

        assertThat(other.has(QUEUE)).isTrue();
        assertThat(broker.leases()).containsEntry(QUEUE, "other");
    }

    @Test
    void memberThatCameAfterTheOneThatIsGoneNeedNotWaitEither() {
        one.shares(BOTH, QUEUE);
        other.shares(BOTH);

        other.shares(Set.of("other", "new"));
        Member fresh = new Member("new", WAIT);
        fresh.shares(Set.of("other", "new"), QUEUE);

        assertThat(fresh.has(QUEUE)).isTrue();
    }

    @Test
    void loneMemberWaitsForNobody() {
        broker.leases().put(QUEUE, "one in an earlier life");

        other.shares(Set.of("other"), QUEUE);
        scheduler.runDue();

        assertThat(other.has(QUEUE)).isTrue();
    }

    @Test
    void nextOwnerOfAnotherMakeThatCameFurtherIsNotSetBack() {
        one.shares(BOTH, QUEUE);
        List<ProcessQueue.Held> held = one.pulled(100, 101);
        one.begin(held);

        one.shares(BOTH);
        broker.offsets().put(0, 500L);
        one.done(held);
        scheduler.advance(SECOND);

        assertThat(broker.offsets()).containsEntry(0, 500L);
    }

    @Test
    void whatWasConsumedBeforeIsCommittedAsTheQueueIsTakenAway() {
        one.shares(BOTH, QUEUE);
        List<ProcessQueue.Held> held = one.pulled(100, 101);
        one.begin(held);
        one.done(held.subList(0, 1));
        one.offsets.advance(QUEUE, 101);

        one.shares(BOTH); // message 101 is still being consumed

        assertThat(broker.offsets()).containsEntry(0, 101L);
    }

    @Test
    void queueThatComesBackWhileItIsLeftIsBegunWithAfterwards() {
        one.shares(BOTH, QUEUE);
        List<ProcessQueue.Held> held = one.pulled(100);
        one.begin(held);

        one.shares(BOTH);
        one.shares(Set.of("one"), QUEUE);
        boolean hasBegunBefore = one.has(QUEUE);
        one.done(held);
        scheduler.runDue();

        assertThat(hasBegunBefore).isFalse();
        assertThat(one.has(QUEUE)).isTrue();
        assertThat(one.startOffset()).isEqualTo(101);
    }

    @Test
    void claimThatIsWithdrawnWhileItWaitsLeavesNoLease() {
        broker.leases().put(QUEUE, "one");
        other.shares(BOTH, QUEUE);

        other.shares(BOTH);
        broker.leases().clear();
        scheduler.advance(SECOND);

        assertThat(other.has(QUEUE)).isFalse();
        assertThat(broker.leases()).isEmpty();
    }

    @Test
    void leasesAreRenewedAndGivenBackAtTheEnd() {
        one.shares(BOTH, QUEUE);
        broker.leases().clear(); // as after a restart of the broker
        scheduler.advance(Duration.ofSeconds(21));
        boolean isLeasedAgain = broker.leases().containsKey(QUEUE);

        one.assigned.close();
        one.assigned.giveBackAll();
        scheduler.runDue();

        assertThat(isLeasedAgain).isTrue();
        assertThat(broker.leases()).isEmpty();
    }

    @Test
    void memberThatEndsWhileItLeavesAQueueCommitsWhatItFinished() {
        one.shares(BOTH, QUEUE);
        List<ProcessQueue.Held> held = one.pulled(100, 101);
        one.begin(held);
        one.shares(BOTH);

        one.assigned.close();
        one.done(held);
        one.offsets.advance(QUEUE, 102); // what the listener's thread does after the end of each message
        one.assigned.giveBackAll();
        scheduler.runDue();

        assertThat(broker.offsets()).containsEntry(0, 102L);
        assertThat(broker.leases()).isEmpty();
    }

    @Test
    void brokerWithoutLeasesIsUsedAsEver() {
        servers.refuse(BROKER, SessionRpcs.LOCK_BATCH_MQ);

        one.shares(BOTH, QUEUE);

        assertThat(one.has(QUEUE)).isTrue();
    }

    @Test
    void queueAssignedByHandIsNobodysToWaitFor() {
        broker.leases().put(QUEUE, "somebody");

        one.assigned.assign("T", Set.of(QUEUE));
        scheduler.runDue();

        assertThat(one.has(QUEUE)).isTrue();
        assertThat(servers.addresses(SessionRpcs.LOCK_BATCH_MQ)).isEmpty();
    }

    @Test
    void leasesAreUnderANameThatSaysNothingOfOrderedConsumption() {
        one.shares(BOTH, QUEUE);

        assertThat(servers.questions(SessionRpcs.LOCK_BATCH_MQ, LockRequest.class))
                .extracting(LockRequest::consumerGroup)
                .containsExactly("%HANDOVER%G");
    }

    @Test
    void startThatFailsGivesTheLeaseBack() {
        servers.refuse(BROKER, OffsetRpcs.QUERY_CONSUMER_OFFSET);

        one.shares(BOTH, QUEUE);

        assertThat(one.has(QUEUE)).isFalse();
        assertThat(broker.leases()).isEmpty();
    }

    @Test
    void logSaysOnceWhyAQueueCannotBeBegunWithAndAgainWhenTheReasonIsAnother() {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(AssignedQueues.class);
        lines.start();
        logger.addAppender(lines);
        try {
            refuseOffsets("first reason");
            one.shares(BOTH, QUEUE);
            one.shares(BOTH, QUEUE);
            refuseOffsets("second reason");
            one.shares(BOTH, QUEUE);
            one.shares(BOTH, QUEUE);
        } finally {
            logger.detachAppender(lines);
        }

        assertThat(lines.list)
                .filteredOn(line -> line.getLevel() == Level.WARN)
                .extracting(ILoggingEvent::getFormattedMessage)
                .satisfiesExactly(
                        first -> assertThat(first).contains("first reason"),
                        second -> assertThat(second).contains("second reason"));
    }

    private void refuseOffsets(String reason) {
        servers.on(
                BROKER,
                OffsetRpcs.QUERY_CONSUMER_OFFSET,
                question -> FakeServers.refusal(ResponseCode.SYSTEM_ERROR, reason));
    }

    private int locks() {
        return servers.questions(SessionRpcs.LOCK_BATCH_MQ, LockRequest.class).size();
    }

    /** One member of the group. */
    private final class Member implements QueuePuller.Sink {
        private final GroupOffsets offsets =
                new GroupOffsets("G", new BrokerOffsets("G", routes, gateways.offsets(), SECOND));
        private final LeasedQueues leases;
        private final AssignedQueues assigned;
        private Runnable whileMaking = () -> {}; // what else happens while a puller is being made

        private Member(String clientId, Duration wait) {
            leases = new LeasedQueues(
                    new ClaimRooms("G", clientId, routes, gateways.sessions(), SECOND, wait, scheduler, clock));
            leases.start();
            PullRooms rooms = new PullRooms(
                    new PullSettings("G", Namespace.NONE, 32, WAIT, WAIT, Duration.ZERO, SECOND, false, false),
                    subscriptions,
                    routes,
                    HeartbeatsOf.client(clientId, routes, gateways.sessions()),
                    gateways.pulls(),
                    offsets,
                    messages -> {},
                    scheduler,
                    clock);
            assigned = new AssignedQueues(
                    "G",
                    new StartOffsets(
                            offsets, routes, gateways.offsets(), StartFrom.CONSUME_FROM_LAST_OFFSET, 0, SECOND),
                    offsets,
                    (queue, start) -> {
                        whileMaking.run();
                        return new QueuePuller(
                                queue, new ProcessQueue(new QueueLimits(10, 1_000, 100), start), start, rooms, this);
                    },
                    leases,
                    scheduler,
                    () -> {});
        }

        private void shares(Set<String> members, MessageQueue... mine) {
            assigned.membersAre("T", members);
            assigned.assign("T", Set.of(mine));
            scheduler.runDue();
        }

        private boolean has(MessageQueue queue) {
            return assigned.find(queue).isPresent();
        }

        private List<ProcessQueue.Held> pulled(long... queueOffsets) {
            return processQueue()
                    .add(
                            LongStream.of(queueOffsets)
                                    .mapToObj(HandOverTest::message)
                                    .toList(),
                            queueOffsets[queueOffsets.length - 1] + 1);
        }

        private ProcessQueue processQueue() {
            return held.orElseGet(() -> assigned.find(QUEUE).orElseThrow().processQueue());
        }

        private Optional<ProcessQueue> held = Optional.empty(); // where messages were begun, whoever's that is by now

        private boolean begin(List<ProcessQueue.Held> messages) {
            held = Optional.of(processQueue());
            return processQueue().begin(messages, clock.monotonicNanos());
        }

        private void done(List<ProcessQueue.Held> messages) {
            processQueue().done(messages, clock.wallMillis());
        }

        private long startOffset() {
            List<PullRequest> pulls = servers.questions(PullRpcs.PULL_MESSAGE, PullRequest.class);
            return pulls.get(pulls.size() - 1).queueOffset();
        }

        @Override
        public void arrived(QueuePuller from, List<ProcessQueue.Held> messages) {
            throw new AssertionError("the broker answers no pull");
        }

        @Override
        public void passedOver(QueuePuller from) {
            throw new AssertionError("the broker answers no pull");
        }

        @Override
        public void movedTo(QueuePuller from, long next) {
            throw new AssertionError("the broker answers no pull");
        }

        @Override
        public void left(QueuePuller from) {
            offsets.advance(from.queue(), from.processQueue().committableOffset());
        }
    }

    private static MessageExt message(long queueOffset) {
        MessageExt message = new MessageExt();
        message.setQueueOffset(queueOffset);
        message.setBody(new byte[1]);
        return message;
    }
}
