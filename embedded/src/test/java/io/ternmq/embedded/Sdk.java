package io.ternmq.embedded;

import io.ternmq.client.consumer.DefaultLitePullConsumer;
import io.ternmq.client.consumer.DefaultMQPushConsumer;
import io.ternmq.client.producer.DefaultMQProducer;
import io.ternmq.common.message.Message;
import io.ternmq.common.message.MessageExt;
import java.nio.charset.StandardCharsets;

/** Makes clients of a local cluster, for tests of the SDK against our own servers. */
final class Sdk {

    private Sdk() {}

    static DefaultMQProducer producer(LocalCluster cluster) {
        DefaultMQProducer producer = new DefaultMQProducer("P");
        producer.setNamesrvAddr(cluster.namesrvAddr());
        return producer;
    }

    static DefaultMQPushConsumer pushConsumer(LocalCluster cluster, String group) {
        DefaultMQPushConsumer consumer = new DefaultMQPushConsumer(group);
        consumer.setNamesrvAddr(cluster.namesrvAddr());
        return consumer;
    }

    static DefaultLitePullConsumer litePullConsumer(LocalCluster cluster, String group) {
        DefaultLitePullConsumer consumer = new DefaultLitePullConsumer(group);
        consumer.setNamesrvAddr(cluster.namesrvAddr());
        return consumer;
    }

    static Message message(String topic, String body) {
        return new Message(topic, body.getBytes(StandardCharsets.UTF_8));
    }

    static String text(MessageExt message) {
        return new String(message.getBody(), StandardCharsets.UTF_8);
    }
}
