package io.ternmq.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ternmq.interop.api.AdminHandle;
import io.ternmq.interop.api.ClientFailure;
import io.ternmq.interop.api.OutMessage;
import io.ternmq.interop.api.ProducerHandle;
import io.ternmq.interop.api.ProducerSettings;
import io.ternmq.interop.api.Received;
import io.ternmq.interop.api.Sent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Finding messages by key and by id with the official tools 5.5.0. */
@ParameterizedClass
@MethodSource("io.ternmq.interop.Pairing#allServers")
@ExtendWith(TestbedExtension.class)
class QueryIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final SharedCluster cluster;
    private final AdminHandle admin;
    private final Testbed testbed;
    private ProducerHandle producer;
    private String topic;

    QueryIT(Pairing.Servers servers, Testbed testbed) {
        this.testbed = testbed;
        cluster = testbed.cluster(servers);
        admin = cluster.admin();
    }

    @BeforeEach
    void openProducer() {
        topic = testbed.fresh("Topic");
        cluster.createTopic(topic, 2);
        producer = testbed.client(Pairing.Client.OFFICIAL_550)
                .producer(ProducerSettings.of(cluster.nameServers(), testbed.fresh("Producers")));
    }

    @AfterEach
    void closeProducer() {
        producer.close();
    }

    @Test
    void messagesAreFoundByAnyOfTheirKeys() {
        producer.send(OutMessage.of(topic, "a").withKeys("order1 paid"));
        producer.send(OutMessage.of(topic, "b").withKeys("order2 paid"));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(texts(byKey("paid"))).containsExactlyInAnyOrder("a", "b"));
        assertThat(texts(byKey("order1"))).containsExactly("a");
        assertThat(byKey("order2")).singleElement().satisfies(found -> {
            assertThat(found.keys()).isEqualTo("order2 paid");
            assertThat(found.queue().topic()).isEqualTo(topic);
        });
        assertThat(byKey("order3")).isEmpty();
        assertThat(admin.messagesByKey(topic, "paid", 32, 0, 1000)).isEmpty();
    }

    @Test
    void noMoreMessagesAreFoundThanAskedForAndTheNewestFirst() {
        for (int i = 0; i < 5; i++) {
            producer.send(OutMessage.of(topic, "m" + i).withKeys("k"), queues -> 0);
        }

        await().atMost(SOON).untilAsserted(() -> assertThat(byKey("k")).hasSize(5));
        assertThat(texts(admin.messagesByKey(topic, "k", 2, 0, Long.MAX_VALUE))).containsExactlyInAnyOrder("m4", "m3");
    }

    @Test
    void aMessageIsFoundByTheIdThatItsProducerWasTold() {
        Sent sent = producer.send(OutMessage.of(topic, "single"));
        producer.send(OutMessage.of(topic, "other"));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(texts(
                                admin.messagesByUniqueKey(cluster.processes().clusterName(), topic, sent.messageId())))
                        .containsExactly("single"));
        assertThat(admin.messageById(topic, sent.messageId()).text()).isEqualTo("single");
    }

    @Test
    void eachMessageOfABatchIsFoundByItsOwnId() {
        Sent sent = producer.sendBatch(List.of(OutMessage.of(topic, "x"), OutMessage.of(topic, "y")));
        String[] ids = sent.messageId().split(",", -1);

        for (int i = 0; i < 2; i++) {
            String id = ids[i];
            String text = i == 0 ? "x" : "y";
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(texts(admin.messagesByUniqueKey(
                                    cluster.processes().clusterName(), topic, id)))
                            .containsExactly(text));
        }
    }

    @Test
    void aMessageIsFoundByTheIdThatTheBrokerGave() {
        Sent sent = producer.send(OutMessage.of(topic, "here").withTags("TagA"));

        Received found = admin.messageById(topic, sent.offsetMessageId());

        assertThat(found.text()).isEqualTo("here");
        assertThat(found.tags()).isEqualTo("TagA");
        assertThat(found.queueOffset()).isEqualTo(sent.queueOffset());
    }

    @Test
    void anIdOfNoMessageIsRefused() {
        Sent sent = producer.send(OutMessage.of(topic, "here"));
        String id = sent.offsetMessageId();

        assertThatThrownBy(() -> admin.messageById(topic, id.substring(0, 16) + "7FFFFFFFFFFFFF00"))
                .isInstanceOf(ClientFailure.class);
    }

    private List<Received> byKey(String key) {
        return admin.messagesByKey(topic, key, 32, 0, Long.MAX_VALUE);
    }

    private static List<String> texts(List<Received> messages) {
        return messages.stream().map(Received::text).toList();
    }
}
