package io.ternmq.testcontainers;

import io.ternmq.client.consumer.ConsumeFromWhere;
import io.ternmq.client.consumer.DefaultMQPushConsumer;
import io.ternmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import io.ternmq.client.consumer.listener.MessageListenerConcurrently;
import io.ternmq.client.exception.MQBrokerException;
import io.ternmq.client.exception.MQClientException;
import io.ternmq.client.producer.DefaultMQProducer;
import io.ternmq.client.producer.SendStatus;
import io.ternmq.common.message.Message;
import io.ternmq.remoting.protocol.RemotingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** A producer and consumers of this JVM, that is on the host. */
final class Clients implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(90);

    private final String namesrvAddr;
    private final DefaultMQProducer producer;

    Clients(String namesrvAddr) {
        this.namesrvAddr = namesrvAddr;
        this.producer = new DefaultMQProducer("containers-producer");
        producer.setNamesrvAddr(namesrvAddr);
        producer.setSendMsgTimeout((int) SOON.toMillis()); // a machine that builds has much else to do
        try {
            producer.start();
        } catch (MQClientException e) {
            throw new AssertionError(e);
        }
    }

    /** Sends one after the other; all of them are stored when this returns. */
    Set<String> send(String topic, String prefix, int count) {
        Set<String> bodies = IntStream.range(0, count)
                .mapToObj(number -> prefix + number)
                .collect(Collectors.toCollection(HashSet::new));
        bodies.forEach(body -> send(topic, body));
        return bodies;
    }

    void send(String topic, String body) {
        try {
            Message message = new Message(topic, body.getBytes(StandardCharsets.UTF_8));
            SendStatus status = producer.send(message).getSendStatus();
            if (status != SendStatus.SEND_OK) {
                throw new AssertionError(body + ": " + status);
            }
        } catch (MQClientException | MQBrokerException | RemotingException e) {
            throw new AssertionError(body, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Receives from the beginning of the topic until {@code isEnough}. */
    Set<String> receive(String topic, Predicate<Set<String>> isEnough) {
        Set<String> received = ConcurrentHashMap.newKeySet();
        DefaultMQPushConsumer consumer = new DefaultMQPushConsumer("containers-" + System.nanoTime());
        consumer.setNamesrvAddr(namesrvAddr);
        consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        try {
            consumer.subscribe(topic, "*");
            consumer.registerMessageListener((MessageListenerConcurrently) (messages, context) -> {
                messages.forEach(message -> received.add(new String(message.getBody(), StandardCharsets.UTF_8)));
                return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
            });
            consumer.start();
            Awaitility.await().atMost(SOON).until(() -> isEnough.test(received));
            return received;
        } catch (MQClientException e) {
            throw new AssertionError(e);
        } finally {
            consumer.shutdown();
        }
    }

    @Override
    public void close() {
        producer.shutdown();
    }
}
