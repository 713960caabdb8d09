package io.ternmq.client.consumer.pulling;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.client.Namespace;
import io.ternmq.client.consumer.offset.BrokerOffsets;
import io.ternmq.client.consumer.offset.GroupOffsets;
import io.ternmq.client.exception.MQClientException;
import io.ternmq.client.gateway.FakeServers;
import io.ternmq.client.gateway.Gateways;
import io.ternmq.client.route.NameServers;
import io.ternmq.client.route.RouteCache;
import io.ternmq.client.route.Routes;
import io.ternmq.client.session.HeartbeatsOf;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.common.time.FakeClock;
import io.ternmq.common.work.FakeScheduler;
import io.ternmq.remoting.frame.Body;
import io.ternmq.remoting.protocol.Nothing;
import io.ternmq.remoting.protocol.Reply;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.offset.OffsetRpcs;
import io.ternmq.remoting.protocol.pull.PullAnswer;
import io.ternmq.remoting.protocol.pull.PullRequest;
import io.ternmq.remoting.protocol.pull.PullRpcs;
import io.ternmq.remoting.protocol.route.RouteRpcs;
import io.ternmq.remoting.protocol.session.HeartbeatAnswer;
import io.ternmq.remoting.protocol.session.SessionRpcs;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The steps of pulling one queue, stepped by hand. */
class QueuePullerTest {
    private static final String BROKER = Routes.addressOf("a");
    private static final MessageQueue QUEUE = new MessageQueue("T", "a", 0);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final FakeClock clock = new FakeClock();
    private final FakeScheduler scheduler = new FakeScheduler(clock);
    private final FakeServers servers = new FakeServers();
    private final Gateways gateways = Gateways.over(servers);
    private final RouteCache routes =
            new RouteCache(new NameServers(gateways.routes(), List.of("ns:9876"), 0, PAUSE, clock), () -> 0);
    private final Subscriptions subscriptions = new Subscriptions(clock);
    private final GroupOffsets offsets =
            new GroupOffsets("G", new BrokerOffsets("G", routes, gateways.offsets(), PAUSE));
    private final ProcessQueue processQueue = new ProcessQueue(new QueueLimits(10, 1_000, 100), 5);
    private final Deque<CompletableFuture<Reply>> answers = new ArrayDeque<>();
    private final List<Long> moved = new ArrayList<>();
    private final List<Long> passed = new ArrayList<>();
    private QueuePuller puller;

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
                        question -> FakeServers.answer(SessionRpcs.HEART_BEAT, new HeartbeatAnswer(true, true)))
                .on(
                        BROKER,
                        PullRpcs.PULL_MESSAGE,
                        question -> answers.isEmpty() ? new CompletableFuture<>() : answers.remove());
        routes.find("T").toCompletableFuture().join();
        subscriptions.putAll("T");
        PullRooms rooms = new PullRooms(
                new PullSettings(
                        "G",
                        Namespace.NONE,
                        32,
                        Duration.ofSeconds(15),
                        Duration.ofSeconds(30),
                        Duration.ZERO,
                        PAUSE,
                        false,
                        false),
                subscriptions,
                routes,
                HeartbeatsOf.client("c", routes, gateways.sessions()),
                gateways.pulls(),
                offsets,
                messages -> {},
                scheduler,
                clock);
        puller = new QueuePuller(QUEUE, processQueue, 5, rooms, new Recording());
    }

    @Test
    void brokerHearsAHeartbeatBeforeTheFirstPull() {
        puller.pull();

        assertThat(servers.addresses(SessionRpcs.HEART_BEAT)).containsExactly(BROKER);
        assertThat(pulls()).hasSize(1);
        assertThat(pulls().get(0).queueOffset()).isEqualTo(5);
        assertThat(pulls().get(0).suspendMillis()).isEqualTo(15_000);
        assertThat(pulls().get(0).maySuspend()).isTrue();
        assertThat(pulls().get(0).hasSubscription()).isFalse();
    }

    @Test
    void answerWithoutMessagesIsFollowedByAPullFromWhereItSays() {
        answers.add(nothing(ResponseCode.PULL_NOT_FOUND, 5));
        answers.add(nothing(ResponseCode.PULL_RETRY_IMMEDIATELY, 40));

        puller.pull();

        assertThat(pulls()).extracting(PullRequest::queueOffset).containsExactly(5L, 5L, 40L);
        assertThat(passed).containsExactly(5L, 40L);
    }

    @Test
    void failureIsFollowedByAnotherHeartbeatAndPullAfterThePause() {
        answers.add(FakeServers.refusal(ResponseCode.SUBSCRIPTION_NOT_EXIST, "who are you"));

        puller.pull();
        int before = pulls().size();
        scheduler.advance(PAUSE);

        assertThat(before).isEqualTo(1);
        assertThat(pulls()).hasSize(2);
        assertThat(servers.addresses(SessionRpcs.HEART_BEAT)).hasSize(2);
    }

    @Test
    void flowControlOfTheBrokerIsFollowedByAPullSoonAfter() {
        answers.add(FakeServers.refusal(ResponseCode.FLOW_CONTROL, "slower"));

        puller.pull();
        scheduler.advance(Duration.ofMillis(20));

        assertThat(pulls()).hasSize(2);
    }

    @Test
    void offsetOutsideTheQueueIsHandedOnAndPullingEnds() {
        answers.add(nothing(ResponseCode.PULL_OFFSET_MOVED, 100));

        puller.pull();

        assertThat(moved).containsExactly(100L);
        assertThat(pulls()).hasSize(1);
    }

    @Test
    void droppedQueueIsNotPulledAgain() {
        CompletableFuture<Reply> late = new CompletableFuture<>();
        answers.add(late);
        puller.pull();

        processQueue.drop();
        late.complete(nothing(ResponseCode.PULL_NOT_FOUND, 7).join());
        scheduler.advance(Duration.ofMinutes(1));

        assertThat(pulls()).hasSize(1);
        assertThat(passed).isEmpty();
    }

    @Test
    void whatWasConsumedIsCommittedWithThePull() {
        offsets.set(QUEUE, 3);

        puller.pull();

        assertThat(pulls().get(0).commitsOffset()).isTrue();
        assertThat(pulls().get(0).commitOffset()).isEqualTo(3);
    }

    @Test
    void offsetIsToldUntilTheBrokerConfirmsItAndThenNoMore() {
        offsets.set(QUEUE, 3);
        offsets.commitAll();
        servers.on(
                BROKER,
                OffsetRpcs.UPDATE_CONSUMER_OFFSET,
                question -> FakeServers.answer(OffsetRpcs.UPDATE_CONSUMER_OFFSET, Nothing.NOTHING));
        offsets.commitAll();
        offsets.commitAll();

        assertThat(servers.addresses(OffsetRpcs.UPDATE_CONSUMER_OFFSET)).hasSize(2);
    }

    @Test
    void offsetAdvancesForwardOnlyAndIsSetBackOnlyOnPurpose() {
        offsets.advance(QUEUE, 9);
        offsets.advance(QUEUE, 4);
        long advanced = offsets.position(QUEUE).orElseThrow();
        offsets.set(QUEUE, 4);

        assertThat(advanced).isEqualTo(9);
        assertThat(offsets.position(QUEUE)).hasValue(4);
    }

    private List<PullRequest> pulls() {
        return servers.questions(PullRpcs.PULL_MESSAGE, PullRequest.class);
    }

    private static CompletableFuture<Reply> nothing(int code, long next) {
        return FakeServers.answer(code, PullRpcs.PULL_MESSAGE, PullAnswer.of(next, 0, next, Body.empty()));
    }

    /** Notes what the puller hands on. */
    private final class Recording implements QueuePuller.Sink {
        @Override
        public void arrived(QueuePuller from, List<ProcessQueue.Held> messages) {
            throw new AssertionError("no message was scripted");
        }

        @Override
        public void passedOver(QueuePuller from) {
            passed.add(from.processQueue().committableOffset());
        }

        @Override
        public void movedTo(QueuePuller from, long next) {
            moved.add(next);
        }

        @Override
        public void left(QueuePuller from) {
            throw new AssertionError("nobody takes the queue away");
        }
    }
}
