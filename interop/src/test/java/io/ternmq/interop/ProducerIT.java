package io.ternmq.interop;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ternmq.interop.api.ClientFailure;
import io.ternmq.interop.api.OutMessage;
import io.ternmq.interop.api.ProducerHandle;
import io.ternmq.interop.api.ProducerSettings;
import io.ternmq.interop.api.Queue;
import io.ternmq.interop.api.Received;
import io.ternmq.interop.api.Sent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What producers ask of a broker: every way of sending, and what comes back. */
@ParameterizedClass
@MethodSource("io.ternmq.interop.Pairing#all")
class ProducerIT extends PairedTest {
    private static final int MAX_MESSAGE_BYTES = 4 * 1024 * 1024;
    private static final int MESSAGE_ILLEGAL = 13;

    ProducerIT(Pairing pairing, Testbed testbed) {
        super(pairing, testbed);
    }

    @Test
    void sendTellsWhereTheMessageLies() {
        String topic = topic(4);
        ProducerHandle producer = producer();

        Sent sent = producer.send(OutMessage.of(topic, "hello"));

        assertThat(sent.status()).isEqualTo("SEND_OK");
        assertThat(sent.messageId()).matches("[0-9A-F]{32}|[0-9A-F]{56}"); // The longer one has an IPv6 address.
        assertThat(sent.queue().topic()).isEqualTo(topic);
        assertThat(sent.queue().broker()).isEqualTo(cluster.processes().brokerName());
        assertThat(sent.queue().id()).isBetween(0, 3);
        assertThat(sent.queueOffset()).isZero();
        List<Received> stored = stored(topic, 1);
        assertThat(stored).singleElement().satisfies(message -> {
            assertThat(message.text()).isEqualTo("hello");
            assertThat(message.messageId()).isEqualTo(sent.messageId());
            assertThat(message.offsetMessageId()).isEqualTo(sent.offsetMessageId());
            assertThat(message.queue()).isEqualTo(sent.queue());
        });
    }

    @Test
    void keysTagsAndPropertiesComeBackAsTheyWere() {
        String topic = topic(1);
        OutMessage message = OutMessage.of(topic, "payload")
                .withTags("TagA")
                .withKeys("order-1 order-2")
                .withProperty("blanks", " around ")
                .withProperty("language", "grüße, 世界 🌍")
                .withProperty("symbols", "a=b;c|d,e&f{\"g\":1}\t\n");

        producer().send(message);

        assertThat(stored(topic, 1)).singleElement().satisfies(received -> {
            assertThat(received.tags()).isEqualTo("TagA");
            assertThat(received.keys()).isEqualTo("order-1 order-2");
            assertThat(received.properties()).containsAllEntriesOf(message.properties());
            assertThat(received.reconsumeTimes()).isZero();
            assertThat(received.storeTimestamp()).isGreaterThan(received.bornTimestamp() - SECONDS.toMillis(5));
        });
    }

    @Test
    void sendsGoRoundAllQueuesAndCountUpInEach() {
        String topic = topic(4);
        ProducerHandle producer = producer();

        List<Sent> sent = IntStream.range(0, 12)
                .mapToObj(i -> producer.send(OutMessage.of(topic, "m" + i)))
                .toList();

        var offsetsByQueue = sent.stream()
                .collect(Collectors.groupingBy(
                        each -> each.queue().id(), Collectors.mapping(Sent::queueOffset, Collectors.toList())));
        assertThat(offsetsByQueue).containsOnlyKeys(0, 1, 2, 3);
        assertThat(offsetsByQueue.values())
                .allSatisfy(offsets -> assertThat(offsets).containsExactly(0L, 1L, 2L));
    }

    @Test
    void selectorAndExplicitQueueDecideWhereMessagesGo() {
        String topic = topic(4);
        ProducerHandle producer = producer();
        Queue third = producer.publishQueues(topic).get(2);

        Sent selected = producer.send(OutMessage.of(topic, "by selector"), queues -> 3);
        Sent chosen = producer.send(OutMessage.of(topic, "by queue"), third);

        assertThat(selected.queue().id()).isEqualTo(3);
        assertThat(chosen.queue()).isEqualTo(third);
        assertThat(stored(topic, 2))
                .extracting(message -> message.queue().id() + " " + message.text())
                .containsExactly("2 by queue", "3 by selector");
    }

