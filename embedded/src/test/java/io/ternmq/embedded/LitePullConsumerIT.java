package io.ternmq.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ternmq.client.consumer.DefaultLitePullConsumer;
import io.ternmq.client.exception.MQClientException;
import io.ternmq.client.producer.DefaultMQProducer;
import io.ternmq.common.message.MessageExt;
import io.ternmq.common.message.MessageQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Subscribe, assign, poll, seek and commit, against our own servers. */
@WithLocalCluster
class LitePullConsumerIT {

    @Test
    void whatWasCommittedIsNotGivenAgain(LocalCluster cluster) throws Exception {
        MessageQueue queue = send(cluster, "Committed", 10);
        DefaultLitePullConsumer first = assigned(cluster, "C1", queue);
        first.setAutoCommit(false);
        first.start();
        List<String> polled = poll(first, 10);
        first.commitSync();
        long committed = first.committed(queue);
        first.shutdown();
        send(cluster, queue, "later");

        DefaultLitePullConsumer second = assigned(cluster, "C1", queue);
        second.start();
        try {
            assertThat(polled).containsExactly("m0", "m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "m9");
            assertThat(committed).isEqualTo(10);
            assertThat(poll(second, 1)).containsExactly("later");
        } finally {
            second.shutdown();
        }
    }

    @Test
    void whatWasPolledAndNotCommittedIsGivenAgain(LocalCluster cluster) throws Exception {
        MessageQueue queue = send(cluster, "Uncommitted", 3);
        DefaultLitePullConsumer first = assigned(cluster, "C2", queue);
        first.setAutoCommit(false);
        first.start();
        poll(first, 3);
        first.shutdown();

        DefaultLitePullConsumer second = assigned(cluster, "C2", queue);
        second.start();
        try {
            assertThat(poll(second, 3)).containsExactly("m0", "m1", "m2");
        } finally {
            second.shutdown();
        }
    }

    @Test
    void automaticCommitsCommitAtTheShutdownToo(LocalCluster cluster) throws Exception {
        MessageQueue queue = send(cluster, "Automatic", 3);
        DefaultLitePullConsumer first = assigned(cluster, "C3", queue);
        first.start();
        poll(first, 3);
        first.shutdown();

        DefaultLitePullConsumer second = assigned(cluster, "C3", queue);
        second.start();
        try {
            assertThat(second.committed(queue)).isEqualTo(3);
        } finally {
            second.shutdown();
        }
    }

    @Test
    void pollsGoOnFromWhereTheConsumerSeeks(LocalCluster cluster) throws Exception {
        MessageQueue queue = send(cluster, "Sought", 10);
        DefaultLitePullConsumer consumer = assigned(cluster, "C4", queue);
        consumer.start();
        try {
            poll(consumer, 10);

            consumer.seek(queue, 7);
            List<String> fromSeven = poll(consumer, 3);
            consumer.seekToBegin(queue);
            List<String> fromTheStart = poll(consumer, 10);
            consumer.seekToEnd(queue);
            send(cluster, queue, "new");

            assertThat(fromSeven).containsExactly("m7", "m8", "m9");
            assertThat(fromTheStart).hasSize(10).startsWith("m0");
            assertThat(poll(consumer, 1)).containsExactly("new");
            assertThat(consumer.offsetForTimestamp(queue, 0L)).isZero();
        } finally {
            consumer.shutdown();
        }
    }

    @Test
    void seekingInAQueueOfSomebodyElseIsRefused(LocalCluster cluster) throws Exception {
        MessageQueue queue = send(cluster, "Foreign", 1);
        DefaultLitePullConsumer consumer = assigned(cluster, "C5", queue);
        consumer.start();
        try {
            assertThatExceptionOfType(MQClientException.class)
                    .isThrownBy(() -> consumer.seek(new MessageQueue("Foreign", "broker-z", 0), 0))
                    .withMessageContaining("not assigned");
        } finally {
            consumer.shutdown();
        }
    }

    @Test
    void pausedQueueGivesNothingNewUntilItIsResumed(LocalCluster cluster) throws Exception {
        MessageQueue queue = send(cluster, "Paused", 1);
        DefaultLitePullConsumer consumer = assigned(cluster, "C6", queue);
        consumer.start();
        try {
            poll(consumer, 1);
            consumer.pause(Set.of(queue));
            send(cluster, queue, "answers the pull that waits");
            poll(consumer, 1);
            send(cluster, queue, "not pulled");

            List<MessageExt> whilePaused = consumer.poll(500);
            consumer.resume(Set.of(queue));

            assertThat(whilePaused).isEmpty();
            assertThat(poll(consumer, 1)).containsExactly("not pulled");
        } finally {
            consumer.shutdown();
        }
    }

    @Test
    void subscribersOfOneGroupShareTheQueues(LocalCluster cluster) throws Exception {
        send(cluster, "Shared", 1);
        DefaultLitePullConsumer one = Sdk.litePullConsumer(cluster, "C7");
        DefaultLitePullConsumer other = Sdk.litePullConsumer(cluster, "C7");
        one.subscribe("Shared", "*");
        other.subscribe("Shared", "*");
        one.start();
        other.start();
        try {
            Awaitility.await()
                    .pollInSameThread()
                    .atMost(Duration.ofSeconds(30))
                    .until(() ->
                            one.assignment().size() == 2 && other.assignment().size() == 2);

            assertThat(one.assignment()).doesNotContainAnyElementsOf(other.assignment());
        } finally {
            one.shutdown();
            other.shutdown();
        }
    }

    @Test
    void onlyMessagesOfTheTagsWantedAreGiven(LocalCluster cluster) throws Exception {
        DefaultMQProducer producer = Sdk.producer(cluster);
        producer.start();
        try {
            for (String tag : List.of("TagA", "TagB", "TagC", "TagA")) {
                var message = Sdk.message("Tagged", tag);
                message.setTags(tag);
                producer.send(message);
            }
        } finally {
            producer.shutdown();
        }
        DefaultLitePullConsumer consumer = Sdk.litePullConsumer(cluster, "C8");
        consumer.subscribe("Tagged", "TagA || TagC");
        consumer.start();
        try {
            assertThat(poll(consumer, 3)).containsExactlyInAnyOrder("TagA", "TagA", "TagC");
        } finally {
            consumer.shutdown();
        }
    }

    @Test
    void whatWasPulledAheadIsDroppedByASeekAlsoWhileItIsPaused(LocalCluster cluster) throws Exception {
        MessageQueue queue = send(cluster, "Dropped", 100);
        DefaultLitePullConsumer consumer = assigned(cluster, "C9", queue);
        consumer.setPullBatchSize(5);
        consumer.start();
        try {
            poll(consumer, 5); // and the rest is pulled ahead
            consumer.pause(List.of(queue));

            consumer.seek(queue, 90);
            List<MessageExt> whilePaused = consumer.poll(500);
            consumer.resume(List.of(queue));

            assertThat(whilePaused).isEmpty();
            assertThat(poll(consumer, 10)).hasSize(10).startsWith("m90").endsWith("m99");
        } finally {
            consumer.shutdown();
        }
    }

    @Test
    void seekOutsideTheQueueIsRefusedWithItsBounds(LocalCluster cluster) throws Exception {
        MessageQueue queue = send(cluster, "Bounds", 3);
        DefaultLitePullConsumer consumer = assigned(cluster, "C10", queue);
        consumer.start();
        try {
            assertThatExceptionOfType(MQClientException.class)
                    .isThrownBy(() -> consumer.seek(queue, 4))
                    .withMessageContaining("0 to 3");
            assertThatExceptionOfType(MQClientException.class).isThrownBy(() -> consumer.seek(queue, -1));
        } finally {
            consumer.shutdown();
        }
    }

    @Test
    void offsetsThatAreNamedAreCommittedAndThoseOfOthersAreNot(LocalCluster cluster) throws Exception {
        MessageQueue queue = send(cluster, "Named", 8);
        MessageQueue foreign = new MessageQueue("Named", queue.getBrokerName(), queue.getQueueId() + 1);
        DefaultLitePullConsumer consumer = assigned(cluster, "C11", queue);
        consumer.setAutoCommit(false);
        consumer.start();
        try {
            poll(consumer, 8);
            consumer.commit(Map.of(queue, 5L, foreign, 3L), true);
            long named = consumer.committed(queue);
            consumer.commitSync(Map.of(queue, 6L), true);
            long namedAgain = consumer.committed(queue);
            consumer.commit(Set.of(queue), true);

            assertThat(named).isEqualTo(5);
            assertThat(namedAgain).isEqualTo(6);
            assertThat(consumer.committed(queue)).isEqualTo(8);
            assertThat(consumer.committed(foreign)).isLessThanOrEqualTo(0);
        } finally {
            consumer.shutdown();
        }
    }

    @Test
    void pollCommitsWhatThePollsBeforeGaveAtEachInterval(LocalCluster cluster) throws Exception {
        MessageQueue queue = send(cluster, "Interval", 3);
        DefaultLitePullConsumer consumer = assigned(cluster, "C12", queue);
        consumer.setAutoCommitIntervalMillis(1_000);
        consumer.start();
        try {
            poll(consumer, 3);

            Awaitility.await()
                    .pollInSameThread()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> consumer.poll(100).isEmpty() && consumer.committed(queue) == 3);
        } finally {
            consumer.shutdown();
        }
    }

