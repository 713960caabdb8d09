package io.ternmq.namesrv.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class BrokerKeyTest {
    private final BrokerKey key = new BrokerKey("east", "10.0.0.1:10911");

    @Test
    void sameClusterAndAddressAreTheSameBroker() {
        BrokerKey same = new BrokerKey(new String("east".toCharArray()), new String("10.0.0.1:10911".toCharArray()));

        assertThat(key).isEqualTo(same).hasSameHashCodeAs(same);
    }

    @Test
    void anotherClusterOrAddressIsAnotherBroker() {
        assertThat(key)
                .isNotEqualTo(new BrokerKey("west", "10.0.0.1:10911"))
                .isNotEqualTo(new BrokerKey("east", "10.0.0.2:10911"))
                .isNotEqualTo(null)
                .isNotEqualTo("east");
    }
}