    @Test
    void asyncSendsAreAllAnsweredAndStoredOnce() {
        String topic = topic(4);
        ProducerHandle producer = producer();
        List<CompletableFuture<Sent>> answers = new ArrayList<>();

        for (int i = 0; i < 200; i++) {
            answers.add(producer.sendAsync(OutMessage.of(topic, "async " + i)));
        }

        assertThat(CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)))
                .succeedsWithin(SOON);
        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.join().status()).isEqualTo("SEND_OK"));
        assertThat(stored(topic, 200))
                .extracting(Received::text)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 200).mapToObj(i -> "async " + i).toList());
    }

    @Test
    void oneWaySendsArriveWithoutAnAnswer() {
        String topic = topic(2);
        ProducerHandle producer = producer();

        for (int i = 0; i < 20; i++) {
            producer.sendOneWay(OutMessage.of(topic, "one-way " + i));
        }

        assertThat(stored(topic, 20))
                .extracting(Received::text)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 20).mapToObj(i -> "one-way " + i).toList());
    }

    @Test
    void batchIsStoredInOneQueueInItsOrderWithAnIdForEachMessage() {
        String topic = topic(4);
        List<OutMessage> batch = IntStream.range(0, 10)
                .mapToObj(i -> OutMessage.of(topic, "batch " + i)
                        .withTags("Tag" + i % 2)
                        .withKeys("key" + i)
                        .withProperty("index", Integer.toString(i)))
                .toList();

        Sent sent = producer().sendBatch(batch);

        assertThat(sent.status()).isEqualTo("SEND_OK");
        assertThat(sent.queueOffset()).isZero();
        List<Received> stored = stored(topic, batch.size());
        assertThat(stored)
                .extracting(Received::text)
                .containsExactlyElementsOf(batch.stream()
                        .map(message -> new String(message.body(), StandardCharsets.UTF_8))
                        .toList());
        assertThat(stored).extracting(Received::queue).containsOnly(sent.queue());
        assertThat(stored)
                .extracting(Received::queueOffset)
                .containsExactlyElementsOf(
                        IntStream.range(0, 10).mapToObj(i -> (long) i).toList());
        assertThat(stored)
                .extracting(message ->
                        message.tags() + message.keys() + message.properties().get("index"))
                .startsWith("Tag0key00", "Tag1key11", "Tag0key22");
        assertThat(sent.messageId().split(",", -1))
                .containsExactlyElementsOf(
                        stored.stream().map(Received::messageId).toList());
        assertThat(sent.offsetMessageId().split(",", -1))
                .containsExactlyElementsOf(
                        stored.stream().map(Received::offsetMessageId).toList());
    }

    @Test
    void asyncBatchIsAnsweredToo() {
        String topic = topic(1);

        CompletableFuture<Sent> sent =
                producer().sendBatchAsync(List.of(OutMessage.of(topic, "a"), OutMessage.of(topic, "b")));

        assertThat(sent).succeedsWithin(SOON).extracting(Sent::status).isEqualTo("SEND_OK");
        assertThat(stored(topic, 2)).extracting(Received::text).containsExactly("a", "b");
    }

    @Test
    void compressibleBodyTravelsCompressedAndArrivesWhole() {
        String topic = topic(1);
        byte[] body = "the same words again and again; ".repeat(20_000).getBytes(StandardCharsets.UTF_8);

        producer().send(OutMessage.of(topic, body));

        assertThat(stored(topic, 1)).singleElement().satisfies(received -> {
            assertThat(received.body()).isEqualTo(body);
            assertThat(received.storeSize()).isLessThan(body.length / 10);
        });
    }

    @Test
    void bodyOfExactlyFourMebibytesIsTheLargestAccepted() {
        String topic = topic(1);
        ProducerHandle producer = producer(
                ProducerSettings.of(cluster.nameServers(), fresh("Producers")).withoutCompression());
        byte[] largest = new byte[MAX_MESSAGE_BYTES];
        new Random(4).nextBytes(largest);

        Sent sent = producer.send(OutMessage.of(topic, largest));

        assertThat(sent.status()).isEqualTo("SEND_OK");
        assertThat(stored(topic, 1))
                .singleElement()
                .satisfies(received ->
                        assertThat(Arrays.equals(received.body(), largest)).isTrue());
        // The clients look at the size, too, before anything is sent; either side says MESSAGE_ILLEGAL.
        assertThatThrownBy(() -> producer.send(OutMessage.of(topic, new byte[MAX_MESSAGE_BYTES + 1])))
                .isInstanceOfSatisfying(
                        ClientFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(MESSAGE_ILLEGAL));
        assertThat(producer.send(OutMessage.of(topic, "and the connection serves on"))
                        .status())
                .isEqualTo("SEND_OK");
    }

    @Test
    void propertiesBeyondTheLimitAreRefusedAndTheConnectionServesOn() {
        String topic = topic(1);
        ProducerHandle producer = producer();

        assertThatThrownBy(() -> producer.send(OutMessage.of(topic, "x").withProperty("big", "p".repeat(32_768))))
                .isInstanceOfSatisfying(
                        ClientFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(MESSAGE_ILLEGAL));

        assertThat(producer.send(OutMessage.of(topic, "x").withProperty("fits", "p".repeat(30_000)))
                        .status())
                .isEqualTo("SEND_OK");
        assertThat(stored(topic, 1)).hasSize(1);
    }

    @Test
    void queueBeyondTheTopicsIsRefused() {
        String topic = topic(2);
        Queue beyond = new Queue(topic, cluster.processes().brokerName(), 7);

        assertThatThrownBy(() -> producer().send(OutMessage.of(topic, "x"), beyond))
                .isInstanceOfSatisfying(
                        ClientFailure.class,
                        failure -> assertThat(failure.code()).isIn(1, 29));

        assertThat(stored(topic, 0)).isEmpty();
    }

    @Test
    void unknownTopicIsMadeByTheFirstSendAndIsInTheRouteAtOnce() {
        String topic = fresh("AutoCreated");

        Sent sent = producer().send(OutMessage.of(topic, "first"));

        assertThat(sent.status()).isEqualTo("SEND_OK");
        assertThat(cluster.admin().route(topic))
                .hasEntrySatisfying(cluster.processes().brokerName(), made -> {
                    assertThat(made.readQueues()).isEqualTo(4);
                    assertThat(made.writeQueues()).isEqualTo(4);
                    assertThat(made.permission()).isEqualTo(6);
                });
        assertThat(stored(topic, 1)).extracting(Received::text).containsExactly("first");
    }
}
