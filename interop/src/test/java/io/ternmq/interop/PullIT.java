package io.ternmq.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.interop.api.OutMessage;
import io.ternmq.interop.api.ProducerHandle;
import io.ternmq.interop.api.PullHandle;
import io.ternmq.interop.api.Pulled;
import io.ternmq.interop.api.Queue;
import io.ternmq.interop.api.Received;
import io.ternmq.interop.api.Sent;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Plain pulls, offsets and long polling. */
@ParameterizedClass
@MethodSource("io.ternmq.interop.Pairing#all")
class PullIT extends PairedTest {
    PullIT(Pairing pairing, Testbed testbed) {
        super(pairing, testbed);
    }

    private static Queue first(Queue anyOf) {
        return new Queue(anyOf.topic(), anyOf.broker(), 0);
    }

    private Queue queueWith(int messages) {
        String topic = topic(1);
        ProducerHandle producer = producer();
        Sent last = null;
        for (int i = 0; i < messages; i++) {
            last = producer.send(OutMessage.of(topic, "m" + i).withTags(i % 2 == 0 ? "Even" : "Odd"));
        }
        return last == null ? new Queue(topic, cluster.processes().brokerName(), 0) : first(last.queue());
    }

    @Test
    void pullReadsFromAnOffsetUpToACount() {
        Queue queue = queueWith(10);

        Pulled pulled = pull(group()).pull(queue, "*", 3, 4);

        assertThat(pulled.status()).isEqualTo("FOUND");
        assertThat(pulled.messages()).extracting(Received::text).containsExactly("m3", "m4", "m5", "m6");
        assertThat(pulled.messages()).extracting(Received::queueOffset).containsExactly(3L, 4L, 5L, 6L);
        assertThat(pulled.nextOffset()).isEqualTo(7);
        assertThat(pulled.minOffset()).isZero();
        assertThat(pulled.maxOffset()).isEqualTo(10);
    }

    @Test
    void tagsAreFilteredAndPassedOver() {
        Queue queue = queueWith(10);
        PullHandle consumer = pull(group());

        Pulled odd = consumer.pull(queue, "Odd", 0, 32);
        Pulled either = consumer.pull(queue, "Odd || Even", 0, 32);
        Pulled none = consumer.pull(queue, "Prime", 0, 32);

        assertThat(odd.messages()).extracting(Received::text).containsExactly("m1", "m3", "m5", "m7", "m9");
        assertThat(odd.nextOffset()).isEqualTo(10);
        assertThat(either.messages()).hasSize(10);
        assertThat(none.status()).isEqualTo("NO_MATCHED_MSG");
        assertThat(none.nextOffset()).isEqualTo(10);
    }

    @Test
    void offsetsBeyondBothEndsAreCorrected() {
        Queue queue = queueWith(5);
        PullHandle consumer = pull(group());

        Pulled atEnd = consumer.pull(queue, "*", 5, 32);
        Pulled beyond = consumer.pull(queue, "*", 500, 32);

        assertThat(atEnd.status()).isEqualTo("NO_NEW_MSG");
        assertThat(atEnd.nextOffset()).isEqualTo(5);
        assertThat(beyond.status()).isEqualTo("OFFSET_ILLEGAL");
        assertThat(beyond.nextOffset()).isEqualTo(5);
    }

    @Test
    void oneAnswerIsBoundedInBytes() {
        String topic = topic(1);
        ProducerHandle producer = producer();
        for (int i = 0; i < 12; i++) {
            byte[] body = new byte[200_000];
            new Random(i).nextBytes(body);
            producer.send(OutMessage.of(topic, body));
        }
        Queue queue = new Queue(topic, cluster.processes().brokerName(), 0);

        Pulled pulled = pull(group()).pull(queue, "*", 0, 32);

        assertThat(pulled.status()).isEqualTo("FOUND");
        assertThat(pulled.messages()).hasSizeBetween(1, 11);
        assertThat(stored(topic, 12)).hasSize(12);
    }

