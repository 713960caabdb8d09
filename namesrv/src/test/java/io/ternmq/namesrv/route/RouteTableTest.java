package io.ternmq.namesrv.route;

import static io.ternmq.namesrv.Registrations.broker;
import static io.ternmq.namesrv.Registrations.withActingMaster;
import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.common.topic.TagMode;
import io.ternmq.common.topic.TopicConfig;
import io.ternmq.namesrv.FakeConnection;
import io.ternmq.namesrv.Registrations;
import io.ternmq.namesrv.route.RegistrationOutcome.Verdict;
import io.ternmq.remoting.protocol.body.DataVersion;
import io.ternmq.remoting.protocol.route.BrokerIdentity;
import io.ternmq.remoting.protocol.route.BrokerRoute;
import io.ternmq.remoting.protocol.route.QueueRoute;
import io.ternmq.remoting.protocol.route.RegisterBrokerRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RouteTableTest {
    private static final BrokerIdentity MASTER = broker("a", 0, "a:1");
    private static final BrokerIdentity REPLICA = broker("a", 1, "a:2");

    private final RegistrationLimits limits = new RegistrationLimits(4, 5, 100);
    private final RouteTable table = new RouteTable(limits, Duration.ofMinutes(2));
    private final FakeConnection connection = new FakeConnection();

    @Test
    void aRegisteredBrokerServesItsTopics() {
        RegistrationOutcome outcome = register(Registrations.of(MASTER, 1, "T", "U"));

        assertThat(outcome).isEqualTo(RegistrationOutcome.accepted(Optional.empty(), Optional.empty()));
        assertThat(queues("T")).containsExactly(new QueueRoute("a", 4, 4, 6, 0));
        assertThat(brokers("T")).containsExactly(Map.of(0L, "a:1"));
        assertThat(table.brokers()).isEqualTo(1);
    }

    @Test
    void anUnknownBrokerMustListMoreThanOneTopicOrNone() {
        assertThat(register(Registrations.of(MASTER, 1, "T")).verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(table.routes()).isSameAs(Routes.none());
        assertThat(table.brokers()).isZero();

        assertThat(register(Registrations.of(MASTER, 1)).verdict()).isEqualTo(Verdict.ACCEPTED);
        assertThat(register(Registrations.of(MASTER, 1, "T")).verdict()).isEqualTo(Verdict.ACCEPTED);
    }

    @Test
    void topicsThatARegistrationLeavesOutStay() {
        register(Registrations.of(MASTER, 1, "T", "U"));

        register(Registrations.of(MASTER, 2, "V"));

        assertThat(table.routes().topicNames()).containsExactly("T", "U", "V");
    }

    @Test
    void topicsAreReplacedOnlyWithANewVersion() {
        register(Registrations.of(MASTER, new DataVersion(0, 1, 1), List.of(topic("T", 4), topic("U", 4))));

        register(Registrations.of(MASTER, new DataVersion(0, 1, 1), List.of(topic("T", 8), topic("V", 8))));
        assertThat(queues("T").get(0).readQueues()).isEqualTo(4);
        assertThat(queues("V").get(0).readQueues()).isEqualTo(8); // not there before

        register(Registrations.of(MASTER, new DataVersion(0, 1, 2), List.of(topic("T", 8))));
        assertThat(queues("T").get(0).readQueues()).isEqualTo(8);
    }

    @Test
    void aRegistrationWithoutNewsLeavesTheSnapshot() {
        register(Registrations.of(MASTER, 1, "T", "U"));
        Routes before = table.routes();

        register(Registrations.of(MASTER, 1, "T", "U"));

        assertThat(table.routes()).isSameAs(before);
    }

    @Test
    void aReplicaLearnsOfItsMasterAndBringsNoTopics() {
        register(Registrations.of(MASTER, 1, "T", "U"));

        RegistrationOutcome outcome =
                register(withActingMaster(Registrations.of(REPLICA, 9, "V", "W"), Optional.empty()));

        assertThat(outcome.masterAddress()).contains("a:1");
        assertThat(outcome.haServerAddress()).contains("a:10");
        assertThat(table.routes().topicNames()).containsExactly("T", "U");
        assertThat(brokers("T")).containsExactly(Map.of(0L, "a:1", 1L, "a:2"));
    }

    @Test
    void aReplicaThatBecomesMasterLosesItsOldId() {
        register(Registrations.of(MASTER, 1, "T", "U"));
        register(Registrations.of(REPLICA, 1, "T", "U"));

        register(Registrations.of(broker("a", 0, "a:2"), 2, "T", "U"));

        assertThat(brokers("T")).containsExactly(Map.of(0L, "a:2"));
    }

    @Test
    void aBrokerOfALaterTermKeepsItsId() {
        register(Registrations.of(MASTER, new DataVersion(5, 1, 1), "T", "U"));

        RegistrationOutcome late =
                register(Registrations.of(broker("a", 0, "a:9"), new DataVersion(4, 9, 9), "T", "U"));

        assertThat(late.verdict()).isEqualTo(Verdict.SUPERSEDED);
        assertThat(brokers("T")).containsExactly(Map.of(0L, "a:1"));
        assertThat(table.brokers()).isEqualTo(1);
    }

    @Test
    void aSupersededReplicaIsForgottenAltogether() {
        register(Registrations.of(MASTER, new DataVersion(5, 1, 1), "T", "U"));
        register(Registrations.of(REPLICA, new DataVersion(4, 1, 1), "T", "U"));

        register(Registrations.of(broker("a", 0, "a:2"), new DataVersion(4, 1, 1), "T", "U"));

        assertThat(brokers("T")).containsExactly(Map.of(0L, "a:1"));
        assertThat(table.brokers()).isEqualTo(1);
    }

    @Test
    void aBrokerOfTheSameTermTakesTheId() {
        register(Registrations.of(MASTER, new DataVersion(5, 1, 1), "T", "U"));

        register(Registrations.of(broker("a", 0, "a:9"), new DataVersion(5, 1, 1), "T", "U"));

        assertThat(brokers("T")).containsExactly(Map.of(0L, "a:9"));

        table.unregister(MASTER); // too late: it is another one by now
        assertThat(brokers("T")).containsExactly(Map.of(0L, "a:9"));
    }

    @Test
    void theFirstReplicaSpeaksForALostMasterButIsNotSentTo() {
        register(withActingMaster(Registrations.of(REPLICA, 1, "T", "U"), Optional.of(true)));

        assertThat(queues("T")).containsExactly(new QueueRoute("a", 4, 4, 4, 0));
    }

    @Test
    void topicsCannotBeWrittenOnceAnActingMasterIsLeft() {
        register(withActingMaster(Registrations.of(MASTER, 1, "T", "U"), Optional.of(true)));
        register(withActingMaster(Registrations.of(REPLICA, 1, "T", "U"), Optional.of(true)));
        assertThat(queues("T").get(0).permission()).isEqualTo(6);

        table.unregister(MASTER);

        assertThat(queues("T").get(0).permission()).isEqualTo(4);
        assertThat(brokers("T")).containsExactly(Map.of(1L, "a:2"));
    }

    @Test
    void topicsStayAsTheyAreWhenAMasterWithoutStandInIsLost() {
        register(Registrations.of(MASTER, 1, "T", "U"));
        register(Registrations.of(REPLICA, 1, "T", "U"));

        table.unregister(MASTER);

        assertThat(queues("T").get(0).permission()).isEqualTo(6);
        assertThat(brokers("T")).containsExactly(Map.of(1L, "a:2"));
    }

    @Test
    void withItsLastBrokerATopicGoes() {
        register(Registrations.of(MASTER, 1, "T", "U"));
        register(Registrations.of(broker("b", 0, "b:1"), 1, "U", "V"));

        table.unregister(MASTER);

        assertThat(table.routes().topicNames()).containsExactly("U", "V");
        assertThat(table.routes().clusterInfo(ListenerView.main()).brokers()).containsOnlyKeys("b");
        assertThat(table.unregister(MASTER)).isEmpty();
    }

    @Test
    void aBrokerThatChangesItsNameLeavesTheOldOne() {
        register(Registrations.of(MASTER, 1, "T", "U"));

        register(Registrations.of(broker("renamed", 0, "a:1"), 1, "T", "U"));

        assertThat(table.routes().brokers()).containsOnlyKeys("renamed");
        assertThat(queues("T")).extracting(QueueRoute::brokerName).containsExactly("renamed");
    }

    @Test
    void aConnectionTakesOnlyThoseThatRegisteredOnItLast() {
        FakeConnection later = new FakeConnection();
        register(Registrations.of(MASTER, 1, "T", "U"));
        register(Registrations.of(broker("b", 0, "b:1"), 1, "T", "U"));
        table.register(Registrations.of(MASTER, 1, "T", "U"), later, 0);

        assertThat(table.removeOn(connection))
                .extracting(gone -> gone.broker().brokerName())
                .containsExactly("b");

        assertThat(brokers("T")).containsExactly(Map.of(0L, "a:1"));
    }

    @Test
    void writePermissionIsTakenAndGivenBack() {
        register(Registrations.of(MASTER, 1, "T", "U"));
        register(Registrations.of(broker("b", 0, "b:1"), 1, "T", "U"));

        assertThat(table.setWritable("a", false)).isEqualTo(2);
        assertThat(queues("T")).extracting(QueueRoute::permission).containsExactly(4, 6);

        register(Registrations.of(MASTER, 1, "T", "U")); // the same version changes nothing
        assertThat(queues("T")).extracting(QueueRoute::permission).containsExactly(4, 6);

        assertThat(table.setWritable("a", true)).isEqualTo(2);
        assertThat(queues("T")).extracting(QueueRoute::permission).containsExactly(6, 6);
        assertThat(table.setWritable("unknown", true)).isZero();
    }

    @Test
    void topicsAreDeletedEverywhereOrInOneCluster() {
        register(Registrations.of(MASTER, 1, "T", "U"));
        register(Registrations.of(new BrokerIdentity("D", "b", 0, "b:1"), 1, "T", "U"));

        table.deleteTopic("T", Optional.of("D"));
        table.deleteTopic("U", Optional.empty());
        table.deleteTopic("unknown", Optional.empty());

        assertThat(queues("T")).extracting(QueueRoute::brokerName).containsExactly("a");
        assertThat(table.routes().find("U")).isEmpty();
    }

    @Test
    void topicsAreMadeKnownOnRegisteredBrokersOnly() {
        register(Registrations.of(MASTER, 1, "T", "U"));

        assertThat(table.addTopic("N", List.of(new QueueRoute("a", 1, 1, 6, 0), new QueueRoute("x", 1, 1, 6, 0))))
                .isEmpty();

        assertThat(queues("N")).extracting(QueueRoute::brokerName).containsExactly("a");
        assertThat(table.addTopic("M", List.of(new QueueRoute("a", 101, 1, 6, 0))))
                .isPresent();
        assertThat(table.addTopic("m".repeat(256), List.of())).isPresent();
    }

    @Test
    void listsShowClustersFlagsAndSystemNames() {
        register(Registrations.of(MASTER, new DataVersion(0, 1, 1), List.of(flagged("unit", 1), flagged("both", 3))));
        register(Registrations.of(
                new BrokerIdentity("D", "b", 0, "b:1"),
                new DataVersion(0, 1, 1),
                List.of(flagged("sub", 2), flagged("none", 0))));
        Routes routes = table.routes();

        assertThat(routes.topicNamesOf("C")).containsExactly("both", "unit");
        assertThat(routes.topicNamesOf("unknown")).isEmpty();
        assertThat(routes.topicNamesWithFlag(TopicConfig::isUnit)).containsExactly("both", "unit");
        assertThat(routes.topicNamesWithFlag(TopicConfig::hasUnitSubscription)).containsExactly("both", "sub");
        assertThat(routes.systemNames()).containsExactly("C", "D", "a", "b");
        assertThat(routes.anyAddress(ListenerView.main())).contains("a:1");
        assertThat(routes.clusterInfo(ListenerView.main()).clusters())
                .isEqualTo(Map.of("C", List.of("a"), "D", List.of("b")));
    }

    @Test
    void limitsAreKept() {
        assertRefused(Registrations.of(MASTER, 1, "1", "2", "3", "4", "5", "6"), "lists 6 topics: expected at most 5");
        assertRefused(Registrations.of(MASTER, 1, "T", "u".repeat(256)), "Topic has 256 characters");
        assertRefused(Registrations.of(MASTER, 1, "T", "u\nv"), "control characters");
        assertRefused(
                Registrations.of(MASTER, new DataVersion(0, 1, 1), List.of(topic("T", 4), topic("U", 101))),
                "0 to 100");
        assertRefused(
                Registrations.of(MASTER, new DataVersion(0, 1, 1), List.of(topic("T", 4), topic("U", -1))), "0 to 100");
        assertRefused(
                Registrations.of(
                        MASTER, new DataVersion(0, 1, 1), List.of(topic("T", 4).withPermission(8))),
                "permission 8: expected 0 to 7");
        assertRefused(Registrations.of(broker("", 0, "a:1"), 1), "Broker name has 0 characters");
        assertRefused(Registrations.of(broker("a", -1, "a:1"), 1), "Broker id -1");
        for (String address : List.of("a", ":1", "a:", "a:x", "a:123456", "a b:1")) {
            assertRefused(Registrations.of(broker("a", 0, address), 1), "expected host:port");
        }
    }

    @Test
    void brokersAreLimited() {
        for (int id = 0; id < 4; id++) {
            register(Registrations.of(broker("a", id, "a:" + id), 1));
        }

        assertRefused(Registrations.of(broker("a", 4, "a:4"), 1), "There are 4 brokers, which is the limit");
        assertThat(register(Registrations.of(broker("a", 3, "a:3"), 1)).verdict())
                .isEqualTo(Verdict.ACCEPTED);
    }

    private void assertRefused(RegisterBrokerRequest request, String text) {
        RegistrationOutcome outcome = register(request);

        assertThat(outcome.verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(outcome.text()).contains(text);
    }

    private RegistrationOutcome register(RegisterBrokerRequest request) {
        return table.register(request, connection, 0);
    }

    private List<QueueRoute> queues(String topic) {
        return table.routes().find(topic).orElseThrow().queues();
    }

    private List<Map<Long, String>> brokers(String topic) {
        return table.routes().find(topic).orElseThrow().brokers().stream()
                .<Map<Long, String>>map(BrokerRoute::addresses)
                .toList();
    }

    private static TopicConfig topic(String name, int queues) {
        return TopicConfig.of(name, queues);
    }

    private static TopicConfig flagged(String name, int sysFlag) {
        return new TopicConfig(name, 1, 1, 6, TagMode.SINGLE_TAG, sysFlag, false, Map.of());
    }
}
