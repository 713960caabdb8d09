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
import io.ternmq.remoting.protocol.Reply;
import io.ternmq.remoting.protocol.session.QueueProgress;
import io.ternmq.remoting.protocol.session.RunningInfoRequest;
import io.ternmq.remoting.protocol.session.SessionRpcs;
import io.ternmq.remoting.protocol.topic.TopicRpcs;
import io.ternmq.remoting.protocol.topic.UpdateTopicRequest;
import io.ternmq.remoting.server.RequestRouter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
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

    /** Asks a member, by way of the first broker, how many messages it holds of each of its queues; none if it is not there. */
    static List<Integer> heldMessages(LocalCluster cluster, String group, String clientId) throws Exception {
        try (RemotingClient remoting = new RemotingClient(ClientConfig.defaults(), RequestRouter.none())) {
            Reply reply = remoting.call(
                            cluster.brokerAddresses().get(0),
                            SessionRpcs.GET_CONSUMER_RUNNING_INFO,
                            new RunningInfoRequest(group, clientId, false),
                            Duration.ofSeconds(30))
                    .get(30, TimeUnit.SECONDS);
            return reply.isSuccess()
                    ? reply.decode(SessionRpcs.GET_CONSUMER_RUNNING_INFO).queues().values().stream()
                            .map(QueueProgress::cachedMessages)
                            .toList()
                    : List.of();
        }
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
