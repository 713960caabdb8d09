package io.ternmq.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.interop.api.OutMessage;
import io.ternmq.interop.api.ProducerHandle;
import io.ternmq.interop.api.PushSettings;
import io.ternmq.interop.api.Received;
import io.ternmq.interop.api.Sent;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages that are held back by delay levels. Alone, because they are to come soon after they are due. */
@Isolated
@ParameterizedClass
@MethodSource("io.ternmq.interop.Pairing#all")
class DelayIT extends PairedTest {
    DelayIT(Pairing pairing, Testbed testbed) {
        super(pairing, testbed);
    }

    @Test
    void messageOfADelayLevelIsDeliveredWhenItIsDueAndNotBefore() {
        String topic = topic(2);
        Collected collected = new Collected();
        ProducerHandle producer = producer();
        pushConsumer(PushSettings.of(cluster.nameServers(), fresh("Group"), topic, "*"), collected);

        Sent later = producer.send(OutMessage.of(topic, "after a second")
                .withTags("T")
                .withKeys("k1 k2")
                .withProperty("colour", "green")
                .withDelayLevel(1));
        producer.send(OutMessage.of(topic, "at once"));

        collected.awaitTexts(List.of("at once", "after a second"));
        Received delayed = collected.messages().stream()
                .filter(message -> message.text().equals("after a second"))
                .findFirst()
                .orElseThrow();
        assertThat(delayed.storeTimestamp() - delayed.bornTimestamp()).isBetween(999L, 3_000L);
        assertThat(delayed.messageId()).isEqualTo(later.messageId());
        assertThat(delayed.queue()).isEqualTo(later.queue());
        assertThat(delayed.tags()).isEqualTo("T");
        assertThat(delayed.keys()).isEqualTo("k1 k2");
        assertThat(delayed.reconsumeTimes()).isZero();
        assertThat(delayed.properties())
                .containsEntry("colour", "green")
                .containsEntry("REAL_TOPIC", topic)
                .containsEntry("REAL_QID", Integer.toString(later.queue().id()))
                .containsEntry("DELAY", "1");
    }
}
