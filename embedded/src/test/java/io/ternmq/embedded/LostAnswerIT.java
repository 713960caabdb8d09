package io.ternmq.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ternmq.client.producer.DefaultMQProducer;
import io.ternmq.client.producer.SendResult;
import io.ternmq.client.producer.SendStatus;
import io.ternmq.common.message.Message;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.common.topic.Permission;
import io.ternmq.common.topic.TagMode;
import io.ternmq.remoting.client.ClientConfig;
import io.ternmq.remoting.client.RemotingClient;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.route.BrokerRoute;
import io.ternmq.remoting.protocol.route.QueueRoute;
import io.ternmq.remoting.protocol.route.RouteRpcs;
import io.ternmq.remoting.protocol.route.TopicRoute;
import io.ternmq.remoting.protocol.topic.TopicRpcs;
import io.ternmq.remoting.protocol.topic.UpdateTopicRequest;
import io.ternmq.remoting.server.Lane;
import io.ternmq.remoting.server.RemotingServer;
import io.ternmq.remoting.server.RequestRouter;
import io.ternmq.remoting.server.Response;
import io.ternmq.remoting.server.ServerConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker stores a message and its answer is lost: the producer asks again, and nothing is stored twice. */
class LostAnswerIT {
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);
    private static final int AMPLE_MILLIS = 120_000; // no send is to run out of time, however busy the machine

    @TempDir
    private Path directory;

    private final RemotingClient remoting = new RemotingClient(ClientConfig.defaults(), RequestRouter.none());
    private final List<LossyProxy> proxies = new ArrayList<>();
    private LocalCluster cluster;
    private RemotingServer nameServer; // leads clients to the proxies
    private DefaultMQProducer producer;

    @AfterEach
    void closeAll() throws IOException {
        producer.shutdown();
        nameServer.close();
        for (LossyProxy proxy : proxies) {
            proxy.close();
        }
        remoting.close();
        cluster.close();
    }

    @Test
    void messageIsStoredOnceAndItsFirstResultIsTold() throws Exception {
        start(1);
        producer.send(message());

        proxies.get(0).lose(1);
        SendResult again = producer.send(message());

        assertThat(proxies.get(0).lost()).isEqualTo(1);
        assertThat(again.getSendStatus()).isEqualTo(SendStatus.SEND_OK);
        assertThat(stored()).isEqualTo(2);
    }

    @Test
    void asynchronousSendIsStoredOnce() throws Exception {
        start(1);
        producer.send(message());

        proxies.get(0).lose(1);
        SendResult again = producer.sendAsync(message()).get(AMPLE_MILLIS, TimeUnit.MILLISECONDS);

        assertThat(proxies.get(0).lost()).isEqualTo(1);
        assertThat(again.getSendStatus()).isEqualTo(SendStatus.SEND_OK);
        assertThat(stored()).isEqualTo(2);
    }

    @Test
    void batchIsStoredOnce() throws Exception {
        start(1);
        producer.send(message());

        proxies.get(0).lose(1);
        SendResult again = producer.send(List.of(message(), message(), message()));

        assertThat(proxies.get(0).lost()).isEqualTo(1);
        assertThat(again.getOffsetMsgId().split(",", -1)).hasSize(3).doesNotHaveDuplicates();
        assertThat(stored()).isEqualTo(4);
    }

    @Test
    void withTwoBrokersTheOneThatStoredItIsAskedAgainFirst() throws Exception {
        start(2);
        producer.send(message());
        producer.send(message());

        proxies.forEach(proxy -> proxy.lose(1));
        producer.send(message());
        producer.send(message());

        assertThat(proxies).extracting(LossyProxy::lost).contains(1);
        assertThat(stored()).isEqualTo(4);
    }

    @Test
    void messageIsStoredOnceAlthoughTheBrokerIsRestartedBeforeItIsAskedAgain() throws Exception {
        start(1);
        producer.send(message());
        LossyProxy proxy = proxies.get(0);

        proxy.hold();
        proxy.lose(1);
        CompletableFuture<SendResult> sent = producer.sendAsync(message());
        await().atMost(Duration.ofSeconds(30)).until(() -> proxy.lost() == 1);
        cluster.close();
        cluster = LocalCluster.builder().directory(directory).start();
        proxy.open(portOf(cluster.brokerAddresses().get(0)));

        assertThat(sent.get(AMPLE_MILLIS, TimeUnit.MILLISECONDS).getSendStatus())
                .isEqualTo(SendStatus.SEND_OK);
        assertThat(stored()).isEqualTo(2);
    }

    @Test
    void oneMessageObjectSentTwiceOnPurposeIsStoredTwice() throws Exception {
        start(1);
        Message message = message();

        SendResult first = producer.send(message);
        SendResult second = producer.send(message);

        assertThat(stored()).isEqualTo(2);
        assertThat(first.getOffsetMsgId()).isNotEqualTo(second.getOffsetMsgId());
    }

    private void start(int brokers) throws Exception {
        cluster = LocalCluster.builder().brokers(brokers).directory(directory).start();
        for (String address : cluster.brokerAddresses()) {
            makeTopic(address);
            proxies.add(new LossyProxy(portOf(address)));
        }
        nameServer = RemotingServer.start(
                ServerConfig.local(),
                RequestRouter.builder()
                        .on(
                                RouteRpcs.GET_ROUTEINFO_BY_TOPIC,
                                Lane.inPlace(),
                                request -> new Response(ResponseCode.SUCCESS, Optional.empty(), route().payload(true))
                                        .now())
                        .build());
        producer = new DefaultMQProducer("G", List.of("T"));
        producer.setNamesrvAddr("127.0.0.1:" + nameServer.port());
        producer.setSendMsgTimeout(AMPLE_MILLIS);
        producer.start();
    }

    private TopicRoute route() {
        List<QueueRoute> queues = new ArrayList<>();
        List<BrokerRoute> brokers = new ArrayList<>();
        for (int index = 0; index < proxies.size(); index++) {
            String name = "broker-" + (char) ('a' + index);
            String address = "127.0.0.1:" + proxies.get(index).port();
            queues.add(new QueueRoute(name, 1, 1, Permission.READ_WRITE, 0));
            brokers.add(new BrokerRoute(
                    "DefaultCluster", name, new TreeMap<>(Map.of(0L, address)), false, Optional.empty()));
        }
        return new TopicRoute(Optional.empty(), queues, brokers);
    }

    /** How many messages there are on all brokers: where the next one lies says how many are before it. */
    private long stored() throws Exception {
        long count = 0;
        for (MessageQueue queue : producer.fetchPublishMessageQueues("T")) {
            count += producer.send(message(), queue).getQueueOffset();
        }
        return count;
    }

    private void makeTopic(String address) throws Exception {
        UpdateTopicRequest topic = new UpdateTopicRequest(
                "T", "TBW102", 1, 1, Permission.READ_WRITE, TagMode.SINGLE_TAG, 0, false, Optional.empty());
        assertThat(remoting.call(address, TopicRpcs.UPDATE_AND_CREATE_TOPIC, topic, CALL_TIMEOUT)
                        .get(30, TimeUnit.SECONDS)
                        .isSuccess())
                .isTrue();
    }

    private static int portOf(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    private static Message message() {
        return new Message("T", new byte[100]);
    }
}
