package io.ternmq.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ternmq.interop.api.AdminHandle;
import io.ternmq.interop.api.AdminHandle.TopicSpec;
import io.ternmq.interop.api.ClientLibrary;
import io.ternmq.interop.api.OutMessage;
import io.ternmq.interop.api.ProducerHandle;
import io.ternmq.interop.api.ProducerSettings;
import io.ternmq.interop.api.PushConsumerHandle;
import io.ternmq.interop.api.PushSettings;
import io.ternmq.interop.servers.RunningCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Two official clients 5.5.0 of one group that read different tags: where ours says so, and refuses if told to. On brokers of
 * their own, which count.
 */
@ExtendWith(TestbedExtension.class)
class ConflictingSubscriptionsIT {
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final String FOUND = "subscriptionConflicts";
    private static final String REFUSED = "subscriptionConflictsRefused";

    private final Testbed testbed;
    private final ClientLibrary client;

    ConflictingSubscriptionsIT(Testbed testbed) {
        this.testbed = testbed;
        client = testbed.client(Pairing.Client.OFFICIAL_550);
    }

    @Test
    void conflictIsCountedWhereTheBrokerOnlyWarns() {
        try (RunningCluster cluster =
                        testbed.start(Pairing.Servers.TERN, testbed.fresh("conflicts-counted"), Map.of());
                AdminHandle admin = testbed.admin(cluster.nameServers())) {
            admin.createTopic(cluster.brokerAddress(), new TopicSpec("T", 2, 2, 6));
            try (PushConsumerHandle one = client.pushConsumer(
                            PushSettings.of(cluster.nameServers(), "G", "T", "A"), new Collected());
                    PushConsumerHandle other = client.pushConsumer(
                            PushSettings.of(cluster.nameServers(), "G", "T", "B"), new Collected())) {
                assertThat(List.of(one, other)).doesNotContainNull();
                await().atMost(SOON)
                        .untilAsserted(() -> assertThat(admin.brokerRuntime(cluster.brokerAddress()))
                                .containsEntry(FOUND, "1")
                                .containsEntry(REFUSED, "0"));
                assertThat(admin.consumers("G").peers()).hasSize(2);
            }
        }
    }

    @Test
    void newcomerIsRefusedAndTheMemberThatWasThereMissesNothing() {
        try (RunningCluster cluster = testbed.start(
                        Pairing.Servers.TERN,
                        testbed.fresh("conflicts"),
                        Map.of("rejectConflictingSubscriptions", "true"));
                AdminHandle admin = testbed.admin(cluster.nameServers());
                ProducerHandle producer = client.producer(ProducerSettings.of(cluster.nameServers(), "Producers"))) {
            admin.createTopic(cluster.brokerAddress(), new TopicSpec("T", 4, 4, 6));
            Collected kept = new Collected();
            Collected refused = new Collected();
            List<String> expected = new ArrayList<>();
            try (PushConsumerHandle member =
                    client.pushConsumer(PushSettings.of(cluster.nameServers(), "G", "T", "A"), kept)) {
                assertThat(member).isNotNull();
                await().atMost(SOON)
                        .ignoreExceptions()
                        .until(() -> admin.consumers("G").peers().size() == 1);

                try (PushConsumerHandle newcomer =
                        client.pushConsumer(PushSettings.of(cluster.nameServers(), "G", "T", "B"), refused)) {
                    assertThat(newcomer).isNotNull();
                    await().atMost(SOON)
                            .until(() -> "1"
                                    .equals(admin.brokerRuntime(cluster.brokerAddress())
                                            .get(REFUSED)));
                    for (int number = 0; number < 8; number++) {
                        producer.send(OutMessage.of("T", "a" + number).withTags("A"));
                        producer.send(OutMessage.of("T", "b" + number).withTags("B"));
                        expected.add("a" + number);
                    }

                    kept.awaitTexts(expected);
                    assertThat(admin.consumers("G").peers()).hasSize(1);
                    assertThat(refused.count()).isZero();
                }
            }
        }
    }
}
