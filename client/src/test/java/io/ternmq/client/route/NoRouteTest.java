package io.ternmq.client.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.client.exception.ClientErrorCode;
import io.ternmq.client.exception.MQClientException;
import io.ternmq.client.gateway.FakeServers;
import io.ternmq.client.gateway.Gateways;
import io.ternmq.common.time.FakeClock;
import io.ternmq.common.topic.Permission;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.body.TopicList;
import io.ternmq.remoting.protocol.route.BrokerRoute;
import io.ternmq.remoting.protocol.route.ClusterInfo;
import io.ternmq.remoting.protocol.route.RouteRpcs;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Each cause for which a topic cannot be written has words of its own. */
class NoRouteTest {
    private static final String FIRST = "ns1:9876";
    private static final String SECOND = "ns2:9876";

    private final FakeServers servers = new FakeServers();
    private final RouteCache routes = new RouteCache(
            new NameServers(
                    Gateways.over(servers).routes(), List.of(FIRST, SECOND), 0, Duration.ofSeconds(3), new FakeClock()),
            () -> 0);

    @Test
    void noNameServerAnswers() {
        assertThat(failure().getErrorMessage())
                .contains("No route info of this topic: Orders")
                .contains(FIRST + ": Cannot connect to " + FIRST)
                .contains(SECOND + ": Cannot connect to " + SECOND)
                .contains("No name server answered: check namesrvAddr");
    }

    @Test
    void oneNameServerDoesNotAnswerAndTheOtherDoesNotKnow() {
        unknown(SECOND);
        brokers(SECOND, "b1");
        topics(SECOND, "Billing");

        assertThat(failure().getErrorMessage())
                .contains(FIRST + ": Cannot connect to " + FIRST)
                .contains(SECOND + ": the topic is not known")
                .contains("Brokers registered: [b1]")
                .contains("No topic has a name like it");
    }

    @Test
    void nameServerRefusesTheQuestion() {
        servers.on(
                FIRST,
                RouteRpcs.GET_ROUTEINFO_BY_TOPIC,
                question -> FakeServers.refusal(ResponseCode.SYSTEM_ERROR, "starting"));

        assertThat(failure().getErrorMessage()).contains(FIRST + ": CODE: 1  DESC: starting");
    }

    @Test
    void noBrokerIsRegistered() {
        unknown(FIRST);
        unknown(SECOND);
        brokers(FIRST);
        topics(FIRST);

        assertThat(failure().getErrorMessage()).contains("No broker is registered there");
    }

    @Test
    void brokersDoNotCreateTopicsAndOneHasASimilarName() {
        unknown(FIRST);
        unknown(SECOND);
        brokers(FIRST, "b1", "b2");
        topics(FIRST, "Billing", "Order");

        assertThat(failure().getErrorMessage())
                .contains("Brokers registered: [b1, b2]")
                .contains("no broker creates topics by itself")
                .contains("autoCreateTopicEnable=true")
                .contains("The topic with the nearest name is Order");
    }

    @Test
    void brokersThatCreateTopicsCannotBeWritten() {
        unknown(SECOND);
        servers.on(
                FIRST,
                RouteRpcs.GET_ROUTEINFO_BY_TOPIC,
                question -> question.topic().equals("TBW102")
                        ? FakeServers.answer(
                                RouteRpcs.GET_ROUTEINFO_BY_TOPIC,
                                new Routes()
                                        .broker("b1", 4, Permission.READ_WRITE, 1)
                                        .build())
                        : FakeServers.refusal(ResponseCode.TOPIC_NOT_EXIST, "no"));
        brokers(FIRST, "b1");
        topics(FIRST);

        assertThat(failure().getErrorMessage())
                .contains("Brokers create topics by themselves (template TBW102 is there)")
                .contains("none that does can be written now");
    }

    @Test
    void nameServerAnswersNothingMoreThanThatItDoesNotKnow() {
        unknown(FIRST);
        unknown(SECOND);

        assertThat(failure().getErrorMessage())
                .contains("Which brokers are registered was not answered")
                .doesNotContain("nearest");
    }

    @Test
    void topicExistsAndItsBrokersHaveNoMaster() {
        known(new Routes().broker("b1", 4, Permission.READ_WRITE, 1));

        MQClientException failure = failure(ClientErrorCode.BROKER_NOT_EXIST_EXCEPTION);

        assertThat(failure.getErrorMessage())
                .contains("Topic Orders exists but has no queue that can be written")
                .contains("brokers [b1] have no master registered now");
    }

    @Test
    void topicExistsWithoutWritePermission() {
        known(new Routes().broker("b1", 4, Permission.READ, 0));

        MQClientException failure = failure(ClientErrorCode.BROKER_NOT_EXIST_EXCEPTION);

        assertThat(failure.getErrorMessage()).contains("its queues have no write permission");
    }

    @Test
    void topicExistsWithoutAQueue() {
        known(new Routes());

        MQClientException failure = failure(ClientErrorCode.BROKER_NOT_EXIST_EXCEPTION);

        assertThat(failure.getErrorMessage()).contains("no broker has a queue of it");
    }

    private void known(Routes told) {
        servers.on(
                FIRST,
                RouteRpcs.GET_ROUTEINFO_BY_TOPIC,
                question -> FakeServers.answer(RouteRpcs.GET_ROUTEINFO_BY_TOPIC, told.build()));
    }

    private void unknown(String server) {
        servers.on(
                server,
                RouteRpcs.GET_ROUTEINFO_BY_TOPIC,
                question -> FakeServers.refusal(ResponseCode.TOPIC_NOT_EXIST, "no"));
    }

    private void brokers(String server, String... names) {
        TreeMap<String, BrokerRoute> brokers = new TreeMap<>();
        for (String name : names) {
            brokers.put(name, new BrokerRoute("C", name, new TreeMap<>(Map.of(0L, "h:1")), false, Optional.empty()));
        }
        servers.on(
                server,
                RouteRpcs.GET_BROKER_CLUSTER_INFO,
                question -> FakeServers.answer(
                        RouteRpcs.GET_BROKER_CLUSTER_INFO, new ClusterInfo(brokers, new TreeMap<>())));
    }

    private void topics(String server, String... names) {
        servers.on(
                server,
                RouteRpcs.GET_ALL_TOPIC_LIST_FROM_NAMESERVER,
                question ->
                        FakeServers.answer(RouteRpcs.GET_ALL_TOPIC_LIST_FROM_NAMESERVER, TopicList.of(List.of(names))));
    }

    private MQClientException failure() {
        return failure(ClientErrorCode.NOT_FOUND_TOPIC_EXCEPTION);
    }

    private MQClientException failure(int code) {
        CompletableFuture<TopicRoute> found =
                routes.findForPublish("Orders", new Template("TBW102", 4)).toCompletableFuture();
        assertThat(found).isCompletedExceptionally();
        Throwable failure = found.handle((route, cause) -> cause).join();
        assertThat(failure).isInstanceOf(MQClientException.class);
        assertThat(((MQClientException) failure).getResponseCode()).isEqualTo(code);
        return (MQClientException) failure;
    }
}
