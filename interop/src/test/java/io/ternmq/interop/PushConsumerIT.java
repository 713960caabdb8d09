package io.ternmq.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ternmq.interop.api.ClientFailure;
import io.ternmq.interop.api.OutMessage;
import io.ternmq.interop.api.ProducerHandle;
import io.ternmq.interop.api.PushConsumerHandle;
import io.ternmq.interop.api.PushSettings;
import io.ternmq.interop.api.Received;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Push consumers of a cluster: delivery, filters, sharing, and what is remembered. */
@ParameterizedClass
@MethodSource("io.ternmq.interop.Pairing#all")
class PushConsumerIT extends PairedTest {
    /** Two heartbeats and some: an official consumer may miss one, as Collected tells. */
    private static final Duration REBALANCED = Duration.ofSeconds(75);

    PushConsumerIT(Pairing pairing, Testbed testbed) {
        super(pairing, testbed);
    }

    private PushConsumerHandle consume(String group, String topic, String expression, Collected into) {
        return pushConsumer(PushSettings.of(cluster.nameServers(), group, topic, expression), into);
    }

    private static List<String> send(ProducerHandle producer, String topic, String prefix, int count) {
        List<String> texts =
                IntStream.range(0, count).mapToObj(i -> prefix + " " + i).toList();
        texts.forEach(text -> producer.send(OutMessage.of(topic, text)));
        return texts;
    }

    @Test
    void messagesSentBeforeAndAfterTheStartAreDeliveredOnce() {
        String topic = topic(4);
        ProducerHandle producer = producer();
        Collected collected = new Collected();
        List<String> expected = new ArrayList<>(send(producer, topic, "before", 10));

        consume(fresh("Group"), topic, "*", collected);
        expected.addAll(send(producer, topic, "after", 10));

        collected.awaitTexts(expected);
    }

    @Test
    void deliveredMessageCarriesWhatTheProducerWasTold() {
        String topic = topic(1);
        Collected collected = new Collected();
        var sent = producer()
                .send(OutMessage.of(topic, "x").withTags("T").withKeys("k1 k2").withProperty("colour", "green"));

        consume(fresh("Group"), topic, "*", collected);

        collected.awaitTexts(List.of("x"));
        Received received = collected.messages().get(0);
        assertThat(received.messageId()).isEqualTo(sent.messageId());
        assertThat(received.offsetMessageId()).isEqualTo(sent.offsetMessageId());
        assertThat(received.queue()).isEqualTo(sent.queue());
        assertThat(received.queueOffset()).isEqualTo(sent.queueOffset());
        assertThat(received.tags()).isEqualTo("T");
        assertThat(received.keys()).isEqualTo("k1 k2");
        assertThat(received.properties()).containsEntry("colour", "green");
    }

    @Test
    void onlySubscribedTagsAreDelivered() {
        String topic = topic(2);
        ProducerHandle producer = producer();
        Collected collected = new Collected();
        // The hashes of "Aa" and "BB" are equal: the broker cannot tell them apart, the client must.
        for (String tag : List.of("Aa", "BB", "C", "Aa", "D")) {
            producer.send(OutMessage.of(topic, "tagged " + tag).withTags(tag));
        }
        producer.send(OutMessage.of(topic, "untagged"));

        consume(fresh("Group"), topic, "Aa || C", collected);

        collected.awaitTexts(List.of("tagged Aa", "tagged Aa", "tagged C"));
    }

    @Test
    void onlyMessagesThatMeetTheConditionAreDelivered() {
        String topic = topic(2);
        ProducerHandle producer = producer();
        Collected collected = new Collected();
        for (int i = 0; i < 10; i++) {
            producer.send(OutMessage.of(topic, "before " + i)
                    .withProperty("number", Integer.toString(i))
                    .withProperty("colour", i % 2 == 0 ? "green" : "red"));
        }

        consume(fresh("Group"), topic, PushSettings.SQL + "number BETWEEN 3 AND 7 AND colour = 'green'", collected);
        collected.awaitTexts(List.of("before 4", "before 6"));
        producer.send(OutMessage.of(topic, "not after").withProperty("number", "5"));
        producer.send(OutMessage.of(topic, "after").withProperty("number", "5").withProperty("colour", "green"));

        collected.awaitTexts(List.of("before 4", "before 6", "after"));
    }

    @Test
    void conditionThatIsNoneIsRefusedAtTheStart() {
        String topic = topic(1);
        producer().send(OutMessage.of(topic, "so that the topic has a route"));

        assertThatThrownBy(() -> consume(fresh("Group"), topic, PushSettings.SQL + "number >", new Collected()))
                .isInstanceOf(ClientFailure.class)
                .hasMessageStartingWith("MQClientException");
    }

