package io.ternmq.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ternmq.client.consumer.ConsumeFromWhere;
import io.ternmq.client.consumer.DefaultMQPushConsumer;
import io.ternmq.client.consumer.listener.ConsumeConcurrentlyContext;
import io.ternmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import io.ternmq.client.consumer.listener.ConsumeOrderlyStatus;
import io.ternmq.client.consumer.listener.MessageListenerConcurrently;
import io.ternmq.client.consumer.listener.MessageListenerOrderly;
import io.ternmq.client.exception.MQClientException;
import io.ternmq.client.hook.ConsumeMessageContext;
import io.ternmq.client.hook.ConsumeMessageHook;
import io.ternmq.client.producer.DefaultMQProducer;
import io.ternmq.common.message.MessageExt;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.remoting.protocol.session.RunningInfo;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What can be set of a push consumer, before its start and while it runs. */
@WithLocalCluster
class PushSettingsIT {
    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void threadsInTheListenerAreAsManyAsSetAndCanBeChangedAtRunTime(LocalCluster cluster) throws Exception {
        send(cluster, "Threads", 40);
        Gate gate = new Gate();
        DefaultMQPushConsumer consumer = consumer(cluster, "PS1", "Threads", gate);
        consumer.setConsumeThreadMin(2);
        consumer.setConsumeThreadMax(2);
        consumer.start();
        try {
            Awaitility.await().atMost(LONG).until(() -> gate.inside.get() == 2);
            int before = consumer.getCorePoolSize();
            consumer.updateCorePoolSize(9); // above the most: ignored
            int ignored = consumer.getCorePoolSize();
            consumer.updateCorePoolSize(1);
            gate.open(1);
            Awaitility.await().atMost(LONG).until(() -> gate.done.get() == 1);
            int afterOneLeft = gate.inside.get();
            gate.open(1_000);
            Awaitility.await().atMost(LONG).until(() -> gate.done.get() == 40);

            assertThat(List.of(before, ignored, consumer.getCorePoolSize())).containsExactly(2, 2, 1);
            assertThat(afterOneLeft).isEqualTo(1);
            assertThat(gate.most).hasValue(2);
        } finally {
            gate.open(1_000);
            consumer.shutdown();
        }
    }

    @Test
    void threadsGrowToTheMostWhileMessagesWaitForOne(LocalCluster cluster) throws Exception {
        send(cluster, "Growing", 20);
        Gate gate = new Gate();
        DefaultMQPushConsumer consumer = consumer(cluster, "PS2", "Growing", gate);
        consumer.setConsumeThreadMin(1);
        consumer.setConsumeThreadMax(3);
        consumer.start();
        try {
            Awaitility.await().atMost(LONG).until(() -> gate.inside.get() == 3);
            gate.open(1_000);
            Awaitility.await().atMost(LONG).until(() -> gate.done.get() == 20);
            Awaitility.await().atMost(LONG).until(() -> consumer.getCorePoolSize() == 1);

            assertThat(gate.most).hasValue(3);
        } finally {
            gate.open(1_000);
            consumer.shutdown();
        }
    }

    @Test
    void suspendedConsumerPullsNothingUntilItIsResumed(LocalCluster cluster) throws Exception {
        send(cluster, "Suspended", 4);
        List<String> received = new CopyOnWriteArrayList<>();
        DefaultMQPushConsumer consumer = consumer(cluster, "PS3", "Suspended", collecting(received));
        consumer.setPullBatchSize(1);
        consumer.setPullThresholdForQueue(1);
        CountDownLatch release = new CountDownLatch(1);
        consumer.registerMessageListener((MessageListenerConcurrently) (messages, context) -> {
            await(release);
            messages.forEach(message -> received.add(Sdk.text(message)));
            return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
        });
        send(cluster, "Suspended", 8); // three a queue: one is held, two are not pulled yet
        consumer.start();
        try {
            RunningInfo full = Awaitility.await()
                    .atMost(LONG)
                    .until(
                            () -> consumer.consumerRunningInfo(),
                            info -> info.queues().entrySet().stream()
                                            .filter(each ->
                                                    each.getKey().getTopic().equals("Suspended"))
                                            .mapToInt(each -> each.getValue().cachedMessages())
                                            .sum()
                                    == 4);
            consumer.suspend();
            release.countDown();
            Awaitility.await().atMost(LONG).until(() -> received.size() == 4);
            Awaitility.await().during(Duration.ofMillis(500)).atMost(LONG).until(() -> received.size() == 4);
            consumer.resume();
            Awaitility.await().atMost(LONG).until(() -> received.size() == 12);

            assertThat(full.properties())
                    .containsEntry("PROP_CONSUMEORDERLY", "false")
                    .containsEntry("PROP_CLIENT_VERSION", "V5_3_3");
        } finally {
            release.countDown();
            consumer.shutdown();
        }
    }

