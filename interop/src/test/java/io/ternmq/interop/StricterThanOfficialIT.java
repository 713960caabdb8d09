package io.ternmq.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ternmq.interop.api.AdminHandle;
import io.ternmq.interop.api.ClientFailure;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where our servers refuse, with a reason, what official ones let pass. Seen through the official client 5.5.0. */
@ExtendWith(TestbedExtension.class)
class StricterThanOfficialIT {
    private final SharedCluster cluster;
    private final AdminHandle admin;
    private final String broker;

    StricterThanOfficialIT(Testbed testbed) {
        cluster = testbed.cluster(Pairing.Servers.TERN);
        admin = cluster.admin();
        broker = cluster.processes().brokerAddress();
    }

    @Test
    void badValueIsRefusedByNameAndChangesNothing() {
        assertThatThrownBy(() -> admin.updateBrokerConfig(broker, Map.of("autoCreateTopicEnable", "perhaps")))
                .isInstanceOf(ClientFailure.class)
                .hasMessageContaining("autoCreateTopicEnable")
                .hasMessageContaining("perhaps");

        assertThat(admin.brokerConfig(broker)).containsEntry("autoCreateTopicEnable", "true");
    }

    @Test
    void brokerPathsAreNotChangedOverTheWire() {
        assertThatThrownBy(() -> admin.updateBrokerConfig(broker, Map.of("storePathRootDir", "/tmp/elsewhere")))
                .isInstanceOf(ClientFailure.class)
                .hasMessageContaining("storePathRootDir");
    }
}
