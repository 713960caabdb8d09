package io.ternmq.embedded;

import io.ternmq.client.consumer.DefaultLitePullConsumer;
import io.ternmq.client.consumer.DefaultMQPushConsumer;
import io.ternmq.client.producer.DefaultMQProducer;
import io.ternmq.common.message.Message;
import io.ternmq.common.message.MessageExt;
import io.ternmq.common.topic.Permission;
import io.ternmq.common.topic.TagMode;
import io.ternmq.remoting.client.ClientConfig;
import io.ternmq.remoting.client.RemotingClient;
import io.ternmq.remoting.protocol.topic.TopicRpcs;
import io.ternmq.remoting.protocol.topic.UpdateTopicRequest;
import io.ternmq.remoting.server.RequestRouter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

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

    /** Makes a topic, or changes how many queues it has. */
    static void createTopic(LocalCluster cluster, String topic, int queues) throws Exception {
        UpdateTopicRequest request = new UpdateTopicRequest(
                topic, "TBW102", queues, queues, Permission.READ_WRITE, TagMode.SINGLE_TAG, 0, false, Optional.empty());
        try (RemotingClient remoting = new RemotingClient(ClientConfig.defaults(), RequestRouter.none())) {
            for (String address : cluster.brokerAddresses()) {
                remoting.call(address, TopicRpcs.UPDATE_AND_CREATE_TOPIC, request, Duration.ofSeconds(30))
                        .get(30, TimeUnit.SECONDS);
            }
        }
    }
}
