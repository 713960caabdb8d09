package io.ternmq.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ternmq.client.consumer.ConsumeFromWhere;
import io.ternmq.client.consumer.DefaultMQPushConsumer;
import io.ternmq.client.consumer.MessageModel;
import io.ternmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import io.ternmq.client.consumer.listener.MessageListenerConcurrently;
import io.ternmq.client.exception.MQClientException;
import io.ternmq.client.producer.DefaultMQProducer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Broadcasting: every consumer gets every message, and keeps its own place in a file. */
@WithLocalCluster
class BroadcastIT {
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    private Path store;

    @Test
    void everyMemberGetsEveryMessage(LocalCluster cluster) throws Exception {
        send(cluster, "ToAll", 20);
        List<String> one = new CopyOnWriteArrayList<>();
        List<String> other = new CopyOnWriteArrayList<>();
        DefaultMQPushConsumer first = consumer(cluster, "ToAll", "one", one);
        DefaultMQPushConsumer second = consumer(cluster, "ToAll", "other", other);
        first.start();
        second.start();
        try {
            Awaitility.await().atMost(LONG).until(() -> one.size() >= 20 && other.size() >= 20);

            assertThat(one).hasSize(20).containsExactlyInAnyOrderElementsOf(other);
        } finally {
            first.shutdown();
            second.shutdown();
        }
    }

    @Test
    void consumerGoesOnWhereItsFileSaysAfterARestart(LocalCluster cluster) throws Exception {
        send(cluster, "Restarted", 10);
        List<String> received = new CopyOnWriteArrayList<>();
        DefaultMQPushConsumer first = consumer(cluster, "Restarted", "one", received);
        first.start();
        Awaitility.await().atMost(LONG).until(() -> received.size() == 10);
        first.shutdown();
        send(cluster, "Restarted", 3);

        DefaultMQPushConsumer second = consumer(cluster, "Restarted", "one", received);
        second.start();
        try {
            Awaitility.await().atMost(LONG).until(() -> received.size() >= 13);

            assertThat(received).hasSize(13);
            assertThat(store.resolve("127.0.0.1@one/Restarted/offsets.json")).exists();
        } finally {
            second.shutdown();
        }
    }

    @Test
    void messageThatIsNotConsumedIsNotDeliveredAgain(LocalCluster cluster) throws Exception {
        send(cluster, "Failing", 5);
        List<String> received = new CopyOnWriteArrayList<>();
        DefaultMQPushConsumer consumer = consumer(cluster, "Failing", "one", received);
        consumer.registerMessageListener((MessageListenerConcurrently) (messages, context) -> {
            messages.forEach(message -> received.add(Sdk.text(message)));
            return ConsumeConcurrentlyStatus.RECONSUME_LATER;
        });
        consumer.start();
        Awaitility.await().atMost(LONG).until(() -> received.size() == 5);
        consumer.shutdown();

        assertThat(Files.readString(store.resolve("127.0.0.1@one/Failing/offsets.json")))
                .contains("Failing")
                .doesNotContain("%RETRY%");
    }

    @Test
    void damagedFileRefusesTheStartByName(LocalCluster cluster) throws Exception {
        Path file = store.resolve("127.0.0.1@one/Damaged/offsets.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "{\"offsetTable\":{{");
        DefaultMQPushConsumer consumer = consumer(cluster, "Damaged", "one", new CopyOnWriteArrayList<>());

        assertThatExceptionOfType(MQClientException.class)
                .isThrownBy(consumer::start)
                .withMessageContaining(file.toString());
    }

    @Test
    void clusteringConsumerWritesNoFile(LocalCluster cluster) throws Exception {
        send(cluster, "NoFile", 1);
        List<String> received = new CopyOnWriteArrayList<>();
        DefaultMQPushConsumer consumer = consumer(cluster, "NoFile", "one", received);
        consumer.setMessageModel(MessageModel.CLUSTERING);
        consumer.start();
        Awaitility.await().atMost(LONG).until(() -> received.size() == 1);
        consumer.shutdown();

        assertThat(store).isEmptyDirectory();
    }

    /** Topic and group share a name. */
    private DefaultMQPushConsumer consumer(LocalCluster cluster, String topic, String name, List<String> into)
            throws Exception {
        DefaultMQPushConsumer consumer = Sdk.pushConsumer(cluster, topic);
        consumer.setMessageModel(MessageModel.BROADCASTING);
        consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        consumer.setLocalOffsetStoreDir(store.toString());
        consumer.setClientIP("127.0.0.1");
        consumer.setInstanceName(name);
        consumer.subscribe(topic, "*");
        consumer.registerMessageListener((MessageListenerConcurrently) (messages, context) -> {
            messages.forEach(message -> into.add(Sdk.text(message)));
            return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
        });
        return consumer;
    }

    private static void send(LocalCluster cluster, String topic, int count) throws Exception {
        DefaultMQProducer producer = Sdk.producer(cluster);
        producer.start();
        try {
            for (int number = 0; number < count; number++) {
                producer.send(Sdk.message(topic, "m" + number));
            }
        } finally {
            producer.shutdown();
        }
    }
}