    @Test
    void compressedMessagesAreDeliveredAsTheyWereSent() {
        String topic = topic(1);
        String text = "a long story ".repeat(5_000);
        Collected collected = new Collected();
        producer().send(OutMessage.of(topic, text));

        consume(fresh("Group"), topic, "*", collected);

        collected.awaitTexts(List.of(text));
    }

    @Test
    void twoGroupsEachGetEverything() {
        String topic = topic(2);
        ProducerHandle producer = producer();
        Collected one = new Collected();
        Collected other = new Collected();
        consume(fresh("Group"), topic, "*", one);
        consume(fresh("Group"), topic, "*", other);

        List<String> sent = send(producer, topic, "for both", 10);

        one.awaitTexts(sent);
        other.awaitTexts(sent);
    }

    @Test
    void membersOfAGroupShareTheQueuesAndTakeOverFromOneWhoLeaves() {
        String topic = topic(4);
        String group = fresh("Group");
        ProducerHandle producer = producer();
        Collected one = new Collected();
        Collected other = new Collected();
        consume(group, topic, "*", one);
        PushConsumerHandle leaving = consume(group, topic, "*", other);

        await("each member has two queues")
                .atMost(REBALANCED)
                .ignoreException(ConditionTimeoutException.class) // a round that a rebalance has held up
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> {
                    one.clear();
                    other.clear();
                    int round = 8;
                    send(producer, topic, "shared", round);
                    await().atMost(Duration.ofSeconds(5)).until(() -> one.count() + other.count() >= round);
                    assertThat(one.queueIds()).hasSize(2);
                    assertThat(other.queueIds()).hasSize(2).doesNotContainAnyElementsOf(one.queueIds());
                });

        leaving.close();
        await("the member that stays has all queues")
                .atMost(REBALANCED)
                .ignoreException(ConditionTimeoutException.class) // a round that a rebalance has held up
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> {
                    one.clear();
                    send(producer, topic, "alone", 8);
                    await().atMost(Duration.ofSeconds(5))
                            .untilAsserted(() -> assertThat(one.queueIds()).containsExactlyInAnyOrder(0, 1, 2, 3));
                });
    }

    @Test
    void groupGoesOnWhereItStopped() {
        String topic = topic(4);
        String group = fresh("Group");
        ProducerHandle producer = producer();
        Collected first = new Collected();
        PushConsumerHandle stopping = consume(group, topic, "*", first);
        first.awaitTexts(send(producer, topic, "first life", 20));
        // A message counts only after its listener has returned.
        await().atMost(SOON).until(() -> consumed(topic, group) == 20);

        stopping.close(); // Writes its offsets to the broker.
        List<String> missed = send(producer, topic, "nobody there", 5);
        Collected second = new Collected();
        consume(group, topic, "*", second);

        second.awaitTexts(missed);
        var progress = cluster.admin().consumeProgress(group);
        assertThat(progress.values())
                .filteredOn(each -> each.brokerOffset() > 0)
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each.consumerOffset()).isPositive());
    }

    /** How many messages the members themselves say are consumed. */
    private long consumed(String topic, String group) {
        return cluster.admin().consumerStatus(topic, group, "").values().stream()
                .flatMap(offsets -> offsets.values().stream())
                .mapToLong(offset -> offset)
                .sum();
    }

    @Test
    void newGroupOnAYoungQueueStartsAtItsFirstMessageEvenFromLastOffset() {
        String topic = topic(1);
        Collected collected = new Collected();
        List<String> sent = send(producer(), topic, "early", 3);

        pushConsumer(
                PushSettings.of(cluster.nameServers(), fresh("Group"), topic, "*")
                        .fromLastOffset(),
                collected);

        collected.awaitTexts(sent);
    }

    @Test
    void oneConsumerMaySubscribeSeveralTopics() {
        String left = topic(1);
        String right = topic(1);
        ProducerHandle producer = producer();
        Collected collected = new Collected();

        pushConsumer(
                new PushSettings(
                        cluster.nameServers(),
                        fresh("Group"),
                        Map.of(left, "*", right, "R"),
                        "CONSUME_FROM_FIRST_OFFSET"),
                collected);
        producer.send(OutMessage.of(left, "from left"));
        producer.send(OutMessage.of(right, "from right").withTags("R"));
        producer.send(OutMessage.of(right, "not wanted").withTags("Q"));

        collected.awaitTexts(List.of("from left", "from right"));
    }

    @Test
    void consumerThatStartsBeforeItsTopicExistsFindsItLater() {
        String topic = fresh("Later");
        Collected collected = new Collected();
        consume(fresh("Group"), topic, "*", collected);

        producer().send(OutMessage.of(topic, "the topic begins here"));

        // The consumer looks for new routes every 30 s.
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(collected.texts()).containsExactly("the topic begins here"));
    }
}