    @Test
    void limitOfTheTopicIsSharedOutAmongItsQueues(LocalCluster cluster) throws Exception {
        send(cluster, "TopicLimit", 80); // 20 for each of 4 queues
        Gate gate = new Gate();
        DefaultMQPushConsumer consumer = consumer(cluster, "PS4", "TopicLimit", gate);
        consumer.setPullThresholdForTopic(8);
        consumer.setPullBatchSize(1);
        consumer.start();
        try {
            Awaitility.await().atMost(LONG).until(() -> held(consumer, "TopicLimit") >= 8);
            Awaitility.await()
                    .during(Duration.ofMillis(500))
                    .atMost(LONG)
                    .until(() -> held(consumer, "TopicLimit") == 8);
            gate.open(1_000);

            Awaitility.await().atMost(LONG).until(() -> gate.done.get() == 80);
        } finally {
            gate.open(1_000);
            consumer.shutdown();
        }
    }

    @Test
    void messagesBehindTheAckIndexComeAgain(LocalCluster cluster) throws Exception {
        DefaultMQProducer producer = Sdk.producer(cluster);
        producer.start();
        for (String body : List.of("a", "b", "c", "d")) {
            producer.send(Sdk.message("AckIndex", body), (all, message, arg) -> all.get(0), null);
        }
        producer.shutdown();
        List<String> again = new CopyOnWriteArrayList<>();
        List<Integer> sizes = new CopyOnWriteArrayList<>();
        DefaultMQPushConsumer consumer = consumer(cluster, "PS5", "AckIndex", (messages, context) -> {
            sizes.add(messages.size());
            if (messages.get(0).getReconsumeTimes() == 0) {
                context.setAckIndex(messages.size() - 2);
                context.setDelayLevelWhenNextConsume(1);
            } else {
                messages.forEach(message -> again.add(Sdk.text(message)));
            }
            return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
        });
        consumer.setConsumeMessageBatchMaxSize(4);
        consumer.start();
        try {
            Awaitility.await().atMost(LONG).until(() -> !again.isEmpty());

            assertThat(sizes.get(0)).isEqualTo(4);
            assertThat(again).containsExactly("d");
        } finally {
            consumer.shutdown();
        }
    }

    @Test
    void hooksSeeEachCallAndHowItEnded(LocalCluster cluster) throws Exception {
        send(cluster, "Hooked", 1);
        List<String> seen = new CopyOnWriteArrayList<>();
        DefaultMQPushConsumer consumer = consumer(cluster, "PS6", "Hooked", (messages, context) -> {
            seen.add("listener");
            return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
        });
        consumer.registerConsumeMessageHook(new Hook(context -> {
            throw new IllegalStateException("thrown by the test");
        }));
        consumer.registerConsumeMessageHook(new Hook(context -> seen.add(context.getConsumerGroup() + " "
                + context.getMq().getTopic() + " " + context.getMsgList().size() + " " + context.isSuccess() + " "
                + context.getStatus() + " " + context.getEnding())));
        consumer.start();
        try {
            Awaitility.await().atMost(LONG).until(() -> seen.size() == 3);

            assertThat(seen)
                    .containsExactly(
                            "PS6 Hooked 1 false  FAILED", "listener", "PS6 Hooked 1 true CONSUME_SUCCESS SUCCESS");
        } finally {
            consumer.shutdown();
        }
    }

