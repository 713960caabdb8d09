package io.ternmq.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ternmq.interop.api.AdminHandle.TraceLine;
import io.ternmq.interop.api.OutMessage;
import io.ternmq.interop.api.ProducerHandle;
import io.ternmq.interop.api.ProducerSettings;
import io.ternmq.interop.api.PushSettings;
import io.ternmq.interop.api.Received;
import io.ternmq.interop.api.Sent;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The life of a message, as its clients trace it and the official tools 5.5.0 show it. */
@ParameterizedClass
@MethodSource("io.ternmq.interop.Pairing#all")
@Isolated("official clients give up records that they cannot send at once, as on a machine that is full")
class TraceIT extends PairedTest {
    private static final String TRACE_TOPIC = "RMQ_SYS_TRACE_TOPIC";
    private static final int FAILED = 4;

    private final Pairing pairing;

    TraceIT(Pairing pairing, Testbed testbed) {
        super(pairing, testbed);
        this.pairing = pairing;
    }

    @Test
    void messageIsTracedFromItsProducerToItsConsumer() {
        String topic = topic(1);
        String producers = fresh("Producers");
        String group = group();
        Sent sent = tracedProducer(producers)
                .send(OutMessage.of(topic, "hello").withTags("TagA").withKeys("k1 k2"));
        consumed(group, topic, true);

        List<TraceLine> lines = awaitTrace(sent.messageId(), "Pub", "SubAfter", "SubBefore");

        assertThat(only("Pub", lines)).satisfies(stored -> {
            assertThat(stored.group()).isEqualTo(producers);
            assertThat(stored.topic()).isEqualTo(topic);
            assertThat(stored.tags()).isEqualTo("TagA");
            assertThat(stored.keys()).isEqualTo("k1 k2");
            assertThat(stored.bodyBytes()).isEqualTo(5);
            assertThat(stored.offsetMessageId()).isEqualTo(sent.offsetMessageId());
            assertThat(stored.isSuccess()).isTrue();
        });
        assertThat(only("SubBefore", lines).group()).isEqualTo(group);
        assertThat(only("SubAfter", lines)).satisfies(consumed -> {
            assertThat(consumed.isSuccess()).isTrue();
            assertThat(consumed.ending()).isZero();
            assertThat(consumed.keys()).isEqualTo("k1 k2");
            assertThat(consumed.requestId()).isEqualTo(only("SubBefore", lines).requestId());
        });
        assertThat(cluster.admin().traces(TRACE_TOPIC, "k2")).isEmpty(); // found by this key, and of another id
        assertThat(cluster.admin().messagesByKey(TRACE_TOPIC, "k2", 64, 0, Long.MAX_VALUE))
                .isNotEmpty();
    }

    @Test
    void callThatFailsAndMessageWithoutKeysAreReadable() {
        String topic = topic(1);
        Sent sent = tracedProducer(fresh("Producers")).send(OutMessage.of(topic, "no keys"));
        consumed(group(), topic, false);

        List<TraceLine> lines = awaitTrace(sent.messageId(), "Pub", "SubAfter", "SubBefore");

        assertThat(only("SubAfter", lines).isSuccess()).isFalse();
        assertThat(only("SubAfter", lines).ending()).isEqualTo(FAILED);
    }

    @Test
    void eachMessageOfABatchIsTracedByItsOwnId() {
        Assumptions.assumeTrue(
                pairing.client() == Pairing.Client.TERN, "official clients write one line for the whole batch");
        String topic = topic(1);
        Sent sent = tracedProducer(fresh("Producers"))
                .sendBatch(List.of(OutMessage.of(topic, "x"), OutMessage.of(topic, "yy")));

        String[] ids = sent.messageId().split(",", -1);

        assertThat(only("Pub", awaitTrace(ids[0], "Pub")).bodyBytes()).isEqualTo(1);
        assertThat(only("Pub", awaitTrace(ids[1], "Pub")).bodyBytes()).isEqualTo(2);
    }

    @Test
    void producerThatEndsHasSentItsTrace() {
        Assumptions.assumeTrue(
                pairing.client() != Pairing.Client.OFFICIAL_498,
                "client 4.9.8 gives its last trace half a second and then refuses it itself");
        String topic = topic(1);
        Sent sent;
        try (ProducerHandle producer = tracedProducer(fresh("Producers"))) {
            sent = producer.send(OutMessage.of(topic, "last words"));
        }

        awaitTrace(sent.messageId(), "Pub");
    }

    @Test
    void messageOfAnotherProducerIsNotTraced() {
        String topic = topic(1);
        ProducerHandle untraced = producer();
        Sent before = untraced.send(OutMessage.of(topic, "untraced"));
        Sent traced = tracedProducer(fresh("Producers")).send(OutMessage.of(topic, "traced"));

        awaitTrace(traced.messageId(), "Pub");

        assertThat(cluster.admin().traces(TRACE_TOPIC, before.messageId())).isEmpty();
        assertThat(stored(topic, 2)).extracting(Received::text).containsExactly("untraced", "traced");
    }

    /** Has a traced consumer take a topic's only message; its trace comes after that. */
    private void consumed(String group, String topic, boolean isSuccess) {
        CountDownLatch taken = new CountDownLatch(1);
        pushConsumer(PushSettings.of(cluster.nameServers(), group, topic, "*").traced(), messages -> {
            taken.countDown();
            return isSuccess;
        });
        await().atMost(Collected.TWO_HEARTBEATS).until(() -> taken.getCount() == 0);
    }

    private ProducerHandle tracedProducer(String group) {
        return producer(ProducerSettings.of(cluster.nameServers(), group).traced());
    }

    /** Waits until the trace of a message has these kinds of lines, given in the order of their names. */
    private List<TraceLine> awaitTrace(String messageId, String... kinds) {
        return await().atMost(SOON)
                .until(
                        () -> cluster.admin().traces(TRACE_TOPIC, messageId),
                        lines -> lines.stream()
                                .map(TraceLine::kind)
                                .sorted()
                                .collect(Collectors.toList())
                                .equals(List.of(kinds)));
    }

    private static TraceLine only(String kind, List<TraceLine> lines) {
        return lines.stream()
                .filter(line -> line.kind().equals(kind))
                .findFirst()
                .orElseThrow();
    }
}
