package io.ternmq.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ternmq.interop.api.AdminHandle;
import io.ternmq.interop.api.AdminHandle.TopicSpec;
import io.ternmq.interop.api.MessageListener;
import io.ternmq.interop.api.OutMessage;
import io.ternmq.interop.api.ProducerHandle;
import io.ternmq.interop.api.ProducerSettings;
import io.ternmq.interop.api.PullHandle;
import io.ternmq.interop.api.PushConsumerHandle;
import io.ternmq.interop.api.PushSettings;
import io.ternmq.interop.api.Received;
import io.ternmq.interop.api.Sent;
import io.ternmq.interop.servers.RunningCluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages that a push consumer returns: when they come again, and where they end. The delay levels are made short. */
@ParameterizedClass
@MethodSource("io.ternmq.interop.Pairing#all")
@ExtendWith(TestbedExtension.class)
class RetryIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    /** The first retry has level 3, each further one the next, those beyond the last the last. */
    private static final String LEVELS = "5s 5s 1s 2s 3s 1s";

    private static final List<Long> RETRY_SECONDS = List.of(1L, 2L, 3L, 1L, 1L);
    private static final int USUAL_RETRIES = 16;
    private static final String TOPIC = "Retried";
    private static final String GROUP = "Group";

    private final Pairing pairing;
    private final Testbed testbed;

    RetryIT(Pairing pairing, Testbed testbed) {
        this.pairing = pairing;
        this.testbed = testbed;
    }

    /** Fails all messages but those called good, as often as it is told, and remembers all it was given. */
    private static final class Failing implements MessageListener {
        private final int failuresMax;
        private final Queue<Received> seen = new ConcurrentLinkedQueue<>();

        Failing(int failuresMax) {
            this.failuresMax = failuresMax;
        }

        @Override
        public boolean consume(List<Received> messages) {
            seen.addAll(messages);
            return messages.stream()
                    .noneMatch(one -> !one.text().startsWith("good") && one.reconsumeTimes() < failuresMax);
        }

        List<Received> seen(String text) {
            return seen.stream().filter(one -> one.text().equals(text)).toList();
        }
    }

    @Test
    void returnedMessageComesAgainAtGrowingDelaysAndThenIsADeadLetter() {
        Failing listener = new Failing(Integer.MAX_VALUE);
        try (RunningCluster cluster = start();
                AdminHandle admin = testbed.admin(cluster.nameServers());
                PushConsumerHandle consumer = consume(cluster, "wanted", listener)) {
            assertThat(consumer).isNotNull();
            Sent bad =
                    send(cluster, OutMessage.of(TOPIC, "bad").withTags("wanted").withKeys("k1"));
            send(cluster, OutMessage.of(TOPIC, "good").withTags("wanted"));
            send(cluster, OutMessage.of(TOPIC, "bad but not wanted").withTags("other"));

            List<Received> dead = await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> deadLetters(cluster), found -> !found.isEmpty());

            List<Received> seen = listener.seen("bad");
            assertThat(seen)
                    .extracting(Received::reconsumeTimes)
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(0, USUAL_RETRIES).boxed().toList());
            assertThat(seen).allSatisfy(received -> {
                assertThat(received.queue().topic()).isEqualTo(TOPIC);
                assertThat(received.messageId()).isEqualTo(bad.messageId());
                assertThat(received.keys()).isEqualTo("k1");
                assertThat(received.tags()).isEqualTo("wanted");
            });
            for (int retry = 0; retry < RETRY_SECONDS.size(); retry++) {
                long waited =
                        seen.get(retry + 1).storeTimestamp() - seen.get(retry).storeTimestamp();
                assertThat(waited).isGreaterThanOrEqualTo(RETRY_SECONDS.get(retry) * 1000);
            }
            assertThat(listener.seen("good")).hasSize(1);
            assertThat(listener.seen("bad but not wanted")).isEmpty();
            assertThat(dead).hasSize(1);
            assertThat(dead.get(0).text()).isEqualTo("bad");
            assertThat(dead.get(0).properties())
                    .containsEntry("RETRY_TOPIC", TOPIC)
                    .containsEntry("ORIGIN_MESSAGE_ID", bad.offsetMessageId());
            assertThat(admin.topic(cluster.brokerAddress(), "%DLQ%" + GROUP))
                    .contains(new TopicSpec("%DLQ%" + GROUP, 1, 1, 6));
        }
    }

    @Test
    void retriesGoOnAfterTheBrokerWasStartedAgain() {
        Failing listener = new Failing(4);
        try (RunningCluster cluster = start();
                PushConsumerHandle consumer = consume(cluster, "*", listener)) {
            assertThat(consumer).isNotNull();
            send(cluster, OutMessage.of(TOPIC, "bad"));
            await().atMost(PATIENCE).until(() -> listener.seen("bad").size() >= 2);

            cluster.broker().stop(STOP_LIMIT);
            cluster.startBroker();

            await().atMost(PATIENCE)
                    .until(() -> listener.seen("bad").stream().anyMatch(received -> received.reconsumeTimes() == 4));
            assertThat(listener.seen("bad").stream()
                            .map(Received::reconsumeTimes)
                            .distinct())
                    .containsExactly(0, 1, 2, 3, 4);
        }
    }

    private RunningCluster start() {
        RunningCluster cluster =
                testbed.start(pairing.servers(), testbed.fresh("retry"), Map.of("messageDelayLevel", LEVELS));
        try (AdminHandle admin = testbed.admin(cluster.nameServers())) {
            admin.createTopic(cluster.brokerAddress(), new TopicSpec(TOPIC, 2, 2, 6));
        }
        return cluster;
    }

    private PushConsumerHandle consume(RunningCluster cluster, String expression, MessageListener listener) {
        return testbed.client(pairing.client())
                .pushConsumer(PushSettings.of(cluster.nameServers(), GROUP, TOPIC, expression), listener);
    }

    private Sent send(RunningCluster cluster, OutMessage message) {
        try (ProducerHandle producer = testbed.client(pairing.client())
                .producer(ProducerSettings.of(cluster.nameServers(), testbed.fresh("Producers")))) {
            return producer.send(message);
        }
    }

    private List<Received> deadLetters(RunningCluster cluster) {
        try (PullHandle witness =
                testbed.client(Pairing.Client.OFFICIAL_550).pullConsumer(cluster.nameServers(), "Witnesses")) {
            return QueueReader.readAll(witness, "%DLQ%" + GROUP);
        }
    }
}