    @Test
    void namespaceKeepsTopicsApartAndIsNotSeenByTheListener(LocalCluster cluster) throws Exception {
        DefaultMQProducer producer = Sdk.producer(cluster);
        producer.setNamespace("shop");
        producer.start();
        producer.send(Sdk.message("Spaced", "inside"));
        producer.shutdown();
        send(cluster, "Spaced", 1);
        List<String> received = new CopyOnWriteArrayList<>();
        DefaultMQPushConsumer consumer = consumer(cluster, "PS7", "Spaced", (messages, context) -> {
            messages.forEach(message ->
                    received.add(message.getTopic() + " " + message.getReconsumeTimes() + " " + Sdk.text(message)));
            context.setDelayLevelWhenNextConsume(1);
            return messages.get(0).getReconsumeTimes() == 0
                    ? ConsumeConcurrentlyStatus.RECONSUME_LATER
                    : ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
        });
        consumer.setNamespace("shop");
        consumer.start();
        try {
            Awaitility.await().atMost(LONG).until(() -> received.size() == 2);

            assertThat(received).containsExactly("Spaced 0 inside", "Spaced 1 inside");
            assertThat(consumer.fetchSubscribeMessageQueues("Spaced"))
                    .isNotEmpty()
                    .allMatch(queue -> queue.getTopic().equals("Spaced"));
        } finally {
            consumer.shutdown();
        }
    }

    @Test
    void topicThatIsNoLongerSubscribedIsNoLongerConsumedAndOthersAre(LocalCluster cluster) throws Exception {
        send(cluster, "Kept", 1);
        send(cluster, "Dropped", 1);
        List<String> received = new CopyOnWriteArrayList<>();
        DefaultMQPushConsumer consumer = consumer(cluster, "PS8", "Kept", (messages, context) -> {
            messages.forEach(message -> received.add(message.getTopic()));
            return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
        });
        consumer.subscribe("Dropped", "*");
        consumer.start();
        try {
            Awaitility.await().atMost(LONG).until(() -> received.containsAll(List.of("Kept", "Dropped")));
            consumer.unsubscribe("Dropped");
            Awaitility.await()
                    .atMost(LONG)
                    .until(() -> consumer.consumerRunningInfo().queues().keySet().stream()
                            .map(MessageQueue::getTopic)
                            .noneMatch("Dropped"::equals));
            received.clear();
            send(cluster, "Dropped", 1);
            send(cluster, "Kept", 4);

            Awaitility.await().atMost(LONG).until(() -> received.size() == 4);
            assertThat(received).containsOnly("Kept");
        } finally {
            consumer.shutdown();
        }
    }

    @Test
    void consumerThatStandsStillNamesTheMessageAndTheThread(LocalCluster cluster) throws Exception {
        send(cluster, "Stuck", 1);
        CountDownLatch release = new CountDownLatch(1);
        DefaultMQPushConsumer consumer = Sdk.pushConsumer(cluster, "PS9");
        consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        consumer.subscribe("Stuck", "*");
        consumer.setConsumeStandstillWarnMillis(200);
        consumer.registerMessageListener((MessageListenerOrderly) (messages, context) -> {
            await(release);
            return ConsumeOrderlyStatus.SUCCESS;
        });
        consumer.start();
        try {
            RunningInfo info = Awaitility.await()
                    .atMost(LONG)
                    .until(
                            () -> consumer.consumerRunningInfo(),
                            each -> !each.userTexts().isEmpty());
            Map.Entry<String, String> named =
                    info.userTexts().entrySet().iterator().next();
            release.countDown();
            Awaitility.await()
                    .atMost(LONG)
                    .until(() -> consumer.consumerRunningInfo().userTexts().isEmpty());

            assertThat(named.getKey()).startsWith("blocked Stuck broker-a ");
            assertThat(named.getValue())
                    .contains("offset=0 msgId=")
                    .contains("thread=consume-orderly-PS9")
                    .contains("at " + PushSettingsIT.class.getName() + ".await");
            assertThat(info.properties()).containsEntry("PROP_CONSUMEORDERLY", "true");
            assertThat(info.queues().values())
                    .filteredOn(queue -> queue.cachedMessages() > 0)
                    .allMatch(queue -> queue.isLocked() && queue.lastLockMillis() > 0);
        } finally {
            release.countDown();
            consumer.shutdown();
        }
    }

