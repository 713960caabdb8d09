package io.ternmq.namesrv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ternmq.common.config.Settings;
import io.ternmq.common.topic.TopicConfig;
import io.ternmq.remoting.client.ClientConfig;
import io.ternmq.remoting.client.RemotingClient;
import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.frame.Payload;
import io.ternmq.remoting.protocol.Nothing;
import io.ternmq.remoting.protocol.PayloadCodec;
import io.ternmq.remoting.protocol.Reply;
import io.ternmq.remoting.protocol.RequestCode;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.Rpc;
import io.ternmq.remoting.protocol.body.DataVersion;
import io.ternmq.remoting.protocol.body.TopicList;
import io.ternmq.remoting.protocol.config.ConfigRpcs;
import io.ternmq.remoting.protocol.config.ConfigText;
import io.ternmq.remoting.protocol.kv.KvEntry;
import io.ternmq.remoting.protocol.kv.KvKey;
import io.ternmq.remoting.protocol.kv.KvRpcs;
import io.ternmq.remoting.protocol.kv.NamespaceRequest;
import io.ternmq.remoting.protocol.route.BrokerIdentity;
import io.ternmq.remoting.protocol.route.BrokerNameRequest;
import io.ternmq.remoting.protocol.route.ClusterRequest;
import io.ternmq.remoting.protocol.route.DataVersionAnswer;
import io.ternmq.remoting.protocol.route.DataVersionQuery;
import io.ternmq.remoting.protocol.route.DeleteRouteRequest;
import io.ternmq.remoting.protocol.route.MemberGroupRequest;
import io.ternmq.remoting.protocol.route.QueueRoute;
import io.ternmq.remoting.protocol.route.RegisterBrokerAnswer;
import io.ternmq.remoting.protocol.route.RegisterBrokerRequest;
import io.ternmq.remoting.protocol.route.RegisterTopicRequest;
import io.ternmq.remoting.protocol.route.RouteRequest;
import io.ternmq.remoting.protocol.route.RouteRpcs;
import io.ternmq.remoting.protocol.route.TopicCount;
import io.ternmq.remoting.protocol.route.TopicRoute;
import io.ternmq.remoting.server.RequestRouter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NameServerIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final BrokerIdentity MASTER = Registrations.broker("broker-a", 0, "10.0.0.1:10911");

    @TempDir
    private Path directory;

    private NameServer server;
    private RemotingClient client;
    private String address;

    @BeforeEach
    void start() throws IOException {
        start(Map.of());
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void aRegisteredBrokerIsFoundByItsTopics() {
        Reply registered = register(Registrations.of(MASTER, 1, "TopicTest", "Other"));

        assertThat(registered.decode(RouteRpcs.REGISTER_BROKER))
                .isEqualTo(new RegisterBrokerAnswer(Optional.empty(), Optional.empty(), Optional.empty()));
        TopicRoute route = route("TopicTest");
        assertThat(route.queues()).containsExactly(new QueueRoute("broker-a", 4, 4, 6, 0));
        assertThat(route.brokers().get(0).addresses()).isEqualTo(Map.of(0L, "10.0.0.1:10911"));
        assertThat(route.orderConfig()).isEmpty();
    }

    @Test
    void bothDialectsAreSpoken() {
        register(Registrations.of(MASTER, 1, "TopicTest", "Other"));

        Reply strict = call(RouteRpcs.GET_ROUTEINFO_BY_TOPIC, new RouteRequest("TopicTest", true));

        assertThat(text(strict)).contains("\"brokerAddrs\":{\"0\":\"10.0.0.1:10911\"}");
        // The client says that it is of a release that reads strict JSON.
        assertThat(text(call(RouteRpcs.GET_ROUTEINFO_BY_TOPIC, new RouteRequest("TopicTest", false))))
                .isEqualTo(text(strict));
    }

    @Test
    void compressedRegistrationsAreTaken() {
        RegisterBrokerRequest plain = Registrations.of(MASTER, 1, "TopicTest", "Other");

        register(new RegisterBrokerRequest(
                MASTER, "", OptionalLong.of(60_000), Optional.of(true), Optional.of("z"), true, plain.topics()));

        assertThat(route("TopicTest").brokers().get(0).zone()).contains("z");
        assertThat(route("TopicTest").brokers().get(0).enablesActingMaster()).isTrue();
    }

    @Test
    void aDamagedRegistrationIsRefusedAndHarmsNobody() {
        Rpc<RegisterBrokerRequest, RegisterBrokerAnswer> damaged = new Rpc<>(
                RequestCode.REGISTER_BROKER,
                "damaged",
                PayloadCodec.of(
                        value -> {
                            Payload payload =
                                    RouteRpcs.REGISTER_BROKER.request().encode(value);
                            HeaderFields.Builder fields = HeaderFields.builder();
                            payload.fields().forEach(fields::put);
                            return new Payload(fields.put("bodyCrc32", 1).build(), payload.body());
                        },
                        RouteRpcs.REGISTER_BROKER.request()::decode),
                RouteRpcs.REGISTER_BROKER.response());

        Reply reply = call(damaged, Registrations.of(MASTER, 1, "TopicTest", "Other"));

        assertThat(reply.code()).isEqualTo(ResponseCode.SYSTEM_ERROR);
        assertThat(reply.remark()).hasValueSatisfying(text -> assertThat(text).contains("checksum"));
        assertThat(call(RouteRpcs.GET_BROKER_CLUSTER_INFO, Nothing.NOTHING).isSuccess())
                .isTrue();
    }

    @Test
    void anUnknownTopicIsRefusedWithTheNearestName() {
        assertThat(notFound("TopicTst")).contains("TopicTst", "no broker is registered");

        register(Registrations.of(MASTER, 1, "TopicTest", "Other"));

        assertThat(notFound("TopicTst")).contains("none of 1 registered", "the nearest name is TopicTest");
        assertThat(notFound("Zzz")).doesNotContain("nearest");
        assertThat(notFound("x".repeat(10_000))).hasSizeLessThan(600);
    }

    @Test
    void aSingleTopicOfAnUnknownBrokerIsRefused() {
        Reply reply = register(Registrations.of(MASTER, 1, "TopicTest"));

        assertThat(reply.code()).isEqualTo(ResponseCode.SYSTEM_ERROR);
        assertThat(reply.remark()).hasValueSatisfying(text -> assertThat(text).contains("all its topics first"));
    }

    @Test
    void aReplicaIsToldItsMaster() {
        register(Registrations.of(MASTER, 1, "TopicTest", "Other"));

        Reply reply = register(Registrations.of(Registrations.broker("broker-a", 1, "10.0.0.2:10911"), 1));

        assertThat(reply.decode(RouteRpcs.REGISTER_BROKER).masterAddress()).contains("10.0.0.1:10911");
    }

    @Test
    void aBrokerThatLeavesIsGoneAtOnce() {
        register(Registrations.of(MASTER, 1, "TopicTest", "Other"));

        call(RouteRpcs.UNREGISTER_BROKER, MASTER);

        assertThat(notFound("TopicTest")).contains("no broker is registered");
    }

    @Test
    void aBrokerWhoseConnectionClosesIsGoneAtOnce() {
        try (RemotingClient broker = new RemotingClient(ClientConfig.defaults(), RequestRouter.none())) {
            RegisterBrokerRequest request = Registrations.of(MASTER, 1, "TopicTest", "Other");
            assertThat(broker.call(address, RouteRpcs.REGISTER_BROKER, request, SOON)
                            .join()
                            .isSuccess())
                    .isTrue();
            assertThat(route("TopicTest").brokers()).hasSize(1);
        }

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(
                                call(RouteRpcs.GET_ROUTEINFO_BY_TOPIC, new RouteRequest("TopicTest", false))
                                        .code())
                        .isEqualTo(ResponseCode.TOPIC_NOT_EXIST));
    }

    @Test
    void versionsAreComparedAndHeartbeatsTaken() {
        DataVersion version = new DataVersion(0, 1, 7);
        assertThat(call(RouteRpcs.QUERY_DATA_VERSION, new DataVersionQuery(MASTER, version))
                        .decode(RouteRpcs.QUERY_DATA_VERSION))
                .isEqualTo(new DataVersionAnswer(true, Optional.empty()));

        register(Registrations.of(MASTER, version, "TopicTest", "Other"));

        assertThat(call(RouteRpcs.QUERY_DATA_VERSION, new DataVersionQuery(MASTER, version))
                        .decode(RouteRpcs.QUERY_DATA_VERSION))
                .isEqualTo(new DataVersionAnswer(false, Optional.of(version)));
        assertThat(call(RouteRpcs.BROKER_HEARTBEAT, MASTER).isSuccess()).isTrue();
    }

    @Test
    void operatorsSeeClustersTopicsAndMembers() {
        register(Registrations.of(MASTER, 1, "TopicTest", "Other"));

        assertThat(call(RouteRpcs.GET_BROKER_CLUSTER_INFO, Nothing.NOTHING)
                        .decode(RouteRpcs.GET_BROKER_CLUSTER_INFO)
                        .clusters())
                .isEqualTo(Map.of("C", List.of("broker-a")));
        assertThat(topics(RouteRpcs.GET_ALL_TOPIC_LIST_FROM_NAMESERVER, Nothing.NOTHING))
                .containsExactly("Other", "TopicTest");
        assertThat(topics(RouteRpcs.GET_TOPICS_BY_CLUSTER, new ClusterRequest("C")))
                .containsExactly("Other", "TopicTest");
        assertThat(call(RouteRpcs.GET_SYSTEM_TOPIC_LIST_FROM_NS, Nothing.NOTHING)
                        .decode(RouteRpcs.GET_SYSTEM_TOPIC_LIST_FROM_NS))
                .isEqualTo(new TopicList(List.of("C", "broker-a"), Optional.of("10.0.0.1:10911")));
        assertThat(topics(RouteRpcs.GET_UNIT_TOPIC_LIST, Nothing.NOTHING)).isEmpty();
        assertThat(topics(RouteRpcs.GET_HAS_UNIT_SUB_TOPIC_LIST, Nothing.NOTHING))
                .isEmpty();
        assertThat(topics(RouteRpcs.GET_HAS_UNIT_SUB_UNUNIT_TOPIC_LIST, Nothing.NOTHING))
                .isEmpty();
        assertThat(call(RouteRpcs.GET_BROKER_MEMBER_GROUP, new MemberGroupRequest("C", "broker-a"))
                        .decode(RouteRpcs.GET_BROKER_MEMBER_GROUP)
                        .addresses())
                .isEqualTo(Map.of(0L, "10.0.0.1:10911"));
    }

    @Test
    void operatorsChangeRoutes() {
        register(Registrations.of(MASTER, 1, "TopicTest", "Other"));

        assertThat(call(RouteRpcs.WIPE_WRITE_PERM_OF_BROKER, new BrokerNameRequest("broker-a"))
                        .decode(RouteRpcs.WIPE_WRITE_PERM_OF_BROKER))
                .isEqualTo(new TopicCount(2));
        assertThat(route("TopicTest").queues().get(0).permission()).isEqualTo(4);
        call(RouteRpcs.ADD_WRITE_PERM_OF_BROKER, new BrokerNameRequest("broker-a"));
        assertThat(route("TopicTest").queues().get(0).permission()).isEqualTo(6);

        TopicRoute added = new TopicRoute(Optional.empty(), List.of(new QueueRoute("broker-a", 2, 2, 6, 0)), List.of());
        call(RouteRpcs.REGISTER_TOPIC_IN_NAMESRV, new RegisterTopicRequest("Added", added));
        assertThat(route("Added").queues()).isEqualTo(added.queues());

        call(RouteRpcs.DELETE_TOPIC_IN_NAMESRV, new DeleteRouteRequest("Added", Optional.empty()));
        assertThat(notFound("Added")).isNotEmpty();
    }

    @Test
    void orderIsToldWhenItIsSwitchedOn() {
        KvKey key = new KvKey("ORDER_TOPIC_CONFIG", "TopicTest");
        call(KvRpcs.PUT_KV_CONFIG, new KvEntry(key, "broker-a:4"));

        Reply registered = register(Registrations.of(MASTER, 1, "TopicTest", "Other"));

        assertThat(registered
                        .decode(RouteRpcs.REGISTER_BROKER)
                        .orderTopics()
                        .orElseThrow()
                        .texts())
                .isEqualTo(Map.of("TopicTest", "broker-a:4"));
        assertThat(route("TopicTest").orderConfig()).isEmpty();

        assertThat(change("orderMessageEnable", "true").isSuccess()).isTrue();
        assertThat(route("TopicTest").orderConfig()).contains("broker-a:4");

        change("returnOrderTopicConfigToBroker", "false");
        assertThat(register(Registrations.of(MASTER, 1, "TopicTest", "Other"))
                        .decode(RouteRpcs.REGISTER_BROKER)
                        .orderTopics())
                .isEmpty();
    }

    @Test
    void textsAreKeptAcrossARestart() throws IOException {
        KvKey key = new KvKey("N", "k");
        assertThat(call(KvRpcs.GET_KV_CONFIG, key).code()).isEqualTo(ResponseCode.QUERY_NOT_FOUND);
        assertThat(call(KvRpcs.GET_KVLIST_BY_NAMESPACE, new NamespaceRequest("N"))
                        .code())
                .isEqualTo(ResponseCode.QUERY_NOT_FOUND);
        call(KvRpcs.PUT_KV_CONFIG, new KvEntry(key, "value"));

        stop();
        start(Map.of());

        assertThat(call(KvRpcs.GET_KV_CONFIG, key).decode(KvRpcs.GET_KV_CONFIG).value())
                .isEqualTo("value");
        assertThat(call(KvRpcs.GET_KVLIST_BY_NAMESPACE, new NamespaceRequest("N"))
                        .decode(KvRpcs.GET_KVLIST_BY_NAMESPACE)
                        .texts())
                .isEqualTo(Map.of("k", "value"));
        assertThat(call(KvRpcs.DELETE_KV_CONFIG, key).isSuccess()).isTrue();
        assertThat(call(KvRpcs.GET_KV_CONFIG, key).code()).isEqualTo(ResponseCode.QUERY_NOT_FOUND);
    }

    @Test
    void settingsAreShownAndChangedWhereTheyMay() throws IOException {
        Path file = Files.writeString(directory.resolve("namesrv.conf"), "# mine\nenableAllTopicList=true\n");
        stop();
        start(Map.of("configStorePath", file.toString()));
        assertThat(settings()).containsEntry("orderMessageEnable", "false").containsEntry("listenPort", "0");

        assertThat(change("enableAllTopicList", "false").isSuccess()).isTrue();

        assertThat(settings()).containsEntry("enableAllTopicList", "false");
        assertThat(file).hasContent("# mine\nenableAllTopicList=false\n");
        assertThat(call(RouteRpcs.GET_ALL_TOPIC_LIST_FROM_NAMESERVER, Nothing.NOTHING)
                        .code())
                .isEqualTo(ResponseCode.SYSTEM_ERROR);
    }

    @Test
    void pathsUnknownKeysAndBadValuesAreRefused() {
        assertRefused("kvConfigPath", "/elsewhere", ResponseCode.NO_PERMISSION, "kvConfigPath cannot be changed");
        assertRefused("configStorePath", "/elsewhere", ResponseCode.NO_PERMISSION, "configStorePath cannot be changed");
        assertRefused("listenPort", "1", ResponseCode.NO_PERMISSION, "listenPort cannot be changed");
        assertRefused("rocketmqHome", "/", ResponseCode.NO_PERMISSION, "rocketmqHome is not known");
        assertRefused("orderMessageEnable", "maybe", ResponseCode.SYSTEM_ERROR, "expected true or false");
    }

    @Test
    void anUnknownRequestIsRefusedByItsNumber() {
        Rpc<Nothing, Nothing> unknown = new Rpc<>(4711, "unknown", PayloadCodec.nothing(), PayloadCodec.nothing());

        Reply reply = call(unknown, Nothing.NOTHING);

        assertThat(reply.code()).isEqualTo(ResponseCode.REQUEST_CODE_NOT_SUPPORTED);
        assertThat(reply.remark()).hasValueSatisfying(text -> assertThat(text).contains("4711"));
    }

    @Test
    void limitsAreSettings() throws IOException {
        stop();
        start(Map.of("topicsPerBrokerMax", "2", "brokersMax", "1"));

        assertThat(register(Registrations.of(MASTER, 1, "A", "B", "C")).code()).isEqualTo(ResponseCode.SYSTEM_ERROR);
        assertThat(register(Registrations.of(MASTER, 1, "A", "B")).isSuccess()).isTrue();
        assertThat(register(Registrations.of(Registrations.broker("b", 0, "b:1"), 1))
                        .code())
                .isEqualTo(ResponseCode.SYSTEM_ERROR);
    }

    @Test
    void manyTopicsAreServed() {
        List<TopicConfig> topics = IntStream.range(0, 20_000)
                .mapToObj(number -> TopicConfig.of("Topic-" + number, 8))
                .toList();

        Reply reply = register(Registrations.of(MASTER, new DataVersion(0, 1, 1), topics));

        assertThat(reply.remark()).isEmpty();
        assertThat(route("Topic-19999").queues()).hasSize(1);
        assertThat(topics(RouteRpcs.GET_ALL_TOPIC_LIST_FROM_NAMESERVER, Nothing.NOTHING))
                .hasSize(20_000);
    }

    @Test
    void severalServersLiveSideBySide() throws IOException {
        Map<String, String> other = Map.of(
                "listenPort", "0",
                "bindAddress", "127.0.0.1",
                "kvConfigPath", directory.resolve("other.json").toString());
        register(Registrations.of(MASTER, 1, "TopicTest", "Other"));

        try (NameServer second = NameServer.start(NameServerConfig.from(Settings.of(other)))) {
            Reply reply = client.call(
                            "127.0.0.1:" + second.port(),
                            RouteRpcs.GET_ROUTEINFO_BY_TOPIC,
                            new RouteRequest("TopicTest", false),
                            SOON)
                    .join();

            assertThat(reply.code()).isEqualTo(ResponseCode.TOPIC_NOT_EXIST);
        }
        assertThat(route("TopicTest").brokers()).hasSize(1);
    }

    private void start(Map<String, String> more) throws IOException {
        Map<String, String> settings = new HashMap<>(Map.of(
                "listenPort", "0",
                "bindAddress", "127.0.0.1",
                "kvConfigPath", directory.resolve("kvConfig.json").toString()));
        settings.putAll(more);
        server = NameServer.start(NameServerConfig.from(Settings.of(settings)));
        client = new RemotingClient(ClientConfig.defaults(), RequestRouter.none());
        address = "127.0.0.1:" + server.port();
    }

    private <Q> Reply call(Rpc<Q, ?> rpc, Q question) {
        return client.call(address, rpc, question, SOON).join();
    }

    private Reply register(RegisterBrokerRequest request) {
        return call(RouteRpcs.REGISTER_BROKER, request);
    }

    private TopicRoute route(String topic) {
        Reply reply = call(RouteRpcs.GET_ROUTEINFO_BY_TOPIC, new RouteRequest(topic, false));
        assertThat(reply.remark()).isEmpty();
        return reply.decode(RouteRpcs.GET_ROUTEINFO_BY_TOPIC);
    }

    private String notFound(String topic) {
        Reply reply = call(RouteRpcs.GET_ROUTEINFO_BY_TOPIC, new RouteRequest(topic, false));
        assertThat(reply.code()).isEqualTo(ResponseCode.TOPIC_NOT_EXIST);
        return reply.remark().orElseThrow();
    }

    private <Q> List<String> topics(Rpc<Q, TopicList> rpc, Q question) {
        return call(rpc, question).decode(rpc).topics();
    }

    private Map<String, String> settings() {
        return call(ConfigRpcs.GET_NAMESRV_CONFIG, Nothing.NOTHING)
                .decode(ConfigRpcs.GET_NAMESRV_CONFIG)
                .settings()
                .asMap();
    }

    private Reply change(String key, String value) {
        return call(ConfigRpcs.UPDATE_NAMESRV_CONFIG, new ConfigText(Settings.of(Map.of(key, value))));
    }

    private void assertRefused(String key, String value, int code, String text) {
        Map<String, String> before = settings();

        Reply reply = change(key, value);

        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.remark())
                .hasValueSatisfying(remark -> assertThat(remark).contains(text));
        assertThat(settings()).isEqualTo(before);
    }

    private static String text(Reply reply) {
        return StandardCharsets.UTF_8.decode(reply.body().duplicate()).toString();
    }
}
