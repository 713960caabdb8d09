package io.ternmq.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ternmq.client.consumer.ConsumeFromWhere;
import io.ternmq.client.consumer.DefaultMQPushConsumer;
import io.ternmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import io.ternmq.client.consumer.listener.MessageListenerConcurrently;
import io.ternmq.client.producer.DefaultMQProducer;
import io.ternmq.client.producer.SendResult;
import io.ternmq.common.config.SettingException;
import io.ternmq.common.message.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalClusterIT {
    @TempDir
    Path directory;

    @Test
    void messageCanBeSentAsSoonAsTheClusterIsStarted() throws Exception {
        try (LocalCluster cluster = LocalCluster.start()) {
            assertThat(send(cluster, "hello").getMessageQueue().getBrokerName()).isEqualTo("broker-a");
        }
    }

    @Test
    void temporaryDirectoryAndAllThreadsAreGoneAfterTheClose() throws Exception {
        Set<Thread> before = liveThreads();
        LocalCluster cluster = LocalCluster.start();
        send(cluster, "hello");

        cluster.close();
        cluster.close();

        assertThat(cluster.directory()).doesNotExist();
        Awaitility.await().pollInSameThread().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            Set<String> left = liveThreads().stream()
                    .filter(thread -> !before.contains(thread))
                    .map(Thread::getName)
                    .filter(name -> !name.startsWith("globalEventExecutor")) // Netty's own, which ends by itself
                    .collect(Collectors.toSet());
            assertThat(left).isEmpty();
        });
    }

    @Test
    void givenDirectoryKeepsWhatWasSentForTheNextCluster() throws Exception {
        try (LocalCluster first = LocalCluster.builder().directory(directory).start()) {
            send(first, "kept");
        }

        try (LocalCluster second = LocalCluster.builder().directory(directory).start()) {
            assertThat(received(second)).containsExactly("kept");
        }
        assertThat(directory).isNotEmptyDirectory();
    }

    @Test
    void severalClustersLiveSideBySideAndDoNotMeet() throws Exception {
        try (LocalCluster one = LocalCluster.start();
                LocalCluster other = LocalCluster.start()) {
            send(one, "to one");
            send(other, "to the other");

            assertThat(received(one)).containsExactly("to one");
            assertThat(received(other)).containsExactly("to the other");
        }
    }

    @Test
    void allBrokersOfAClusterTakeMessages() throws Exception {
        try (LocalCluster cluster = LocalCluster.builder().brokers(3).start()) {
            DefaultMQProducer producer = new DefaultMQProducer("G");
            producer.setNamesrvAddr(cluster.namesrvAddr());
            producer.start();
            try {
                Set<String> brokers = ConcurrentHashMap.newKeySet();
                for (int number = 0; number < 12; number++) {
                    brokers.add(producer.send(new Message("T", new byte[] {1}))
                            .getMessageQueue()
                            .getBrokerName());
                }

                assertThat(brokers).containsExactlyInAnyOrder("broker-a", "broker-b", "broker-c");
            } finally {
                producer.shutdown();
            }
            assertThat(cluster.brokerAddresses()).hasSize(3).doesNotHaveDuplicates();
        }
    }

    @Test
    void settingsReachTheServersAndABadOneStopsTheStart() throws IOException {
        Path home = directory.resolve("bad");

        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() -> LocalCluster.builder()
                        .directory(home)
                        .setting("flushDiskType", "SOMETIMES")
                        .start())
                .withMessageContaining("flushDiskType=SOMETIMES");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LocalCluster.builder().brokers(0))
                .withMessageContaining("brokers=0");

        // What had started is stopped: the same directory can be used at once.
        try (LocalCluster cluster = LocalCluster.builder()
                .directory(home)
                .setting("flushDiskType", "SYNC_FLUSH")
                .start()) {
            assertThat(Files.isDirectory(cluster.directory().resolve("broker-a")))
                    .isTrue();
        }
    }

    private static SendResult send(LocalCluster cluster, String body) throws Exception {
        DefaultMQProducer producer = new DefaultMQProducer("G");
        producer.setNamesrvAddr(cluster.namesrvAddr());
        producer.start();
        try {
            return producer.send(new Message("T", body.getBytes(StandardCharsets.UTF_8)));
        } finally {
            producer.shutdown();
        }
    }

    private static List<String> received(LocalCluster cluster) throws Exception {
        Set<String> bodies = ConcurrentHashMap.newKeySet();
        DefaultMQPushConsumer consumer = new DefaultMQPushConsumer("C");
        consumer.setNamesrvAddr(cluster.namesrvAddr());
        consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        consumer.subscribe("T", "*");
        consumer.registerMessageListener((MessageListenerConcurrently) (messages, context) -> {
            messages.forEach(message -> bodies.add(new String(message.getBody(), StandardCharsets.UTF_8)));
            return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
        });
        consumer.start();
        try {
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !bodies.isEmpty());
        } finally {
            consumer.shutdown();
        }
        return List.copyOf(bodies);
    }

    private static Set<Thread> liveThreads() {
        return Set.copyOf(Thread.getAllStackTraces().keySet());
    }
}
