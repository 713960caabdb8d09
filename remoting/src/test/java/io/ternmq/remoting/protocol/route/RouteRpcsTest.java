package io.ternmq.remoting.protocol.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.protocol.Golden;
import io.ternmq.remoting.protocol.body.DataVersion;
import io.ternmq.remoting.protocol.body.TopicList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RouteRpcsTest {
    private static final BrokerIdentity BROKER = new BrokerIdentity("C", "broker-a", 0, "10.0.0.1:10911");
    private static final String BROKER_FIELDS =
            "{\"brokerName\":\"broker-a\",\"brokerAddr\":\"10.0.0.1:10911\",\"clusterName\":\"C\",\"brokerId\":\"0\"}";
    private static final BrokerRoute BROKERS = new BrokerRoute(
            "DefaultCluster",
            "broker-a",
            new TreeMap<>(Map.of(0L, "10.0.0.1:10911", 1L, "10.0.0.2:10911")),
            false,
            Optional.empty());
    private static final TopicRoute ROUTE =
            new TopicRoute(Optional.empty(), List.of(new QueueRoute("broker-a", 4, 4, 6, 0)), List.of(BROKERS));
    private static final String DIALECT =
            "{\"brokerDatas\":[{\"brokerAddrs\":{0:\"10.0.0.1:10911\",1:\"10.0.0.2:10911\"},\"brokerName\":\"broker-a\","
                    + "\"cluster\":\"DefaultCluster\",\"enableActingMaster\":false}],\"filterServerTable\":{},"
                    + "\"queueDatas\":[{\"brokerName\":\"broker-a\",\"perm\":6,\"readQueueNums\":4,\"topicSysFlag\":0,"
                    + "\"writeQueueNums\":4}]}";
    private static final String STRICT = DIALECT.replace("{0:", "{\"0\":").replace(",1:", ",\"1\":");

    @Test
    void routesAreWrittenInTwoDialectsAndReadInBoth() {
        Golden.assertBothWays(RouteRpcs.GET_ROUTEINFO_BY_TOPIC.response(), ROUTE, "{}", DIALECT);
        Golden.assertEncoded(ROUTE.payload(false), "{}", DIALECT);
        Golden.assertEncoded(ROUTE.payload(true), "{}", STRICT);
        assertThat(read(STRICT)).isEqualTo(ROUTE);
    }

    @Test
    void aMisspeltFlagIsReadToo() {
        TopicRoute route = read("{\"queueDatas\":[{\"brokerName\":\"b\",\"topicSynFlag\":3}]}");

        assertThat(route.queues()).containsExactly(new QueueRoute("b", 0, 0, 0, 3));
    }

    @Test
    void orderConfigAndZoneAreWrittenWhereTheyAre() {
        TopicRoute route = new TopicRoute(
                Optional.of("broker-a:4"),
                List.of(),
                List.of(new BrokerRoute("C", "é", new TreeMap<>(), true, Optional.of("z"))));

        Golden.assertEncoded(
                route.payload(true),
                "{}",
                "{\"brokerDatas\":[{\"brokerAddrs\":{},\"brokerName\":\"\\u00e9\",\"cluster\":\"C\","
                        + "\"enableActingMaster\":true,\"zoneName\":\"z\"}],\"filterServerTable\":{},"
                        + "\"orderTopicConf\":\"broker-a:4\",\"queueDatas\":[]}");
    }

    @Test
    void routesAreAskedFor() {
        Golden.assertBothWays(
                RouteRpcs.GET_ROUTEINFO_BY_TOPIC.request(),
                new RouteRequest("TopicTest", false),
                "{\"topic\":\"TopicTest\"}",
                "");
        Golden.assertBothWays(
                RouteRpcs.GET_ROUTEINFO_BY_TOPIC.request(),
                new RouteRequest("TopicTest", true),
                "{\"topic\":\"TopicTest\",\"acceptStandardJsonOnly\":\"true\"}",
                "");
    }

    @Test
    void brokersLeaveAndRenew() {
        Golden.assertBothWays(RouteRpcs.UNREGISTER_BROKER.request(), BROKER, BROKER_FIELDS, "");
        Golden.assertBothWays(RouteRpcs.BROKER_HEARTBEAT.request(), BROKER, BROKER_FIELDS, "");
        assertThat(RouteRpcs.BROKER_HEARTBEAT
                        .request()
                        .decode(
                                Golden.fields("{\"brokerName\":\"broker-a\",\"brokerAddr\":\"10.0.0.1:10911\","
                                        + "\"clusterName\":\"C\"}"),
                                Golden.bytes("")))
                .isEqualTo(BROKER);
    }

    @Test
    void versionsAreCompared() {
        DataVersion version = new DataVersion(2, 3, 1);
        String text = "{\"counter\":1,\"stateVersion\":2,\"timestamp\":3}";

        Golden.assertBothWays(
                RouteRpcs.QUERY_DATA_VERSION.request(), new DataVersionQuery(BROKER, version), BROKER_FIELDS, text);
        Golden.assertBothWays(
                RouteRpcs.QUERY_DATA_VERSION.response(),
                new DataVersionAnswer(false, Optional.of(version)),
                "{\"changed\":\"false\"}",
                text);
        Golden.assertBothWays(
                RouteRpcs.QUERY_DATA_VERSION.response(),
                new DataVersionAnswer(true, Optional.empty()),
                "{\"changed\":\"true\"}",
                "");
        assertThat(new DataVersion(1, 0, 0)).isGreaterThan(new DataVersion(0, 9, 9));
        assertThat(new DataVersion(0, 0, 2)).isGreaterThan(new DataVersion(0, 9, 1));
        assertThat(version.next(7)).isEqualTo(new DataVersion(2, 7, 2));
    }

    @Test
    void clustersAreShown() {
        Golden.assertBothWays(
                RouteRpcs.GET_BROKER_CLUSTER_INFO.response(),
                new ClusterInfo(
                        new TreeMap<>(Map.of("broker-a", BROKERS)),
                        new TreeMap<>(Map.of("DefaultCluster", List.of("broker-a")))),
                "{}",
                "{\"brokerAddrTable\":{\"broker-a\":{\"brokerAddrs\":{0:\"10.0.0.1:10911\",1:\"10.0.0.2:10911\"},"
                        + "\"brokerName\":\"broker-a\",\"cluster\":\"DefaultCluster\",\"enableActingMaster\":false}},"
                        + "\"clusterAddrTable\":{\"DefaultCluster\":[\"broker-a\"]}}");
    }

    @Test
    void topicsAreListed() {
        Golden.assertBothWays(
                RouteRpcs.GET_ALL_TOPIC_LIST_FROM_NAMESERVER.response(),
                TopicList.of(List.of("A")),
                "{}",
                "{\"topicList\":[\"A\"]}");
        Golden.assertBothWays(
                RouteRpcs.GET_SYSTEM_TOPIC_LIST_FROM_NS.response(),
                new TopicList(List.of("A"), Optional.of("x:1")),
                "{}",
                "{\"brokerAddr\":\"x:1\",\"topicList\":[\"A\"]}");
        Golden.assertBothWays(
                RouteRpcs.GET_TOPICS_BY_CLUSTER.request(), new ClusterRequest("C"), "{\"cluster\":\"C\"}", "");
    }

    @Test
    void permissionsAreChanged() {
        Golden.assertBothWays(
                RouteRpcs.WIPE_WRITE_PERM_OF_BROKER.request(),
                new BrokerNameRequest("broker-a"),
                "{\"brokerName\":\"broker-a\"}",
                "");
        Golden.assertBothWays(
                RouteRpcs.WIPE_WRITE_PERM_OF_BROKER.response(), new TopicCount(3), "{\"wipeTopicCount\":\"3\"}", "");
        Golden.assertBothWays(
                RouteRpcs.ADD_WRITE_PERM_OF_BROKER.response(), new TopicCount(3), "{\"addTopicCount\":\"3\"}", "");
    }

    @Test
    void topicsAreForgottenAndMadeKnown() {
        Golden.assertBothWays(
                RouteRpcs.DELETE_TOPIC_IN_NAMESRV.request(),
                new DeleteRouteRequest("T", Optional.of("C")),
                "{\"topic\":\"T\",\"clusterName\":\"C\"}",
                "");
        Golden.assertBothWays(
                RouteRpcs.REGISTER_TOPIC_IN_NAMESRV.request(),
                new RegisterTopicRequest("T", ROUTE),
                "{\"topic\":\"T\"}",
                DIALECT);
    }

    @Test
    void membersAreShown() {
        Golden.assertBothWays(
                RouteRpcs.GET_BROKER_MEMBER_GROUP.request(),
                new MemberGroupRequest("C", "broker-a"),
                "{\"clusterName\":\"C\",\"brokerName\":\"broker-a\"}",
                "");
        Golden.assertBothWays(
                RouteRpcs.GET_BROKER_MEMBER_GROUP.response(),
                new MemberGroup("C", "broker-a", new TreeMap<>(Map.of(0L, "x:1"))),
                "{}",
                "{\"brokerMemberGroup\":{\"brokerAddrs\":{0:\"x:1\"},\"brokerName\":\"broker-a\",\"cluster\":\"C\"}}");
    }

    private static TopicRoute read(String body) {
        return RouteRpcs.GET_ROUTEINFO_BY_TOPIC.response().decode(HeaderFields.empty(), Golden.bytes(body));
    }
}
