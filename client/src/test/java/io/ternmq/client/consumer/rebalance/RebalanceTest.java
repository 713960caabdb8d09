package io.ternmq.client.consumer.rebalance;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.client.consumer.pulling.Subscriptions;
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
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.route.RouteRpcs;
import io.ternmq.remoting.protocol.session.ConsumerIds;
import io.ternmq.remoting.protocol.session.HeartbeatAnswer;
import io.ternmq.remoting.protocol.session.SessionRpcs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who gets which queues, stepped by hand. */
class RebalanceTest {
    private static final String BROKER = Routes.addressOf("a");
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final FakeClock clock = new FakeClock();
    private final FakeScheduler scheduler = new FakeScheduler(clock);
    private final FakeServers servers = new FakeServers();
    private final Gateways gateways = Gateways.over(servers);
    private final RouteCache routes =
            new RouteCache(new NameServers(gateways.routes(), List.of("ns:9876"), 0, SECOND, clock), () -> 0);
    private final Subscriptions subscriptions = new Subscriptions(clock);
    private final List<Set<Integer>> shared = new ArrayList<>();
    private Rebalance rebalance;

    @BeforeEach
    void prepare() throws MQClientException {
        servers.on(
                        "ns:9876",
                        RouteRpcs.GET_ROUTEINFO_BY_TOPIC,
                        question -> FakeServers.answer(
                                RouteRpcs.GET_ROUTEINFO_BY_TOPIC,
                                new Routes().broker("a", 8).build()))
                .on(
                        BROKER,
                        SessionRpcs.HEART_BEAT,
                        question -> FakeServers.answer(SessionRpcs.HEART_BEAT, new HeartbeatAnswer(true, true)));
        routes.find("T").toCompletableFuture().join();
        subscriptions.putAll("T");
        RebalanceRooms rooms = new RebalanceRooms(
                "G",
                "c2",
                subscriptions,
                new AllocateMessageQueueAveragely(),
                false,
                routes,
                HeartbeatsOf.client("c2", routes, gateways.sessions()),
                gateways.sessions(),
                SECOND,
                scheduler,
                bound -> 0);
        rebalance = new Rebalance(rooms, new Recording());
    }

    @Test
    void queuesAreSharedOutAtOnceByTheSortedNamesOfTheMembers() {
        members("c3", "c1", "c2");

        rebalance.start();
        scheduler.runDue();

        assertThat(shared).containsExactly(Set.of(3, 4, 5));
        assertThat(servers.addresses(SessionRpcs.HEART_BEAT)).hasSize(1);
    }

    @Test
    void noticeOfAChangeSharesOutAgainAndSeveralAtATimeAreOne() {
        members("c1", "c2");
        rebalance.start();
        scheduler.runDue();

        members("c2");
        rebalance.soon();
        rebalance.soon();
        scheduler.runDue();

        assertThat(shared).containsExactly(Set.of(4, 5, 6, 7), Set.of(0, 1, 2, 3, 4, 5, 6, 7));
    }

    @Test
    void withoutANoticeItIsDoneEveryTwentySeconds() {
        members("c2");
        rebalance.start();
        scheduler.runDue();

        scheduler.advance(Duration.ofSeconds(60));

        assertThat(shared).hasSize(4);
    }

    @Test
    void oneBrokerIsAskedOnceForAllTopicsOfARound() throws MQClientException {
        routes.find("T2").toCompletableFuture().join();
        subscriptions.putAll("T2");
        members("c1", "c2");

        rebalance.start();
        scheduler.runDue();

        assertThat(shared).containsExactly(Set.of(4, 5, 6, 7), Set.of(4, 5, 6, 7));
        assertThat(servers.addresses(SessionRpcs.GET_CONSUMER_LIST_BY_GROUP)).containsExactly(BROKER);

        scheduler.advance(Duration.ofSeconds(20));
        assertThat(servers.addresses(SessionRpcs.GET_CONSUMER_LIST_BY_GROUP)).containsExactly(BROKER, BROKER);
    }

    @Test
    void failureKeepsWhatThereIsAndIsTriedAgainAfterASecond() {
        members("c1", "c2");
        rebalance.start();
        scheduler.runDue();
        servers.on(
                BROKER,
                SessionRpcs.GET_CONSUMER_LIST_BY_GROUP,
                question -> FakeServers.refusal(ResponseCode.SYSTEM_ERROR, "no consumer for this group"));
        rebalance.soon();
        scheduler.runDue();
        int whileFailing = shared.size();

        members("c2");
        scheduler.advance(SECOND);

        assertThat(whileFailing).isEqualTo(1);
        assertThat(shared).hasSize(2);
    }

    @Test
    void memberThatTheBrokerForgotTellsItAgainBeforeItGivesItsQueuesUp() {
        members("c1");

        rebalance.start();
        scheduler.runDue();
        int afterTheFirstLook = shared.size();
        scheduler.advance(SECOND);

        assertThat(afterTheFirstLook).isZero();
        assertThat(shared).containsExactly(Set.of());
        assertThat(servers.addresses(SessionRpcs.HEART_BEAT)).hasSize(2);
    }

    @Test
    void stoppedRebalanceSharesNothingOut() {
        members("c2");
        rebalance.start();
        rebalance.stop();

        scheduler.advance(Duration.ofMinutes(1));

        assertThat(shared).isEmpty();
    }

    private void members(String... clientIds) {
        servers.on(
                BROKER,
                SessionRpcs.GET_CONSUMER_LIST_BY_GROUP,
                question -> FakeServers.answer(
                        SessionRpcs.GET_CONSUMER_LIST_BY_GROUP, new ConsumerIds(List.of(clientIds))));
    }

    /** Notes what was shared out. */
    private final class Recording implements Rebalance.Assignments {
        @Override
        public void assign(String topic, Set<MessageQueue> queues) {
            shared.add(Set.copyOf(queues.stream().map(MessageQueue::getQueueId).toList()));
        }

        @Override
        public void membersAre(String topic, Set<String> clientIds) {
            assertThat(clientIds).isNotEmpty();
        }

        @Override
        public void keepTopics(Set<String> topics) {
            assertThat(topics).isEqualTo(subscriptions.topics());
        }
    }
}
