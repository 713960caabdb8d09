package io.ternmq.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ternmq.interop.api.MessageListener;
import io.ternmq.interop.api.OutMessage;
import io.ternmq.interop.api.ProducerHandle;
import io.ternmq.interop.api.PushConsumerHandle;
import io.ternmq.interop.api.PushSettings;
import io.ternmq.interop.api.Received;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What listeners of push consumers get, in which order, and what follows from their answers. */
@ParameterizedClass
@MethodSource("io.ternmq.interop.Pairing#all")
class ConsumptionIT extends PairedTest {
    /** A broker lends a queue for 60 s; and an official consumer may miss its first two heartbeats, as Collected tells. */
    private static final Duration LATE = Duration.ofSeconds(90);

    ConsumptionIT(Pairing pairing, Testbed testbed) {
        super(pairing, testbed);
    }

    @Test
    void orderedListenerGetsEachQueueInOrderThoughMessagesFail() {
        String topic = topic(4);
        InOrder listener = new InOrder(7);
        send(producer(), topic, 80);

        pushConsumer(settings(fresh("Group"), topic).ordered(-1), listener);

        await().atMost(LATE).until(() -> listener.consumed() == 80);
        assertThat(listener.violations()).isEmpty();
        assertThat(listener.failed()).isPositive();
    }

    @Test
    void orderIsKeptWhileMembersJoinAndLeave() {
        String topic = topic(4);
        String group = fresh("Group");
        ProducerHandle producer = producer();
        InOrder listener = new InOrder(11);
        send(producer, topic, 40);
        PushConsumerHandle first = pushConsumer(settings(group, topic).ordered(-1), listener);
        await().atMost(LATE).until(() -> listener.consumed() >= 20);
        pushConsumer(settings(group, topic).ordered(-1), listener);
        send(producer, topic, 80);
        await().atMost(LATE).until(() -> listener.consumed() >= 120);

        first.close();
        send(producer, topic, 80);

        await().atMost(LATE).until(() -> listener.consumed() >= 200);
        assertThat(listener.violations()).isEmpty();
    }

    @Test
    void orderedMessageThatIsNotConsumedInAllItsDeliveriesIsGivenUpAndTheQueueGoesOn() {
        String topic = topic(1);
        String group = fresh("Group");
        List<String> seen = new CopyOnWriteArrayList<>();
        ProducerHandle producer = producer();
        producer.send(OutMessage.of(topic, "poison"));
        producer.send(OutMessage.of(topic, "good"));

        pushConsumer(settings(group, topic).ordered(2), messages -> {
            messages.forEach(message -> seen.add(message.text() + " " + message.reconsumeTimes()));
            return !messages.get(0).text().equals("poison");
        });

        await().atMost(LATE).until(() -> seen.contains("good 0"));
        assertThat(seen).containsExactly("poison 0", "poison 1", "poison 2", "good 0");
        assertThat(stored("%DLQ%" + group, 1)).extracting(Received::text).containsExactly("poison");
    }

    @Test
    void messageThatIsNotConsumedComesAgainLaterAndSaysHowOften() {
        String topic = topic(2);
        List<String> seen = new CopyOnWriteArrayList<>();
        producer().send(OutMessage.of(topic, "again"));

        pushConsumer(settings(fresh("Group"), topic), messages -> {
            messages.forEach(message ->
                    seen.add(message.queue().topic() + " " + message.text() + " " + message.reconsumeTimes()));
            return seen.size() > 1;
        });

        await().atMost(LATE).until(() -> seen.size() == 2);
        assertThat(seen.get(0)).isEqualTo(topic + " again 0");
        assertThat(seen.get(1)).endsWith(" again 1");
    }

    @Test
    void listenerGetsNoMoreMessagesAtOnceThanAskedFor() {
        String topic = topic(1);
        List<Integer> sizes = new CopyOnWriteArrayList<>();
        send(producer(), topic, 50);

        pushConsumer(settings(fresh("Group"), topic).inBatches(4), messages -> {
            sizes.add(messages.size());
            return true;
        });

        await().atMost(LATE).until(() -> sizes.stream().mapToInt(size -> size).sum() == 50);
        assertThat(sizes).allMatch(size -> size <= 4).contains(4);
    }

    @Test
    void suspendedConsumerGetsNothingNewUntilItIsResumed() {
        String topic = topic(1);
        Collected collected = new Collected();
        ProducerHandle producer = producer();
        PushConsumerHandle consumer = pushConsumer(settings(fresh("Group"), topic), collected);
        producer.send(OutMessage.of(topic, "first"));
        await().atMost(LATE).until(() -> collected.count() == 1);

        consumer.suspend();
        // The pull that waits at the broker is not taken back: it brings one more message, and is the last.
        producer.send(OutMessage.of(topic, "asked for before"));
        await().atMost(LATE).until(() -> collected.count() == 2);
        producer.send(OutMessage.of(topic, "asked for after"));
        await().during(Duration.ofSeconds(2)).atMost(LATE).until(() -> collected.count() == 2);
        consumer.resume();

        await().atMost(LATE).until(() -> collected.texts().contains("asked for after"));
    }

    private PushSettings settings(String group, String topic) {
        return PushSettings.of(cluster.nameServers(), group, topic, "*");
    }

    private static void send(ProducerHandle producer, String topic, int count) {
        for (int number = 0; number < count; number++) {
            producer.send(OutMessage.of(topic, "number " + number));
        }
    }

    /**
     * Notes where the order of a queue is broken: by a message that comes before the one before it was consumed, or while
     * another of its queue is at work. Repeats of what was consumed are none. Every so many messages fail, once each.
     */
    private static final class InOrder implements MessageListener {
        private final int failEvery;
        private final Map<Integer, Long> next = new HashMap<>(); // by queue; guarded by this, like all below
        private final Set<Integer> atWork = ConcurrentHashMap.newKeySet();
        private final Set<String> failedOnce = ConcurrentHashMap.newKeySet();
        private final List<String> violations = new ArrayList<>();
        private long calls;

        private InOrder(int failEvery) {
            this.failEvery = failEvery;
        }

        @Override
        public boolean consume(List<Received> messages) {
            Received message = messages.get(0);
            int queue = message.queue().id();
            synchronized (this) {
                if (!atWork.add(queue)) {
                    violations.add("two listeners on queue " + queue);
                }
                if (message.queueOffset() > next.getOrDefault(queue, 0L)) {
                    violations.add("queue " + queue + ": " + message.queueOffset() + " before " + next.get(queue));
                }
            }
            synchronized (this) {
                atWork.remove(queue);
                calls++;
                if (calls % failEvery == 0 && failedOnce.add(queue + "/" + message.queueOffset())) {
                    return false;
                }
                next.merge(queue, message.queueOffset() + 1, Math::max);
                return true;
            }
        }

        private synchronized long consumed() {
            return next.values().stream().mapToLong(offset -> offset).sum();
        }

        private synchronized List<String> violations() {
            return List.copyOf(violations);
        }

        private int failed() {
            return failedOnce.size();
        }
    }
}