    @Test
    void waitingPullIsAnsweredAsSoonAsAMessageComes() {
        Queue queue = queueWith(1);
        PullHandle consumer = pull(group());
        ProducerHandle producer = producer();
        consumer.pull(queue, "*", 0, 1); // Connected before the clock runs.
        CompletableFuture<Pulled> waiting = CompletableFuture.supplyAsync(() -> consumer.pullOrWait(queue, "*", 1, 32));

        producer.send(OutMessage.of(queue.topic(), "at last"));

        // The broker would hold the pull for 20 s if nothing woke it.
        assertThat(waiting).succeedsWithin(Duration.ofSeconds(10)).satisfies(pulled -> {
            assertThat(pulled.status()).isEqualTo("FOUND");
            assertThat(pulled.messages()).extracting(Received::text).containsExactly("at last");
        });
    }

    @Test
    void waitingPullIsWokenOnlyByItsTag() {
        Queue queue = queueWith(0);
        PullHandle consumer = pull(group());
        ProducerHandle producer = producer();
        CompletableFuture<Pulled> waiting =
                CompletableFuture.supplyAsync(() -> consumer.pullOrWait(queue, "Wanted", 0, 32));

        IntStream.range(0, 3)
                .forEach(i ->
                        producer.send(OutMessage.of(queue.topic(), "noise " + i).withTags("Noise")));
        producer.send(OutMessage.of(queue.topic(), "signal").withTags("Wanted"));

        assertThat(waiting).succeedsWithin(SOON).satisfies(pulled -> {
            if (pulled.status().equals("FOUND")) {
                assertThat(pulled.messages()).extracting(Received::text).containsExactly("signal");
            } else {
                // A pull that began between the noise and the signal may say "nothing of yours up to here" and go on.
                assertThat(pulled.status()).isEqualTo("NO_MATCHED_MSG");
            }
        });
    }

    @Test
    void committedOffsetIsKeptForTheGroupAlone() {
        Queue queue = queueWith(5);
        String group = group();
        PullHandle consumer = pull(group);
        consumer.pull(queue, "*", 0, 32);

        consumer.commit(queue, 3);

        assertThat(consumer.committed(queue)).isEqualTo(3);
        assertThat(pull(group).committed(queue)).isEqualTo(3);
        assertThat(pull(group()).committed(queue)).isNotEqualTo(3);
    }

    @Test
    void committedOffsetMayGoBack() {
        Queue queue = queueWith(5);
        PullHandle consumer = pull(group());
        consumer.commit(queue, 4);

        consumer.commit(queue, 1);

        assertThat(consumer.committed(queue)).isEqualTo(1);
    }

    @Test
    void endsOfAQueueAndSearchByTime() {
        Queue queue = queueWith(5);
        PullHandle consumer = pull(group());
        List<Received> messages = consumer.pull(queue, "*", 0, 32).messages();
        long third = messages.get(2).storeTimestamp();
        long firstOfThatTime = messages.stream()
                .filter(message -> message.storeTimestamp() == third)
                .findFirst()
                .orElseThrow()
                .queueOffset();

        assertThat(consumer.minOffset(queue)).isZero();
        assertThat(consumer.maxOffset(queue)).isEqualTo(5);
        assertThat(consumer.searchOffset(queue, third)).isEqualTo(firstOfThatTime);
        assertThat(consumer.searchOffset(queue, 0)).isZero();
        assertThat(consumer.searchOffset(queue, messages.get(4).storeTimestamp() + 60_000))
                .isEqualTo(5);
        assertThat(consumer.earliestStoreTime(queue)).isEqualTo(messages.get(0).storeTimestamp());
    }

    @Test
    void queueWithoutMessagesHasEmptyEnds() {
        Queue queue = queueWith(0);
        PullHandle consumer = pull(group());

        assertThat(consumer.minOffset(queue)).isZero();
        assertThat(consumer.maxOffset(queue)).isZero();
        assertThat(consumer.pull(queue, "*", 0, 32).messages()).isEmpty();
    }
}
