package io.ternmq.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ternmq.interop.api.AdminHandle.Peer;
import io.ternmq.interop.api.ClientLibrary;
import io.ternmq.interop.api.OutMessage;
import io.ternmq.interop.api.ProducerHandle;
import io.ternmq.interop.api.ProducerSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * That the two official releases really are two, side by side in this JVM, and that the broker can tell them apart. In long
 * runs, which alone put the older one to our servers.
 */
@EnabledIfSystemProperty(named = "ternmq.long", matches = "true")
@ExtendWith(TestbedExtension.class)
class ClientVersionsIT {
    private static final int V4_9_8 = 409;
    private static final int V5_5_0 = 513;

    private final Testbed testbed;

    ClientVersionsIT(Testbed testbed) {
        this.testbed = testbed;
    }

    @Test
    void bothReleasesSendAtTheSameTimeEachUnderItsOwnVersion() {
        SharedCluster cluster = testbed.cluster(Pairing.Servers.TERN);
        String topic = testbed.fresh("Topic");
        String group = testbed.fresh("Producers");
        cluster.createTopic(topic, 1);
        ClientLibrary newer = testbed.client(Pairing.Client.OFFICIAL_550);
        ClientLibrary older = testbed.client(Pairing.Client.OFFICIAL_498);
        assertThat(newer.version()).isEqualTo("V5_5_0");
        assertThat(older.version()).isEqualTo("V4_9_8");

        try (ProducerHandle one = newer.producer(ProducerSettings.of(cluster.nameServers(), group));
                ProducerHandle other = older.producer(ProducerSettings.of(cluster.nameServers(), group))) {
            assertThat(one.send(OutMessage.of(topic, "5.5.0")).status()).isEqualTo("SEND_OK");
            assertThat(other.send(OutMessage.of(topic, "4.9.8")).status()).isEqualTo("SEND_OK");

            // Producers tell the broker of themselves with their next heartbeat, within 30 s.
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(cluster.admin().producers(group, topic))
                            .extracting(Peer::version)
                            .containsExactlyInAnyOrder(V4_9_8, V5_5_0));
        }
    }
}