    @Test
    void listenersHearOfNewQueuesAndOfSharesThatChange(LocalCluster cluster) throws Exception {
        send(cluster, "Growing", 1);
        Map<String, Set<MessageQueue>> topics = new ConcurrentHashMap<>();
        List<Integer> shares = new CopyOnWriteArrayList<>();
        DefaultLitePullConsumer one = Sdk.litePullConsumer(cluster, "C13");
        one.setMessageQueueListener((topic, all, mine) -> shares.add(mine.size()));
        one.setTopicMetadataCheckIntervalMillis(100);
        one.subscribe("Growing", "*");
        one.start();
        DefaultLitePullConsumer other = Sdk.litePullConsumer(cluster, "C13");
        other.subscribe("Growing", "*");
        try {
            one.registerTopicMessageQueueChangeListener("Growing", topics::put);
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> shares.contains(4));
            other.start();
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> shares.contains(2));

            Sdk.createTopic(cluster, "Growing", 6);

            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> topics.getOrDefault("Growing", Set.of()).size() == 6);
        } finally {
            other.shutdown();
            one.shutdown();
        }
    }

    @Test
    void nameServersMayChangeWhileItRuns(LocalCluster cluster) throws Exception {
        DefaultLitePullConsumer consumer = Sdk.litePullConsumer(cluster, "C14");
        consumer.setNamesrvAddr("127.0.0.1:1");
        consumer.start();
        try {
            assertThatExceptionOfType(MQClientException.class)
                    .isThrownBy(() -> consumer.updateNameServerAddress(" ; "));
            send(cluster, "Elsewhere", 1);

            consumer.updateNameServerAddress(cluster.namesrvAddr());

            assertThat(consumer.fetchMessageQueues("Elsewhere")).hasSize(4);
            assertThat(consumer.isRunning()).isTrue();
        } finally {
            consumer.shutdown();
        }
    }

    @Test
    void namespaceKeepsTopicsApartAndIsNotSeenByTheApplication(LocalCluster cluster) throws Exception {
        send(cluster, "Spaced", 2);
        DefaultMQProducer producer = Sdk.producer(cluster);
        producer.setNamespace("shop");
        producer.start();
        MessageQueue queue = producer.fetchPublishMessageQueues("Spaced").get(0);
        producer.send(Sdk.message("Spaced", "inside"), queue);
        producer.send(Sdk.message("Spaced", "too"), (queues, sent, arg) -> queues.get(queues.indexOf(arg)), queue);
        producer.shutdown();
        DefaultLitePullConsumer consumer = assigned(cluster, "C15", queue);
        consumer.setNamespace("shop");
        consumer.setAutoCommit(false);
        consumer.start();
        try {
            List<MessageExt> polled = new ArrayList<>();
            Awaitility.await().pollInSameThread().atMost(Duration.ofSeconds(30)).until(() -> {
                polled.addAll(consumer.poll(1_000));
                return polled.size() == 2;
            });
            consumer.commitSync();
            consumer.seek(queue, 1);

            assertThat(queue.getTopic()).isEqualTo("Spaced");
            assertThat(polled)
                    .extracting(message -> message.getTopic() + " " + Sdk.text(message))
                    .containsExactly("Spaced inside", "Spaced too");
            assertThat(consumer.committed(queue)).isEqualTo(2);
            assertThat(poll(consumer, 1)).containsExactly("too");
            assertThat(consumer.assignment()).containsExactly(queue);
            assertThat(consumer.fetchMessageQueues("Spaced")).contains(queue);
        } finally {
            consumer.shutdown();
        }
    }

    @Test
    void allQueuesTogetherHoldNoMoreThanTheyMayAndAreStillReadToTheirEnds(LocalCluster cluster) throws Exception {
        Sdk.createTopic(cluster, "Shared", 4);
        List<MessageQueue> queues;
        DefaultMQProducer producer = Sdk.producer(cluster);
        producer.start();
        try {
            queues = producer.fetchPublishMessageQueues("Shared");
            for (int number = 0; number < 80; number++) {
                producer.send(Sdk.message("Shared", "m" + number), queues.get(number % 4));
            }
        } finally {
            producer.shutdown();
        }
        DefaultLitePullConsumer consumer = Sdk.litePullConsumer(cluster, "C16");
        consumer.assign(queues);
        consumer.setClientIP("127.0.0.1");
        consumer.setInstanceName("C16");
        consumer.setPullBatchSize(1); // else one pull may bring more than the queue may hold
        consumer.setPullThresholdForAll(8);
        consumer.start();
        try {
            List<Integer> held = Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(
                            () -> Sdk.heldMessages(cluster, "C16", "127.0.0.1@C16"),
                            counts -> counts.size() == 4 && counts.stream().allMatch(count -> count == 2));

            assertThat(held).containsOnly(2);
            assertThat(poll(consumer, 80)).hasSize(80);
        } finally {
            consumer.shutdown();
        }
    }

    private static DefaultLitePullConsumer assigned(LocalCluster cluster, String group, MessageQueue queue) {
        DefaultLitePullConsumer consumer = Sdk.litePullConsumer(cluster, group);
        consumer.assign(List.of(queue));
        return consumer;
    }

    /** Sends m0, m1 and so on to one queue of a new topic. */
    private static MessageQueue send(LocalCluster cluster, String topic, int count) throws Exception {
        DefaultMQProducer producer = Sdk.producer(cluster);
        producer.start();
        try {
            MessageQueue queue = producer.fetchPublishMessageQueues(topic).get(0);
            for (int number = 0; number < count; number++) {
                producer.send(Sdk.message(topic, "m" + number), queue);
            }
            return queue;
        } finally {
            producer.shutdown();
        }
    }

    private static void send(LocalCluster cluster, MessageQueue queue, String body) throws Exception {
        DefaultMQProducer producer = Sdk.producer(cluster);
        producer.start();
        try {
            producer.send(Sdk.message(queue.getTopic(), body), queue);
        } finally {
            producer.shutdown();
        }
    }

    private static List<String> poll(DefaultLitePullConsumer consumer, int count) {
        List<String> bodies = new ArrayList<>();
        Awaitility.await().pollInSameThread().atMost(Duration.ofSeconds(30)).until(() -> {
            consumer.poll(1_000).forEach(message -> bodies.add(Sdk.text(message)));
            return bodies.size() >= count;
        });
        return bodies;
    }
}
