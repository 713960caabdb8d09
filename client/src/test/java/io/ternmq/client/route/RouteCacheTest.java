package io.ternmq.client.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.client.exception.ClientErrorCode;
import io.ternmq.client.exception.MQClientException;
import io.ternmq.client.gateway.FakeServers;
import io.ternmq.client.gateway.Gateways;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.common.time.FakeClock;
import io.ternmq.common.topic.Permission;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.route.RouteRpcs;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RouteCacheTest {
    private static final Template TEMPLATE = new Template("TBW102", 4);

    private final FakeServers servers = new FakeServers();
    private final NameServers nameServers = new NameServers(
            Gateways.over(servers).routes(),
            List.of("ns1:9876", "ns2:9876"),
            0,
            Duration.ofSeconds(3),
            new FakeClock());
    private final RouteCache routes = new RouteCache(nameServers, () -> 0);
    private final Map<String, io.ternmq.remoting.protocol.route.TopicRoute> topics = new TreeMap<>();

    @Test
    void routeIsAskedForOnceAndThenKnown() {
        serve("ns1:9876");
        topics.put("T", new Routes().broker("a", 2).build());

        routes.findForPublish("T", TEMPLATE).toCompletableFuture().join();

        assertThat(routes.knownForPublish("T")).isPresent();
        assertThat(servers.asked()).hasSize(1);
    }

    @Test
    void nameServerThatFailsIsFollowedByTheNextWhichIsAskedFirstFromThenOn() {
        serve("ns2:9876");
        topics.put("T", new Routes().broker("a", 2).build());

        routes.findForPublish("T", TEMPLATE).toCompletableFuture().join();
        routes.refreshAll();

        assertThat(servers.addresses(RouteRpcs.GET_ROUTEINFO_BY_TOPIC))
                .containsExactly("ns1:9876", "ns2:9876", "ns2:9876");
    }

    @Test
    void topicThatDoesNotExistGoesWhereTheTemplateIsWithTheSmallerNumberOfQueues() {
        serve("ns1:9876");
        serve("ns2:9876");
        topics.put("TBW102", new Routes().broker("a", 8).broker("b", 2).build());

        TopicRoute route =
                routes.findForPublish("New", TEMPLATE).toCompletableFuture().join();

        assertThat(route.fromTemplate()).isTrue();
        assertThat(route.publishQueues().names())
                .containsExactly(
                        queue("a", 0), queue("a", 1), queue("a", 2), queue("a", 3), queue("b", 0), queue("b", 1));
    }

    @Test
    void realRouteReplacesTheTemplatesAtTheNextRefresh() {
        serve("ns1:9876");
        serve("ns2:9876");
        topics.put("TBW102", new Routes().broker("a", 8).broker("b", 8).build());
        routes.findForPublish("New", TEMPLATE).toCompletableFuture().join();

        topics.put("New", new Routes().broker("a", 4).build());
        routes.refreshAll();

        TopicRoute route = routes.known("New").orElseThrow();
        assertThat(route.fromTemplate()).isFalse();
        assertThat(route.publishQueues().names()).hasSize(4);
    }

    @Test
    void whatIsKnownIsKeptWhenNameServersFailOrForget() {
        serve("ns1:9876");
        serve("ns2:9876");
        topics.put("T", new Routes().broker("a", 2).build());
        routes.findForPublish("T", TEMPLATE).toCompletableFuture().join();

        topics.clear();
        routes.refreshAll();
        servers.refuse("ns1:9876", RouteRpcs.GET_ROUTEINFO_BY_TOPIC)
                .refuse("ns2:9876", RouteRpcs.GET_ROUTEINFO_BY_TOPIC);
        routes.refreshAll();

        assertThat(routes.knownForPublish("T")).isPresent();
    }

    @Test
    void topicThatABrokerSaysIsGoneIsForgottenOnceAllNameServersAgree() {
        serve("ns1:9876");
        serve("ns2:9876");
        topics.put("T", new Routes().broker("a", 2).build());
        routes.findForPublish("T", TEMPLATE).toCompletableFuture().join();

        topics.clear();
        routes.refreshSoon("T");

        assertThat(routes.known("T")).isEmpty();
    }

    @Test
    void routeThatLostABrokerIsAskedForUntilTheBrokerIsBack() {
        serve("ns1:9876");
        topics.put("T", new Routes().broker("a", 2).broker("b", 2).build());
        topics.put("U", new Routes().broker("a", 2).build());
        routes.findForPublish("T", TEMPLATE).toCompletableFuture().join();
        routes.findForPublish("U", TEMPLATE).toCompletableFuture().join();
        routes.refreshAfterLoss();
        int before = servers.asked().size();

        topics.put("T", new Routes().broker("b", 2).build());
        routes.refreshSoon("T");
        routes.refreshAfterLoss();
        topics.put("T", new Routes().broker("a", 2).broker("b", 2).build());
        routes.refreshAfterLoss();
        routes.refreshAfterLoss();

        assertThat(before).isEqualTo(2);
        assertThat(servers.asked()).hasSize(before + 3);
        assertThat(routes.known("T").orElseThrow().publishQueues().brokerNames())
                .containsExactly("a", "b");
    }

    @Test
    void brokerThatDoesNotComeBackIsGivenUp() {
        serve("ns1:9876");
        topics.put("T", new Routes().broker("a", 2).broker("b", 2).build());
        routes.findForPublish("T", TEMPLATE).toCompletableFuture().join();
        topics.put("T", new Routes().broker("b", 2).build());
        routes.refreshAll();
        int before = servers.asked().size();

        for (int round = 0; round < 2 * RouteCache.MISSED_ROUNDS_MAX; round++) {
            routes.refreshAfterLoss();
        }

        assertThat(servers.asked()).hasSize(before + RouteCache.MISSED_ROUNDS_MAX);
    }

    @Test
    void oneRoundAfterALossAsksForABoundedNumberOfTopics() {
        serve("ns1:9876");
        for (int number = 0; number <= RouteCache.MISSED_TOPICS_MAX; number++) {
            topics.put("T" + number, new Routes().broker("a", 2).broker("b", 2).build());
            routes.findForPublish("T" + number, TEMPLATE).toCompletableFuture().join();
            topics.put("T" + number, new Routes().broker("b", 2).build());
        }
        routes.refreshAll();
        int before = servers.asked().size();

        routes.refreshAfterLoss();

        assertThat(servers.asked()).hasSize(before + RouteCache.MISSED_TOPICS_MAX);
    }

    @Test
    void topicThatNobodyUsesIsForgottenAfterAWhile() {
        serve("ns1:9876");
        topics.put("T", new Routes().broker("a", 2).build());
        topics.put("U", new Routes().broker("a", 2).build());
        routes.findForPublish("T", TEMPLATE).toCompletableFuture().join();
        routes.findForPublish("U", TEMPLATE).toCompletableFuture().join();

        for (int round = 0; round < 30; round++) {
            routes.known("U");
            routes.refreshAll();
        }

        assertThat(routes.known("T")).isEmpty();
        assertThat(routes.known("U")).isPresent();
    }

    @Test
    void queuesThatMayNotBeWrittenAndBrokersWithoutAMasterTakeNoMessages() {
        serve("ns1:9876");
        topics.put(
                "T",
                new Routes()
                        .broker("a", 2, Permission.READ, 0)
                        .broker("b", 2, Permission.READ_WRITE, 1)
                        .broker("c", 1, Permission.WRITE, 0)
                        .build());

        TopicRoute route =
                routes.findForPublish("T", TEMPLATE).toCompletableFuture().join();

        assertThat(route.publishQueues().names()).containsExactly(queueOf("T", "c", 0));
        assertThat(route.subscribeQueues())
                .containsExactly(
                        queueOf("T", "a", 0), queueOf("T", "a", 1), queueOf("T", "b", 0), queueOf("T", "b", 1));
    }

    @Test
    void topicWithoutAWritableQueueSaysWhatThereIs() {
        serve("ns1:9876");
        topics.put("T", new Routes().broker("a", 2, Permission.READ, 0).build());

        Throwable failure = routes.findForPublish("T", TEMPLATE)
                .toCompletableFuture()
                .handle((route, thrown) -> thrown)
                .join();

        assertThat(failure).isInstanceOf(MQClientException.class).hasMessageContaining("no queue that can be written");
        assertThat(((MQClientException) failure).getResponseCode())
                .isEqualTo(ClientErrorCode.BROKER_NOT_EXIST_EXCEPTION);
    }

    @Test
    void orderedTopicIsWrittenWhereItsConfigurationSays() {
        serve("ns1:9876");
        topics.put("T", new Routes().broker("a", 8).broker("b", 8).ordered("b:2;a:1;broken"));

        TopicRoute route =
                routes.findForPublish("T", TEMPLATE).toCompletableFuture().join();

        assertThat(route.publishQueues().names())
                .containsExactly(queueOf("T", "b", 0), queueOf("T", "b", 1), queueOf("T", "a", 0));
    }

    @Test
    void listenersHearOfChangesAndOfNothingElse() {
        serve("ns1:9876");
        topics.put("T", new Routes().broker("a", 2).build());
        AtomicInteger heard = new AtomicInteger();
        routes.onChange(heard::incrementAndGet);

        routes.findForPublish("T", TEMPLATE).toCompletableFuture().join();
        routes.refreshAll();
        topics.put("T", new Routes().broker("a", 3).build());
        routes.refreshAll();

        assertThat(heard).hasValue(2);
    }

    @Test
    void turnGoesOnWhenTheRouteChanges() {
        serve("ns1:9876");
        topics.put("T", new Routes().broker("a", 2).build());
        TopicRoute before =
                routes.findForPublish("T", TEMPLATE).toCompletableFuture().join();
        before.publishQueues().next();

        topics.put("T", new Routes().broker("a", 3).build());
        routes.refreshAll();

        assertThat(routes.known("T").orElseThrow().publishQueues().next().queue())
                .isEqualTo(queueOf("T", "a", 1));
    }

    @Test
    void errorOfAnUnknownTopicTellsWhatEachNameServerSaid() {
        serve("ns1:9876");

        Throwable failure = routes.findForPublish("T", TEMPLATE)
                .toCompletableFuture()
                .handle((route, thrown) -> thrown)
                .join();

        assertThat(failure)
                .hasMessageContaining("ns1:9876: the topic is not known")
                .hasMessageContaining("ns2:9876: Cannot connect")
                .hasMessageContaining("Check namesrvAddr");
    }

    private void serve(String nameServer) {
        servers.on(
                nameServer,
                RouteRpcs.GET_ROUTEINFO_BY_TOPIC,
                question -> topics.containsKey(question.topic())
                        ? FakeServers.answer(RouteRpcs.GET_ROUTEINFO_BY_TOPIC, topics.get(question.topic()))
                        : FakeServers.refusal(ResponseCode.TOPIC_NOT_EXIST, "unknown"));
    }

    private static MessageQueue queue(String broker, int id) {
        return queueOf("New", broker, id);
    }

    private static MessageQueue queueOf(String topic, String broker, int id) {
        return new MessageQueue(topic, broker, id);
    }
}
