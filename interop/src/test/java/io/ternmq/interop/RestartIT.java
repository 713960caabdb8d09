package io.ternmq.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ternmq.interop.api.AdminHandle;
import io.ternmq.interop.api.AdminHandle.GroupSpec;
import io.ternmq.interop.api.AdminHandle.TopicSpec;
import io.ternmq.interop.api.ClientLibrary;
import io.ternmq.interop.api.OutMessage;
import io.ternmq.interop.api.ProducerHandle;
import io.ternmq.interop.api.ProducerSettings;
import io.ternmq.interop.api.PullHandle;
import io.ternmq.interop.api.PushConsumerHandle;
import io.ternmq.interop.api.PushSettings;
import io.ternmq.interop.api.Queue;
import io.ternmq.interop.api.Received;
import io.ternmq.interop.servers.RunningCluster;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Brokers that stop or are killed, and start again on what they stored, as the official client 5.5.0 sees them. */
@ParameterizedClass
@MethodSource("io.ternmq.interop.Pairing#allServers")
@ExtendWith(TestbedExtension.class)
class RestartIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final int ROUND = 500;
    private static final int KILLS = 3;

    private final Pairing.Servers servers;
    private final Testbed testbed;
    private final ClientLibrary client;

    RestartIT(Pairing.Servers servers, Testbed testbed) {
        this.servers = servers;
        this.testbed = testbed;
        client = testbed.client(Pairing.Client.OFFICIAL_550);
    }

    @Test
    void everyAcknowledgedMessageSurvivesKills() {
        String topic = "Killed";
        Collected collected = new Collected();
        try (RunningCluster cluster = testbed.start(servers, testbed.fresh("kill"), Map.of());
                AdminHandle admin = testbed.admin(cluster.nameServers())) {
            admin.createTopic(cluster.brokerAddress(), new TopicSpec(topic, 4, 4, 6));
            Map<Acknowledged.Place, String> acknowledged;
            try (PushConsumerHandle consumer = client.pushConsumer(
                            PushSettings.of(cluster.nameServers(), "Group", topic, "*"), collected);
                    ProducerHandle producer =
                            client.producer(ProducerSettings.of(cluster.nameServers(), "Producers"))) {
                assertThat(consumer).isNotNull();
                acknowledged = sendThroughKills(cluster, producer, topic);

                // At least once: what was consumed but not yet committed at a kill comes again.
                await().atMost(SOON)
                        .untilAsserted(
                                () -> assertThat(Set.copyOf(collected.texts())).containsAll(acknowledged.values()));
            }
            assertThat(placesOf(read(cluster, topic))).containsAllEntriesOf(acknowledged);
        }
    }

    private static Map<Acknowledged.Place, String> sendThroughKills(
            RunningCluster cluster, ProducerHandle producer, String topic) {
        Map<Acknowledged.Place, String> acknowledged;
        try (Acknowledged sending = new Acknowledged(producer, topic)) {
            acknowledged = sending.textByPlace();
            for (int kill = 0; kill < KILLS; kill++) {
                awaitMore(sending);
                cluster.broker().kill();
                cluster.startBroker();
            }
            awaitMore(sending);
        } // Waits for the last send.
        return acknowledged;
    }

    private static void awaitMore(Acknowledged sending) {
        int before = sending.count();
        await().atMost(SOON).until(() -> sending.count() >= before + ROUND);
    }

    private List<Received> read(RunningCluster cluster, String topic) {
        try (PullHandle consumer = client.pullConsumer(cluster.nameServers(), "Readers")) {
            return QueueReader.readAll(consumer, topic);
        }
    }

    /** Where each message lies; fails unless the offsets of every queue count up from 0 without a gap. */
    private static Map<Acknowledged.Place, String> placesOf(List<Received> stored) {
        Map<Acknowledged.Place, String> texts = new HashMap<>();
        Map<Queue, Long> next = new HashMap<>();
        for (Received message : stored) {
            assertThat(message.queueOffset()).isEqualTo(next.getOrDefault(message.queue(), 0L));
            next.put(message.queue(), message.queueOffset() + 1);
            texts.put(new Acknowledged.Place(message.queue(), message.queueOffset()), message.text());
        }
        return texts;
    }

    @Test
    void cleanRestartKeepsMessagesTopicsGroupsAndOffsets() {
        TopicSpec topic = new TopicSpec("Kept", 3, 2, 6);
        GroupSpec group = new GroupSpec("KeptGroup", true, 1, 5);
        try (RunningCluster cluster = testbed.start(servers, testbed.fresh("restart"), Map.of());
                AdminHandle admin = testbed.admin(cluster.nameServers())) {
            String broker = cluster.brokerAddress();
            Queue queue = new Queue(topic.name(), cluster.brokerName(), 1);
            admin.createTopic(broker, topic);
            admin.createGroup(broker, group);
            send(cluster, queue, "before");
            admin.updateConsumeOffset(broker, group.name(), queue, 1);

            int exit = cluster.broker().stop(STOP_LIMIT);
            cluster.startBroker();

            assertThat(exit).isIn(0, 143); // A JVM that ends by SIGTERM says 143 even after a clean stop.
            assertThat(admin.topic(broker, topic.name())).contains(topic);
            assertThat(admin.group(broker, group.name())).contains(group);
            send(cluster, queue, "after");
            assertThat(read(cluster, topic.name())).extracting(Received::text).containsExactly("before", "after");
            try (PullHandle consumer = client.pullConsumer(cluster.nameServers(), group.name())) {
                assertThat(consumer.committed(queue)).isEqualTo(1);
            }
        }
    }

    private void send(RunningCluster cluster, Queue queue, String text) {
        try (ProducerHandle producer = client.producer(ProducerSettings.of(cluster.nameServers(), "Producers"))) {
            producer.send(OutMessage.of(queue.topic(), text), queue);
        }
    }

    @Test
    void stoppedBrokerLeavesTheRoutesBeforeItsProcessEnds() {
        try (RunningCluster cluster = testbed.start(servers, testbed.fresh("leave"), Map.of());
                AdminHandle admin = testbed.admin(cluster.nameServers())) {
            assertThat(admin.brokers()).containsOnlyKeys(cluster.brokerName());

            cluster.broker().stop(STOP_LIMIT);

            assertThat(admin.brokers()).isEmpty();
        }
    }

    @Test
    void killedBrokerLeavesTheRoutesWithItsConnection() {
        try (RunningCluster cluster = testbed.start(servers, testbed.fresh("die"), Map.of());
                AdminHandle admin = testbed.admin(cluster.nameServers())) {
            cluster.broker().kill();

            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(admin.brokers()).isEmpty());
        }
    }

    @Test
    void restartedNameServerLearnsOfItsBrokersAgainAndKeepsItsKeyValues() {
        try (RunningCluster cluster = testbed.start(servers, testbed.fresh("namesrv"), Map.of());
                AdminHandle admin = testbed.admin(cluster.nameServers())) {
            admin.createTopic(cluster.brokerAddress(), new TopicSpec("Relearned", 1, 1, 6));
            admin.putKv("NS", "key", "value");

            cluster.nameServer().kill();
            cluster.startNameServer();

            // Brokers register again every 30 s.
            await().atMost(SOON).ignoreExceptions().untilAsserted(() -> {
                assertThat(admin.brokers()).containsOnlyKeys(cluster.brokerName());
                assertThat(admin.route("Relearned")).containsKey(cluster.brokerName());
                assertThat(admin.kv("NS", "key")).isEqualTo("value");
            });
        }
    }
}
