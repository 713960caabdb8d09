package io.ternmq.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ternmq.interop.api.LitePullHandle;
import io.ternmq.interop.api.OutMessage;
import io.ternmq.interop.api.ProducerHandle;
import io.ternmq.interop.api.Queue;
import io.ternmq.interop.api.Received;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Lite pull consumers: subscribed and assigned, seeking and committing. Alone, because a paused queue is told from a slow one
 * by what comes within a second.
 */
@Isolated
@ParameterizedClass
@MethodSource("io.ternmq.interop.Pairing#all")
class LitePullIT extends PairedTest {
    private static final long POLL_MILLIS = 200;

    private final boolean isOfficial;

    LitePullIT(Pairing pairing, Testbed testbed) {
        super(pairing, testbed);
        isOfficial = pairing.client() != Pairing.Client.TERN;
    }

    private static List<String> send(ProducerHandle producer, String topic, String prefix, int count) {
        List<String> texts =
                IntStream.range(0, count).mapToObj(i -> prefix + " " + i).toList();
        texts.forEach(text -> producer.send(OutMessage.of(topic, text)));
        return texts;
    }

    /** Polls until that many messages have come, and then once more, for any that should not. */
    private static List<Received> poll(LitePullHandle consumer, int count) {
        List<Received> received = new ArrayList<>();
        await().atMost(SOON).until(() -> {
            received.addAll(consumer.poll(POLL_MILLIS));
            return received.size() >= count;
        });
        received.addAll(consumer.poll(POLL_MILLIS));
        return received;
    }

    private Queue onlyQueue(String topic) {
        return new Queue(topic, cluster.processes().brokerName(), 0);
    }

    @Test
    void subscribedConsumerPollsWhatItsTagsSelect() {
        String topic = topic(4);
        ProducerHandle producer = producer();
        LitePullHandle consumer = litePull(fresh("Group"), true);
        for (int i = 0; i < 10; i++) {
            producer.send(OutMessage.of(topic, "m" + i).withTags(i % 2 == 0 ? "Even" : "Odd"));
        }

        consumer.subscribe(topic, "Odd");

        assertThat(poll(consumer, 5))
                .extracting(Received::text)
                .containsExactlyInAnyOrder("m1", "m3", "m5", "m7", "m9");
    }

    @Test
    void subscribedConsumerPollsWhatMeetsItsCondition() {
        String topic = topic(4);
        ProducerHandle producer = producer();
        LitePullHandle consumer = litePull(fresh("Group"), true);
        for (int i = 0; i < 10; i++) {
            producer.send(OutMessage.of(topic, "m" + i).withProperty("number", Integer.toString(i)));
        }

        consumer.subscribeBySql(topic, "number > 7 OR number IN ('1', '2')");

        assertThat(poll(consumer, 4)).extracting(Received::text).containsExactlyInAnyOrder("m1", "m2", "m8", "m9");
    }

    @Test
    void membersOfAGroupShareTheQueues() {
        String topic = topic(4);
        String group = fresh("Group");
        LitePullHandle one = litePull(group, true);
        LitePullHandle other = litePull(group, true);

        one.subscribe(topic, "*");
        other.subscribe(topic, "*");

        await().atMost(SOON).untilAsserted(() -> {
            assertThat(one.assignment()).hasSize(2);
            assertThat(other.assignment()).hasSize(2).doesNotContainAnyElementsOf(one.assignment());
        });
    }

    @Test
    void assignedConsumerReadsOnlyItsQueuesFromWhereItSeeks() {
        String topic = topic(2);
        ProducerHandle producer = producer();
        LitePullHandle consumer = litePull(fresh("Group"), false);
        for (int i = 0; i < 5; i++) {
            int index = i;
            producer.send(OutMessage.of(topic, "left " + i), queues -> 0);
            producer.send(OutMessage.of(topic, "right " + index), queues -> 1);
        }
        Queue right = consumer.queues(topic).stream()
                .filter(queue -> queue.id() == 1)
                .findFirst()
                .orElseThrow();

        consumer.assign(List.of(right));
        consumer.seek(right, 2);

        assertThat(poll(consumer, 3)).extracting(Received::text).containsExactly("right 2", "right 3", "right 4");
    }

    @Test
    void seekToBothEnds() {
        String topic = topic(1);
        ProducerHandle producer = producer();
        LitePullHandle consumer = litePull(fresh("Group"), false);
        Queue queue = onlyQueue(topic);
        List<String> sent = send(producer, topic, "old", 4);
        consumer.assign(List.of(queue));
        if (isOfficial) {
            // It keeps what the pull that is under way since the assignment brings, seek or not: so let that come
            // first.
            assertThat(poll(consumer, 4)).extracting(Received::text).containsExactlyElementsOf(sent);
        }

        consumer.seekToBegin(queue);
        assertThat(poll(consumer, 4)).extracting(Received::text).containsExactlyElementsOf(sent);
        consumer.seekToEnd(queue);
        producer.send(OutMessage.of(topic, "new"));

        assertThat(poll(consumer, 1)).extracting(Received::text).containsExactly("new");
    }

    @Test
    void committedOffsetIsWhereTheNextMemberBegins() {
        String topic = topic(1);
        String group = fresh("Group");
        Queue queue = onlyQueue(topic);
        send(producer(), topic, "m", 8);
        LitePullHandle first = litePull(group, false);
        first.assign(List.of(queue));
        first.seek(queue, 0);
        assertThat(poll(first, 8)).hasSize(8);

        first.commit();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(first.committed(queue)).isEqualTo(8));
        first.close();
        producer().send(OutMessage.of(topic, "after the commit"));
        LitePullHandle second = litePull(group, false);
        second.assign(List.of(queue));

        assertThat(poll(second, 1)).extracting(Received::text).containsExactly("after the commit");
    }

    @Test
    void pausedQueueIsSilentUntilResumed() {
        String topic = topic(1);
        Queue queue = onlyQueue(topic);
        ProducerHandle producer = producer();
        LitePullHandle consumer = litePull(fresh("Group"), false);
        List<String> received = new ArrayList<>();
        consumer.assign(List.of(queue));
        consumer.seek(queue, 0);
        producer.send(OutMessage.of(topic, "before"));
        poll(consumer, 1).forEach(message -> received.add(message.text()));

        consumer.pause(List.of(queue));
        // The pull that waits at the broker right now may still bring this one; no other pull follows.
        producer.send(OutMessage.of(topic, "under way"));
        consumer.poll(1_000).forEach(message -> received.add(message.text()));
        producer.send(OutMessage.of(topic, "meanwhile"));
        assertThat(consumer.poll(1_000)).isEmpty();
        consumer.resume(List.of(queue));

        await().atMost(SOON).untilAsserted(() -> {
            consumer.poll(POLL_MILLIS).forEach(message -> received.add(message.text()));
            assertThat(received).containsExactly("before", "under way", "meanwhile");
        });
    }

    @Test
    void offsetOfATimeIsThatOfTheFirstMessageFromThenOn() {
        String topic = topic(1);
        Queue queue = onlyQueue(topic);
        send(producer(), topic, "m", 3);
        LitePullHandle consumer = litePull(fresh("Group"), false);
        List<Received> stored = stored(topic, 3);

        assertThat(consumer.offsetForTimestamp(queue, stored.get(0).storeTimestamp()))
                .isZero();
        assertThat(consumer.offsetForTimestamp(queue, stored.get(2).storeTimestamp() + 60_000))
                .isEqualTo(3);
    }
}