    @Test
    void shutdownWaitsForTheListenerAndCommitsWhatItDid(LocalCluster cluster) throws Exception {
        send(cluster, "Ending", 1);
        CountDownLatch inside = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        MessageListenerConcurrently slow = (messages, context) -> {
            calls.incrementAndGet();
            inside.countDown();
            await(new CountDownLatch(1), 300);
            return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
        };
        DefaultMQPushConsumer first = consumer(cluster, "PS10", "Ending", slow);
        first.start();
        await(inside);
        first.shutdown();
        send(cluster, "Ending", 1);
        DefaultMQPushConsumer second = consumer(cluster, "PS10", "Ending", slow);
        second.start();
        try {
            Awaitility.await().atMost(LONG).until(() -> calls.get() >= 2);
            Awaitility.await().during(Duration.ofMillis(500)).atMost(LONG).until(() -> calls.get() == 2);
        } finally {
            second.shutdown();
        }
    }

    @Test
    void settingThatCannotBeIsRefusedAtTheStartByItsName(LocalCluster cluster) throws Exception {
        Map<String, Consumer<DefaultMQPushConsumer>> bad = Map.of(
                "consumeThreadMin=0", consumer -> consumer.setConsumeThreadMin(0),
                "consumeTimeout=0", consumer -> consumer.setConsumeTimeout(0),
                "pullInterval=-1", consumer -> consumer.setPullInterval(-1),
                "pullThresholdForTopic=0", consumer -> consumer.setPullThresholdForTopic(0),
                "pullThresholdSizeForTopic=0", consumer -> consumer.setPullThresholdSizeForTopic(0),
                "pullThresholdSizeForQueue=1025", consumer -> consumer.setPullThresholdSizeForQueue(1_025),
                "consumeMessageBatchMaxSize=1025", consumer -> consumer.setConsumeMessageBatchMaxSize(1_025));
        for (Map.Entry<String, Consumer<DefaultMQPushConsumer>> each : bad.entrySet()) {
            DefaultMQPushConsumer consumer = consumer(cluster, "PS11", "T", collecting(List.of()));
            each.getValue().accept(consumer);

            assertThatExceptionOfType(MQClientException.class)
                    .isThrownBy(consumer::start)
                    .withMessageContaining(each.getKey() + " is not valid");
        }
    }

    /** Lets so many calls of the listener through as it was opened for, and counts who is inside. */
    private static final class Gate implements MessageListenerConcurrently {
        private final Semaphore permits = new Semaphore(0);
        private final AtomicInteger inside = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();
        private final AtomicInteger done = new AtomicInteger();

        void open(int calls) {
            permits.release(calls);
        }

        @Override
        public ConsumeConcurrentlyStatus consumeMessage(List<MessageExt> messages, ConsumeConcurrentlyContext context) {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            permits.acquireUninterruptibly();
            inside.decrementAndGet();
            done.addAndGet(messages.size());
            return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
        }
    }

    private record Hook(Consumer<ConsumeMessageContext> on) implements ConsumeMessageHook {
        @Override
        public String hookName() {
            return "test";
        }

        @Override
        public void consumeMessageBefore(ConsumeMessageContext context) {
            on.accept(context);
        }

        @Override
        public void consumeMessageAfter(ConsumeMessageContext context) {
            on.accept(context);
        }
    }

    private static int held(DefaultMQPushConsumer consumer, String topic) throws Exception {
        return consumer.consumerRunningInfo().queues().entrySet().stream()
                .filter(each -> each.getKey().getTopic().equals(topic))
                .mapToInt(each -> each.getValue().cachedMessages())
                .sum();
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

    private static void send(LocalCluster cluster, String topic, int count) throws Exception {
        DefaultMQProducer producer = Sdk.producer(cluster);
        producer.start();
        try {
            for (int number = 0; number < count; number++) {
                producer.send(Sdk.message(topic, topic + number));
            }
        } finally {
            producer.shutdown();
        }
    }

    private static void await(CountDownLatch latch) {
        await(latch, LONG.toMillis());
    }

    private static void await(CountDownLatch latch, long millis) {
        try {
            latch.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
