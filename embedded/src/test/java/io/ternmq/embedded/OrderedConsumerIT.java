package io.ternmq.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.client.consumer.ConsumeFromWhere;
import io.ternmq.client.consumer.DefaultMQPushConsumer;
import io.ternmq.client.consumer.MessageModel;
import io.ternmq.client.consumer.listener.ConsumeOrderlyStatus;
import io.ternmq.client.consumer.listener.MessageListenerOrderly;
import io.ternmq.client.producer.DefaultMQProducer;
import io.ternmq.common.message.MessageExt;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.common.seeds.Seeds;
import io.ternmq.remoting.protocol.session.QueueProgress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Consumption in order in a group, against our own servers. */
@WithLocalCluster
class OrderedConsumerIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int QUEUES = 4; // of a topic that is made by sending to it

    @Test
    void messagesOfEachQueueComeInTheirOrder(LocalCluster cluster) throws Exception {
        send(cluster, "Ordered", 100);
        OrderChecker checker = new OrderChecker();
        DefaultMQPushConsumer consumer = consumer(cluster, "OG1", "Ordered", checked("only", checker, message -> true));

        consumer.start();
        try {
            Awaitility.await().atMost(LONG).until(() -> checker.hasConsumed(QUEUES, 100));

            assertThat(checker.violations()).isEmpty();
            assertThat(checker.repeats()).isZero();
        } finally {
            consumer.shutdown();
        }
    }

    @Test
    void messageThatFailsComesAgainBeforeAnythingElseOfItsQueue(LocalCluster cluster) throws Exception {
        send(cluster, "OrderedFailing", 5);
        OrderChecker checker = new OrderChecker();
        Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
        List<Integer> times = new CopyOnWriteArrayList<>();
        DefaultMQPushConsumer consumer =
                consumer(cluster, "OG2", "OrderedFailing", checked("only", checker, message -> {
                    if (message.getQueueId() != 0 || !Sdk.text(message).equals("2")) {
                        return true;
                    }
                    times.add(message.getReconsumeTimes());
                    int call = calls.computeIfAbsent("2", name -> new AtomicInteger())
                            .incrementAndGet();
                    if (call == 1) {
                        throw new IllegalStateException("thrown by the test");
                    }
                    return call > 3;
                }));
        consumer.setSuspendCurrentQueueTimeMillis(20);
        consumer.start();
        try {
            Awaitility.await().atMost(LONG).until(() -> checker.hasConsumed(QUEUES, 5));

            assertThat(checker.violations()).isEmpty();
            assertThat(times).containsExactly(0, 1, 2, 3);
        } finally {
            consumer.shutdown();
        }
    }

    @Test
    void nextMemberBeginsOnlyWhenTheListenerOfTheLastIsDone(LocalCluster cluster) throws Exception {
        send(cluster, "OrderedHandOver", 40);
        OrderChecker checker = new OrderChecker();
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger ofSecond = new AtomicInteger();
        DefaultMQPushConsumer first = consumer(cluster, "OG3", "OrderedHandOver", checked("first", checker, message -> {
            await(release);
            return true;
        }));
        DefaultMQPushConsumer second =
                consumer(cluster, "OG3", "OrderedHandOver", checked("second", checker, message -> {
                    ofSecond.incrementAndGet();
                    return true;
                }));
        first.start();
        Awaitility.await().atMost(LONG).until(() -> checker.atWork() == QUEUES);
        second.start();
        try {
            // All queues are with the first member's listener, and half of them are the second's by now.
            Awaitility.await()
                    .during(Duration.ofSeconds(2))
                    .atMost(LONG)
                    .until(() -> ofSecond.get() == 0 && checker.violations().isEmpty());
            release.countDown();
            Awaitility.await().atMost(LONG).until(() -> checker.hasConsumed(QUEUES, 40));

            assertThat(checker.violations()).isEmpty();
            assertThat(checker.repeats()).isZero();
            assertThat(checker.members()).containsExactlyInAnyOrder("first", "second");
        } finally {
            release.countDown();
            first.shutdown();
            second.shutdown();
        }
    }

    @Test
    void broadcastMembersEachGetEveryQueueInOrderAndLockNone(LocalCluster cluster, @TempDir Path directory)
            throws Exception {
        send(cluster, "OrderedBroadcast", 10);
        List<OrderChecker> checkers = List.of(new OrderChecker(), new OrderChecker());
        List<DefaultMQPushConsumer> members = new ArrayList<>();
        try {
            for (OrderChecker checker : checkers) {
                String name = "member-" + members.size();
                DefaultMQPushConsumer member =
                        consumer(cluster, "OG5", "OrderedBroadcast", checked(name, checker, message -> true));
                member.setMessageModel(MessageModel.BROADCASTING);
                member.setLocalOffsetStoreDir(directory.toString());
                member.setInstanceName(name);
                member.start();
                members.add(member);
            }
            Awaitility.await()
                    .atMost(LONG)
                    .until(() -> checkers.stream().allMatch(checker -> checker.hasConsumed(QUEUES, 10)));

            assertThat(checkers).allMatch(checker -> checker.violations().isEmpty());
            assertThat(members.get(0).consumerRunningInfo().queues().values())
                    .hasSize(QUEUES)
                    .noneMatch(QueueProgress::isLocked);
        } finally {
            members.forEach(DefaultMQPushConsumer::shutdown);
        }
    }

    @Test
    void withoutAutomaticCommitsWhatIsRolledBackComesAgain(LocalCluster cluster) throws Exception {
        send(cluster, "OrderedCommits", 6);
        List<String> ofQueue0 = new CopyOnWriteArrayList<>();
        DefaultMQPushConsumer consumer = consumer(cluster, "OG4", "OrderedCommits", (messages, context) -> {
            context.setAutoCommit(false);
            MessageExt message = messages.get(0);
            if (message.getQueueId() != 0) {
                return ConsumeOrderlyStatus.COMMIT;
            }
            ofQueue0.add(Sdk.text(message));
            return switch (ofQueue0.size()) {
                case 3 -> ConsumeOrderlyStatus.ROLLBACK;
                case 6, 9 -> ConsumeOrderlyStatus.COMMIT;
                default -> ConsumeOrderlyStatus.SUCCESS;
            };
        });
        consumer.setSuspendCurrentQueueTimeMillis(10);
        consumer.start();
        try {
            Awaitility.await().atMost(LONG).until(() -> ofQueue0.size() >= 9);

            assertThat(ofQueue0).containsExactly("0", "1", "2", "0", "1", "2", "3", "4", "5");
        } finally {
            consumer.shutdown();
        }
    }

    /** Members join, leave and fail while messages are sent; what each does comes from the seed. */
    @Seeds(count = 2, countInLongRuns = 20, cases = 1)
    void orderIsNeverBrokenWhateverMembersDo(long seed, Random random, LocalCluster cluster) throws Exception {
        String topic = "OrderedLoad" + Long.toUnsignedString(seed);
        int perQueue = 300;
        OrderChecker checker = new OrderChecker();
        List<DefaultMQPushConsumer> members = new ArrayList<>();
        try {
            send(cluster, topic, perQueue / 3);
            long sent = (long) QUEUES * perQueue / 3;
            int made = 0;
            for (int step = 0; step < 12; step++) {
                if (members.isEmpty() || (members.size() < 4 && random.nextBoolean())) {
                    String name = "member-" + made++;
                    Random own = new Random(random.nextLong());
                    DefaultMQPushConsumer member = consumer(
                            cluster,
                            "OG-" + Long.toUnsignedString(seed),
                            topic,
                            checked(name, checker, message -> act(own)));
                    member.setConsumeMessageBatchMaxSize(1);
                    member.setSuspendCurrentQueueTimeMillis(10);
                    member.start();
                    members.add(member);
                } else if (members.size() > 1 || random.nextInt(4) == 0) {
                    members.remove(random.nextInt(members.size())).shutdown();
                } else {
                    members.get(0).suspend();
                    members.get(0).resume();
                }
                if (step == 4 || step == 8) {
                    send(cluster, topic, perQueue / 3, perQueue / 3 * step / 4);
                    sent += (long) QUEUES * perQueue / 3;
                }
                if (!members.isEmpty()) {
                    awaitProgress(checker, random.nextInt(60), sent);
                }
            }
            if (members.isEmpty()) {
                DefaultMQPushConsumer last = consumer(
                        cluster, "OG-" + Long.toUnsignedString(seed), topic, checked("last", checker, message -> true));
                last.start();
                members.add(last);
            }
            Awaitility.await().atMost(LONG).until(() -> checker.hasConsumed(QUEUES, perQueue));

            assertThat(checker.members()).hasSizeGreaterThan(1);
            assertThat(checker.violations())
                    .as("seed %d, repeats %d", seed, checker.repeats())
                    .isEmpty();
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("seed " + seed + ": " + checker.progress() + checker.violations(), e);
        } finally {
            members.forEach(DefaultMQPushConsumer::shutdown);
        }
    }

    /** Waits until so many more messages have been consumed, or all that there are. */
    private static void awaitProgress(OrderChecker checker, int messages, long sent) {
        long before = checker.consumed();
        Awaitility.await()
                .atMost(LONG)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> checker.consumed() >= Math.min(before + messages, sent));
    }

    private static boolean act(Random random) {
        int choice;
        synchronized (random) {
            choice = random.nextInt(100);
        }
        if (choice < 3) {
            throw new IllegalStateException("thrown by the test");
        }
        if (choice < 10) {
            pause(choice == 9 ? 100 : choice); // long enough to be at work while the queue changes hands
        }
        return choice >= 6;
    }

    @FunctionalInterface
    private interface Act {
        boolean on(MessageExt message);
    }

    private static MessageListenerOrderly checked(String who, OrderChecker checker, Act act) {
        return (messages, context) -> {
            MessageExt message = messages.get(0);
            String queue = "queue-" + message.getQueueId();
            int number = Integer.parseInt(Sdk.text(message));
            checker.begin(who, queue, number);
            boolean isConsumed = false;
            try {
                isConsumed = act.on(message);
            } finally {
                checker.end(who, queue, number, isConsumed);
            }
            return isConsumed ? ConsumeOrderlyStatus.SUCCESS : ConsumeOrderlyStatus.SUSPEND_CURRENT_QUEUE_A_MOMENT;
        };
    }

    private static DefaultMQPushConsumer consumer(
            LocalCluster cluster, String group, String topic, MessageListenerOrderly listener) throws Exception {
        DefaultMQPushConsumer consumer = Sdk.pushConsumer(cluster, group);
        consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        consumer.subscribe(topic, "*");
        consumer.registerMessageListener(listener);
        return consumer;
    }

    private static void send(LocalCluster cluster, String topic, int perQueue) throws Exception {
        send(cluster, topic, perQueue, 0);
    }

    /** Sends as many to each queue, each with its number in the queue. */
    private static void send(LocalCluster cluster, String topic, int perQueue, int first) throws Exception {
        DefaultMQProducer producer = Sdk.producer(cluster);
        producer.start();
        try {
            for (int number = first; number < first + perQueue; number++) {
                String body = Integer.toString(number);
                int[] queues = IntStream.range(0, QUEUES).toArray();
                for (int queue : queues) {
                    producer.send(Sdk.message(topic, body), (all, message, arg) -> queueOf(all, queue), null);
                }
            }
        } finally {
            producer.shutdown();
        }
    }

    private static MessageQueue queueOf(List<MessageQueue> all, int id) {
        return all.stream()
                .filter(queue -> queue.getQueueId() == id)
                .findFirst()
                .orElseThrow();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(LONG.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pause(long millis) {
        LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
    }
}
