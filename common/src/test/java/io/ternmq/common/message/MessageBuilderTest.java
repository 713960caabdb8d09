package io.ternmq.common.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MessageBuilderTest {

    @Test
    void messageIsAsItWasAskedFor() {
        Message message = Message.builder("Orders")
                .body("order 1")
                .tag("created")
                .keys("k1", "k2")
                .property("region", "north")
                .flag(7)
                .shardingKey("customer 5")
                .waitForStore(false)
                .delay(Duration.ofSeconds(3))
                .build();

        assertThat(message.getTopic()).isEqualTo("Orders");
        assertThat(message.getBody()).asString().isEqualTo("order 1");
        assertThat(message.getTags()).isEqualTo("created");
        assertThat(message.getKeys()).isEqualTo("k1 k2");
        assertThat(message.getFlag()).isEqualTo(7);
        assertThat(message.isWaitStoreMsgOK()).isFalse();
        assertThat(message.getProperties())
                .containsAllEntriesOf(
                        Map.of("region", "north", "__SHARDINGKEY", "customer 5", "TIMER_DELAY_MS", "3000"));
    }

    @Test
    void lastKindOfDelayCounts() {
        Message message = Message.builder("Orders")
                .delayLevel(3)
                .delay(Duration.ofSeconds(1))
                .deliverAt(Instant.ofEpochMilli(42))
                .build();

        assertThat(message.getProperties()).containsOnly(Map.entry("TIMER_DELIVER_MS", "42"));
    }

    @Test
    void whatDoesNotFitIsRefusedWithItsValue() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Message.builder(" ").build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Message.builder("T").keys("a b").build())
                .withMessageContaining("a b");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Message.builder("T").property("KEYS", "k").build())
                .withMessageContaining("KEYS");
    }
}
