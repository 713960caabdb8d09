package io.ternmq.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ternmq.client.consumer.ConsumeFromWhere;
import io.ternmq.client.consumer.DefaultMQPushConsumer;
import io.ternmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import io.ternmq.client.consumer.listener.MessageListenerConcurrently;
import io.ternmq.client.exception.MQClientException;
import io.ternmq.client.producer.DefaultMQProducer;
import io.ternmq.common.message.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Concurrent consumption in a group, against our own servers. */
@WithLocalCluster
class PushConsumerIT {
    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void everyMessageOfManyQueuesComesOnce(LocalCluster cluster) throws Exception {
        Set<String> sent = send(cluster, "Many", 1_000);
        List<String> received = new CopyOnWriteArrayList<>();
        DefaultMQPushConsumer consumer = consumer(cluster, "G1", "Many", collecting(received));

        consumer.start();
        try {
            Awaitility.await().atMost(LONG).until(() -> received.size() >= 1_000);

            assertThat(received).hasSize(1_000).containsExactlyInAnyOrderElementsOf(sent);
        } finally {
            consumer.shutdown();
        }
    }

    @Test
    void messageSentWhileTheConsumerWaitsComesAtOnce(LocalCluster cluster) throws Exception {
        send(cluster, "Waiting", 1);
        List<String> received = new CopyOnWriteArrayList<>();
        DefaultMQPushConsumer consumer = consumer(cluster, "G2", "Waiting", collecting(received));
        consumer.start();
        try {
            Awaitility.await().atMost(LONG).until(() -> received.size() == 1);
            send(cluster, "Waiting", 1);

            // Far below the 15 seconds that a pull waits at the broker.
            Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> received.size() == 2);
        } finally {
            consumer.shutdown();
        }
    }

    @Test
    void topicThatIsMadeAfterTheStartIsFound(LocalCluster cluster) throws Exception {
        List<String> received = new CopyOnWriteArrayList<>();
        DefaultMQPushConsumer consumer = consumer(cluster, "G3", "MadeLater", collecting(received));
        consumer.start();
        try {
            send(cluster, "MadeLater", 3);

            Awaitility.await().atMost(LONG).until(() -> received.size() == 3);
        } finally {
            consumer.shutdown();
        }
    }

    @Test
    void onlyMessagesOfTheTagsWantedCome(LocalCluster cluster) throws Exception {
        DefaultMQProducer producer = Sdk.producer(cluster);
        producer.start();
        try {
            for (String tag : List.of("TagA", "TagB", "TagC", "AaAa", "BBBB")) { // the last two have one hash
                Message message = Sdk.message("PushTagged", tag);
                message.setTags(tag);
                producer.send(message);
            }
        } finally {
            producer.shutdown();
        }
        List<String> received = new CopyOnWriteArrayList<>();
        DefaultMQPushConsumer consumer = Sdk.pushConsumer(cluster, "G4");
        consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        consumer.subscribe("PushTagged", "TagA || TagC || AaAa");
        consumer.registerMessageListener(collecting(received));
        consumer.start();
        try {
            Awaitility.await().atMost(LONG).until(() -> received.size() == 3);

            assertThat(received).containsExactlyInAnyOrder("TagA", "TagC", "AaAa");
        } finally {
            consumer.shutdown();
        }
    }

    @Test
    void groupGoesOnWhereItWasShutDown(LocalCluster cluster) throws Exception {
        send(cluster, "GoneOn", 20);
        List<String> first = new CopyOnWriteArrayList<>();
        DefaultMQPushConsumer before = consumer(cluster, "G5", "GoneOn", collecting(first));
        before.start();
        Awaitility.await().atMost(LONG).until(() -> first.size() == 20);
        before.shutdown();
        Set<String> sentLater = send(cluster, "GoneOn", 5);

        List<String> second = new CopyOnWriteArrayList<>();
        DefaultMQPushConsumer after = consumer(cluster, "G5", "GoneOn", collecting(second));
        after.start();
        try {
            Awaitility.await().atMost(LONG).until(() -> second.size() >= 5);

            assertThat(second).hasSize(5).containsExactlyInAnyOrderElementsOf(sentLater);
        } finally {
            after.shutdown();
        }
    }

    @Test
    void membersOfAGroupShareTheMessagesAndOneTakesOverWhenTheOtherLeaves(LocalCluster cluster) throws Exception {
        send(cluster, "Shared", 4);
        List<String> ofOne = new CopyOnWriteArrayList<>();
        List<String> ofOther = new CopyOnWriteArrayList<>();
        DefaultMQPushConsumer one = consumer(cluster, "G6", "Shared", collecting(ofOne));
        DefaultMQPushConsumer other = consumer(cluster, "G6", "Shared", collecting(ofOther));
        one.start();
        other.start();
        try {
            Awaitility.await().atMost(LONG).until(() -> {
                send(cluster, "Shared", 8);
                return !ofOne.isEmpty() && !ofOther.isEmpty();
            });
            other.shutdown();
            int before = ofOne.size();
            Set<String> afterwards = send(cluster, "Shared", 16);

            Awaitility.await().atMost(LONG).until(() -> ofOne.containsAll(afterwards));
            assertThat(ofOne.size()).isGreaterThanOrEqualTo(before + 16);
        } finally {
            one.shutdown();
            other.shutdown();
        }
    }

    @Test
    void messageThatIsNotConsumedComesAgainAndHoldsNothingElseUp(LocalCluster cluster) throws Exception {
        send(cluster, "Failing", 4);
        Set<String> refusedOnce = ConcurrentHashMap.newKeySet();
        List<String> consumed = new CopyOnWriteArrayList<>();
        DefaultMQPushConsumer consumer = consumer(cluster, "G10", "Failing", (messages, context) -> {
            String body = Sdk.text(messages.get(0));
            if (refusedOnce.add(body)) {
                if (body.endsWith("-0")) {
                    throw new IllegalStateException("thrown by the test");
                }
                return body.endsWith("-1") ? null : ConsumeConcurrentlyStatus.RECONSUME_LATER;
            }
            consumed.add(body);
            return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
        });
        consumer.start();
        try {
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> consumed.size() >= 4);

            assertThat(consumed).containsExactlyInAnyOrderElementsOf(refusedOnce);
        } finally {
            consumer.shutdown();
        }
    }

    @Test
    void slowListenersRunOnSeveralThreadsAndTheQueueDoesNotGrowBeyondItsLimit(LocalCluster cluster) throws Exception {
        send(cluster, "Slow", 200);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger done = new AtomicInteger();
        DefaultMQPushConsumer consumer = consumer(cluster, "G7", "Slow", (messages, context) -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            await(release);
            inside.decrementAndGet();
            done.addAndGet(messages.size());
            return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
        });
        consumer.setConsumeThreadMax(8);
        consumer.setPullThresholdForQueue(16);
        consumer.start();
        try {
            Awaitility.await().atMost(LONG).until(() -> most.get() == 8);
            release.countDown();
            Awaitility.await().atMost(LONG).until(() -> done.get() == 200);

            assertThat(most).hasValue(8);
        } finally {
            release.countDown();
            consumer.shutdown();
        }
    }

    @Test
    void batchesAreNoLargerThanAskedFor(LocalCluster cluster) throws Exception {
        send(cluster, "Batches", 50);
        List<Integer> sizes = new CopyOnWriteArrayList<>();
        DefaultMQPushConsumer consumer = consumer(cluster, "G8", "Batches", (messages, context) -> {
            sizes.add(messages.size());
            return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
        });
        consumer.setConsumeMessageBatchMaxSize(4);
        consumer.start();
        try {
            Awaitility.await()
                    .atMost(LONG)
                    .until(() -> sizes.stream().mapToInt(size -> size).sum() == 50);

            assertThat(sizes).allMatch(size -> size <= 4).anyMatch(size -> size > 1);
        } finally {
            consumer.shutdown();
        }
    }

    @Test
    void consumerThatCannotWorkDoesNotStart(LocalCluster cluster) throws Exception {
        DefaultMQPushConsumer withoutListener = Sdk.pushConsumer(cluster, "G9");
        DefaultMQPushConsumer badWait = consumer(cluster, "G9", "T", collecting(new ArrayList<>()));
        badWait.setHandOverWaitMillis(60_000);
        DefaultMQPushConsumer withoutThreads = consumer(cluster, "G9", "T", collecting(new ArrayList<>()));
        withoutThreads.setConsumeThreadMax(0);
        DefaultMQPushConsumer badGroup = consumer(cluster, "a b", "T", collecting(new ArrayList<>()));

        assertThatExceptionOfType(MQClientException.class)
                .isThrownBy(withoutListener::start)
                .withMessageContaining("no message listener");
        assertThatExceptionOfType(MQClientException.class)
                .isThrownBy(badWait::start)
                .withMessageContaining("handOverWaitMillis=60000");
        assertThatExceptionOfType(MQClientException.class)
                .isThrownBy(withoutThreads::start)
                .withMessageContaining("consumeThreadMax=0");
        assertThatExceptionOfType(MQClientException.class)
                .isThrownBy(badGroup::start)
                .withMessageContaining("not allowed");
    }

    private static DefaultMQPushConsumer consumer(
            LocalCluster cluster, String group, String topic, MessageListenerConcurrently listener) throws Exception {
        DefaultMQPushConsumer consumer = Sdk.pushConsumer(cluster, group);
        consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        consumer.subscribe(topic, "*");
        consumer.registerMessageListener(listener);
        return consumer;
    }

    private static MessageListenerConcurrently collecting(List<String> bodies) {
        return (messages, context) -> {
            messages.forEach(message -> bodies.add(Sdk.text(message)));
            return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
        };
    }

    /** Sends messages whose bodies nobody sent before. */
    private static Set<String> send(LocalCluster cluster, String topic, int count) throws Exception {
        Set<String> bodies = ConcurrentHashMap.newKeySet();
        DefaultMQProducer producer = Sdk.producer(cluster);
        producer.start();
        try {
            long stamp = System.nanoTime();
            for (int number = 0; number < count; number++) {
                String body = stamp + "-" + number;
                producer.send(Sdk.message(topic, body));
                bodies.add(body);
            }
        } finally {
            producer.shutdown();
        }
        return bodies;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(LONG.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
