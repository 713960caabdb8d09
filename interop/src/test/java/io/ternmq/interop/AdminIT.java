package io.ternmq.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ternmq.interop.api.AdminHandle;
import io.ternmq.interop.api.AdminHandle.GroupSpec;
import io.ternmq.interop.api.AdminHandle.Progress;
import io.ternmq.interop.api.AdminHandle.TopicSpec;
import io.ternmq.interop.api.ClientFailure;
import io.ternmq.interop.api.ClientLibrary;
import io.ternmq.interop.api.OutMessage;
import io.ternmq.interop.api.ProducerHandle;
import io.ternmq.interop.api.ProducerSettings;
import io.ternmq.interop.api.PullHandle;
import io.ternmq.interop.api.PushConsumerHandle;
import io.ternmq.interop.api.PushSettings;
import io.ternmq.interop.api.Queue;
import io.ternmq.interop.servers.RunningCluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The official admin tools 5.5.0: what mqadmin and the dashboard begin with. What changes a whole broker is done to one that no
 * other test uses.
 */
@ParameterizedClass
@MethodSource("io.ternmq.interop.Pairing#allServers")
@ExtendWith(TestbedExtension.class)
class AdminIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int READ = 4;
    private static final int READ_AND_WRITE = 6;
    private static final int VERSION_550 = 513;

    private final Pairing.Servers servers;
    private final Testbed testbed;
    private final SharedCluster cluster;
    private final AdminHandle admin;
    private final String broker;
    private final String brokerName;
    private final ClientLibrary client;

    AdminIT(Pairing.Servers servers, Testbed testbed) {
        this.servers = servers;
        this.testbed = testbed;
        cluster = testbed.cluster(servers);
        admin = cluster.admin();
        broker = cluster.processes().brokerAddress();
        brokerName = cluster.processes().brokerName();
        client = testbed.client(Pairing.Client.OFFICIAL_550);
    }

    private ProducerHandle producer(String group) {
        return client.producer(ProducerSettings.of(cluster.nameServers(), group));
    }

    @Test
    void createdTopicIsInTheRouteAndInEveryList() {
        String topic = testbed.fresh("Topic");

        admin.createTopic(broker, new TopicSpec(topic, 3, 2, READ_AND_WRITE));

        TopicSpec created = new TopicSpec(topic, 3, 2, READ_AND_WRITE);
        assertThat(admin.topic(broker, topic)).contains(created);
        assertThat(admin.route(topic)).containsExactly(Map.entry(brokerName, created));
        assertThat(admin.topics()).contains(topic);
        assertThat(admin.topicsOfCluster(cluster.processes().clusterName())).contains(topic);
        assertThat(admin.topicsOfBroker(broker)).contains(topic, "TBW102");
    }

    @Test
    void changedTopicReplacesItsFormerSettings() {
        String topic = testbed.fresh("Topic");
        admin.createTopic(broker, new TopicSpec(topic, 4, 4, READ_AND_WRITE));

        admin.createTopic(broker, new TopicSpec(topic, 8, 6, READ));

        assertThat(admin.route(topic)).containsEntry(brokerName, new TopicSpec(topic, 8, 6, READ));
    }

    @Test
    void topicNamesThatTheProtocolForbidsAreRefused() {
        assertThatThrownBy(() -> admin.createTopic(broker, new TopicSpec("no/slash", 1, 1, READ_AND_WRITE)))
                .isInstanceOf(ClientFailure.class);
        assertThatThrownBy(() -> admin.createTopic(broker, new TopicSpec("x".repeat(128), 1, 1, READ_AND_WRITE)))
                .isInstanceOf(ClientFailure.class);
        assertThatThrownBy(() -> admin.createTopic(broker, new TopicSpec("TBW102", 1, 1, READ_AND_WRITE)))
                .isInstanceOf(ClientFailure.class);

        assertThat(admin.topicsOfBroker(broker)).doesNotContain("no/slash", "x".repeat(128));
    }

    @Test
    void deletedTopicLeavesBrokerAndNameServer() {
        String topic = testbed.fresh("Topic");
        cluster.createTopic(topic, 2);
        try (ProducerHandle producer = producer(testbed.fresh("Producers"))) {
            producer.send(OutMessage.of(topic, "soon gone"));
        }

        admin.deleteTopic(topic, cluster.processes().clusterName());

        assertThat(admin.topic(broker, topic)).isEmpty();
        assertThat(admin.topics()).doesNotContain(topic);
        assertThatThrownBy(() -> admin.route(topic))
                .isInstanceOfSatisfying(
                        ClientFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(17));
    }

    @Test
    void clusterInfoNamesTheBrokerAndItsAddress() {
        assertThat(admin.brokers()).containsEntry(brokerName, Map.of(0L, broker));
        assertThat(admin.clusters().get(cluster.processes().clusterName())).contains(brokerName);
    }

    @Test
    void statisticsOfATopicCountItsMessages() {
        String topic = testbed.fresh("Topic");
        cluster.createTopic(topic, 2);
        long before = System.currentTimeMillis();
        try (ProducerHandle producer = producer(testbed.fresh("Producers"))) {
            for (int i = 0; i < 5; i++) {
                producer.send(OutMessage.of(topic, "m" + i), queues -> 1);
            }
        }

        var statistics = admin.topicStatistics(topic);

        assertThat(statistics.get(new Queue(topic, brokerName, 0)).maxOffset()).isZero();
        assertThat(statistics.get(new Queue(topic, brokerName, 1))).satisfies(span -> {
            assertThat(span.minOffset()).isZero();
            assertThat(span.maxOffset()).isEqualTo(5);
            assertThat(span.lastUpdateMillis()).isBetween(before - 1_000, System.currentTimeMillis() + 1_000);
        });
    }

    @Test
    void progressOfAGroupAndItsEndsAreVisible() {
        String topic = testbed.fresh("Topic");
        String group = testbed.fresh("Group");
        Queue queue = new Queue(topic, brokerName, 0);
        cluster.createTopic(topic, 1);
        Collected collected = new Collected();
        try (ProducerHandle producer = producer(testbed.fresh("Producers"))) {
            try (PushConsumerHandle consumer =
                    client.pushConsumer(PushSettings.of(cluster.nameServers(), group, topic, "*"), collected)) {
                assertThat(consumer).isNotNull();
                producer.send(OutMessage.of(topic, "a"));
                producer.send(OutMessage.of(topic, "b"));
                collected.awaitTexts(List.of("a", "b"));
                // A message counts only after its listener has returned.
                await().atMost(SOON)
                        .untilAsserted(() -> assertThat(
                                        admin.consumerStatus(topic, group, "").values())
                                .containsExactly(Map.of(queue, 2L)));
            } // Writes its offsets.
            producer.send(OutMessage.of(topic, "c"));
        }

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(admin.consumeProgress(group)).containsEntry(queue, new Progress(3, 2)));
        assertThat(admin.minOffset(queue)).isZero();
        assertThat(admin.maxOffset(queue)).isEqualTo(3);
        assertThat(admin.searchOffset(queue, 0)).isZero();
        assertThat(admin.earliestStoreTime(queue)).isPositive();
    }

    @Test
    void offsetOfAGroupCanBeSet() {
        String topic = testbed.fresh("Topic");
        String group = testbed.fresh("Group");
        Queue queue = new Queue(topic, brokerName, 0);
        cluster.createTopic(topic, 1);
        admin.createGroup(broker, new GroupSpec(group, true, 1, 16));

        admin.updateConsumeOffset(broker, group, queue, 42);

        try (PullHandle consumer = client.pullConsumer(cluster.nameServers(), group)) {
            assertThat(consumer.committed(queue)).isEqualTo(42);
        }
    }

    @Test
    void groupsAreMadeShownAndDeleted() {
        String group = testbed.fresh("Group");

        admin.createGroup(broker, new GroupSpec(group, true, 2, 7));

        assertThat(admin.group(broker, group)).contains(new GroupSpec(group, true, 2, 7));
        assertThat(admin.groups(broker)).contains(group);
        admin.deleteGroup(broker, group);
        assertThat(admin.groups(broker)).doesNotContain(group);
    }

    @Test
    void connectedProducersAreShownWithTheirVersion() {
        String topic = testbed.fresh("Topic");
        String group = testbed.fresh("Producers");
        cluster.createTopic(topic, 1);
        try (ProducerHandle producer = producer(group)) {
            producer.send(OutMessage.of(topic, "x"));

            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(admin.producers(group, topic))
                            .singleElement()
                            .satisfies(peer -> {
                                assertThat(peer.address()).startsWith("127.0.0.1:");
                                assertThat(peer.language()).isEqualTo("JAVA");
                                assertThat(peer.version()).isEqualTo(VERSION_550);
                            }));
        }
    }

    @Test
    void connectedConsumersAreShownWithTheirSubscription() {
        String topic = testbed.fresh("Topic");
        String group = testbed.fresh("Group");
        cluster.createTopic(topic, 1);
        try (PushConsumerHandle consumer =
                client.pushConsumer(PushSettings.of(cluster.nameServers(), group, topic, "A || B"), new Collected())) {
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(admin.consumers(group)).satisfies(members -> {
                        assertThat(members.consumeType()).isEqualTo("CONSUME_PASSIVELY");
                        assertThat(members.messageModel()).isEqualTo("CLUSTERING");
                        assertThat(members.subscriptions())
                                .containsEntry(topic, "A || B")
                                .containsKey("%RETRY%" + group);
                        assertThat(members.peers()).hasSize(1);
                    }));
            assertThat(consumer).isNotNull();
        }

        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThatThrownBy(() -> admin.consumers(group)).isInstanceOf(ClientFailure.class));
    }

    @Test
    void brokerConfigIsShownAndChangedWhileItRuns() {
        try (RunningCluster own = testbed.start(servers, testbed.fresh("changed"), Map.of());
                AdminHandle itsAdmin = testbed.admin(own.nameServers())) {
            String address = own.brokerAddress();
            assertThat(itsAdmin.brokerConfig(address))
                    .containsEntry("brokerName", own.brokerName())
                    .containsEntry("listenPort", address.substring(address.indexOf(':') + 1))
                    .containsEntry("autoCreateTopicEnable", "true");

            itsAdmin.updateBrokerConfig(address, Map.of("autoCreateTopicEnable", "false"));

            assertThat(itsAdmin.brokerConfig(address)).containsEntry("autoCreateTopicEnable", "false");
        }
    }

    @Test
    void pathsAreNotChangedOverTheWire() {
        assertThatThrownBy(() -> admin.updateNameServerConfig(
                        cluster.nameServers(), Map.of("kvConfigPath", "/tmp/elsewhere/kv.json")))
                .isInstanceOf(ClientFailure.class);
        assertThatThrownBy(() ->
                        admin.updateBrokerConfig(broker, Map.of("brokerConfigPath", "/tmp/elsewhere/broker.conf")))
                .isInstanceOf(ClientFailure.class);
    }

    @Test
    void runtimeOfTheBrokerHasWhatOperatorsLookAt() {
        assertThat(admin.brokerRuntime(broker))
                .containsKeys(
                        "bootTimestamp",
                        "brokerVersionDesc",
                        "msgPutTotalTodayNow",
                        "putTps",
                        "runtime",
                        "commitLogMaxOffset");
    }

    @Test
    void nameServerConfigIsShown() {
        assertThat(admin.nameServerConfig(cluster.nameServers()))
                .containsEntry(
                        "listenPort",
                        cluster.nameServers().substring(cluster.nameServers().indexOf(':') + 1));
    }

    @Test
    void keyValuesAreKeptByNamespace() {
        String namespace = testbed.fresh("NAMESPACE");

        admin.putKv(namespace, "key", "value with = and ü");
        admin.putKv(namespace, "other", "2");

        assertThat(admin.kv(namespace, "key")).isEqualTo("value with = and ü");
        assertThat(admin.kvs(namespace)).containsOnly(Map.entry("key", "value with = and ü"), Map.entry("other", "2"));
        admin.deleteKv(namespace, "key");
        assertThat(admin.kvs(namespace)).containsOnlyKeys("other");
    }

    @Test
    void withdrawnWritePermissionIsSeenAtOnceAndGivenBack() {
        try (RunningCluster own = testbed.start(servers, testbed.fresh("withdrawn"), Map.of());
                AdminHandle itsAdmin = testbed.admin(own.nameServers())) {
            itsAdmin.createTopic(own.brokerAddress(), new TopicSpec("T", 2, 2, READ_AND_WRITE));

            assertThat(itsAdmin.wipeWritePermission(own.nameServers(), own.brokerName()))
                    .isPositive();
            assertThat(itsAdmin.route("T").get(own.brokerName()).permission()).isEqualTo(READ);

            itsAdmin.addWritePermission(own.nameServers(), own.brokerName());
            assertThat(itsAdmin.route("T").get(own.brokerName()).permission()).isEqualTo(READ_AND_WRITE);
        }
    }
}
