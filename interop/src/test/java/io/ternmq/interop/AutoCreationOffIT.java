package io.ternmq.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ternmq.interop.api.AdminHandle;
import io.ternmq.interop.api.AdminHandle.TopicSpec;
import io.ternmq.interop.api.ClientFailure;
import io.ternmq.interop.api.OutMessage;
import io.ternmq.interop.api.ProducerHandle;
import io.ternmq.interop.api.ProducerSettings;
import io.ternmq.interop.api.Queue;
import io.ternmq.interop.servers.RunningCluster;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A broker that makes no topics by itself. */
@ParameterizedClass
@MethodSource("io.ternmq.interop.Pairing#all")
@ExtendWith(TestbedExtension.class)
class AutoCreationOffIT {
    private static final int TOPIC_NOT_EXIST = 17;

    private final Pairing pairing;
    private final Testbed testbed;

    AutoCreationOffIT(Pairing pairing, Testbed testbed) {
        this.pairing = pairing;
        this.testbed = testbed;
    }

    @Test
    void unknownTopicsAreRefusedAndKnownOnesServed() {
        String unknown = "NeverMade";
        try (RunningCluster cluster = testbed.start(
                        pairing.servers(), testbed.fresh("auto-off"), Map.of("autoCreateTopicEnable", "false"));
                AdminHandle admin = testbed.admin(cluster.nameServers());
                ProducerHandle producer = testbed.client(pairing.client())
                        .producer(ProducerSettings.of(cluster.nameServers(), "Producers"));
                ProducerHandle witness = testbed.client(Pairing.Client.OFFICIAL_550)
                        .producer(ProducerSettings.of(cluster.nameServers(), "Witnesses"))) {
            admin.createTopic(cluster.brokerAddress(), new TopicSpec("Made", 1, 1, 6));

            assertThat(producer.send(OutMessage.of("Made", "welcome")).status()).isEqualTo("SEND_OK");
            // The name server knows no route for it, nor for the template of new topics.
            assertThatThrownBy(() -> producer.send(OutMessage.of(unknown, "refused")))
                    .isInstanceOf(ClientFailure.class);
            // The broker itself says so to a client that asks it without a route.
            witness.send(OutMessage.of("Made", "so that it knows the broker"));
            assertThatThrownBy(() -> witness.send(
                            OutMessage.of(unknown, "refused"), new Queue(unknown, cluster.brokerName(), 0)))
                    .isInstanceOfSatisfying(
                            ClientFailure.class,
                            failure -> assertThat(failure.code()).isEqualTo(TOPIC_NOT_EXIST));
            assertThat(admin.topicsOfBroker(cluster.brokerAddress())).doesNotContain(unknown);
        }
    }
}
