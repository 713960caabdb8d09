package io.ternmq.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ternmq.client.producer.DefaultMQProducer;
import io.ternmq.client.producer.SendResult;
import io.ternmq.common.config.Settings;
import io.ternmq.common.message.Message;
import io.ternmq.common.topic.Permission;
import io.ternmq.common.topic.TagMode;
import io.ternmq.namesrv.NameServer;
import io.ternmq.namesrv.NameServerConfig;
import io.ternmq.remoting.client.ClientConfig;
import io.ternmq.remoting.client.RemotingClient;
import io.ternmq.remoting.protocol.Nothing;
import io.ternmq.remoting.protocol.route.BrokerRoute;
import io.ternmq.remoting.protocol.route.RouteRpcs;
import io.ternmq.remoting.protocol.topic.TopicRpcs;
import io.ternmq.remoting.protocol.topic.UpdateTopicRequest;
import io.ternmq.remoting.server.RequestRouter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Senders under load while of three brokers, each a process, one is killed and one is stopped, and both come back. */
class BrokerFailuresIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);
    private static final int SENDERS = 4;

    @TempDir
    private Path directory;

    private final List<BrokerProcess> brokers = new ArrayList<>();
    private final AtomicBoolean isOver = new AtomicBoolean();
    private final List<Thread> senders = new ArrayList<>();
    private final Set<Throwable> failures = ConcurrentHashMap.newKeySet();
    private final Map<String, Long> sent = new ConcurrentHashMap<>(); // by broker
    private NameServer nameServer;
    private RemotingClient remoting;
    private DefaultMQProducer producer;

    @BeforeEach
    void startThreeBrokers() throws Exception {
        nameServer = NameServer.start(NameServerConfig.from(Settings.of(Map.of(
                "bindAddress",
                "127.0.0.1",
                "listenPort",
                "0",
                "kvConfigPath",
                directory.resolve("kvConfig.json").toString(),
                "configStorePath",
                directory.resolve("namesrv.properties").toString()))));
        remoting = new RemotingClient(ClientConfig.defaults(), RequestRouter.none());
        for (String name : List.of("a", "b", "c")) {
            brokers.add(new BrokerProcess(name, directory, nameServer.port()));
        }
        await().atMost(PATIENCE).until(() -> registered().size() == 3);
        for (BrokerRoute broker : registered().values()) {
            makeTopic(broker.addresses().get(0L));
        }
        producer = new DefaultMQProducer("G", List.of("T"));
        producer.setNamesrvAddr("127.0.0.1:" + nameServer.port());
        producer.setPollNameServerInterval(500);
        producer.setSendMsgTimeout(20_000); // ample, however busy the machine; half of it goes to one that is silent
        producer.start();
    }

    @AfterEach
    void closeAll() throws Exception {
        isOver.set(true);
        for (Thread sender : senders) {
            sender.join(TimeUnit.SECONDS.toMillis(30));
        }
        if (producer != null) {
            producer.shutdown();
        }
        for (BrokerProcess broker : brokers) {
            broker.close();
        }
        if (remoting != null) {
            remoting.close();
        }
        nameServer.close();
    }

    @Test
    void sendsGoOnWithTheBrokerThatIsLeftAndReturnToTheOthersWhenTheyDo() throws Exception {
        send();
        await().atMost(PATIENCE).until(() -> sent.keySet().containsAll(Set.of("a", "b", "c")));

        brokers.get(0).kill();
        brokers.get(1).freeze();
        await().atMost(PATIENCE).until(() -> areAllSentTo(Set.of("c"), 200)); // every sender has found out
        boolean isStill = areAllSentTo(Set.of("c"), 1_000);
        brokers.get(1).thaw();
        await().atMost(PATIENCE).until(() -> countsAfter(100).containsKey("b"));
        brokers.get(0).start();
        await().atMost(PATIENCE).until(() -> countsAfter(100).containsKey("a"));

        assertThat(isStill).isTrue();
        assertThat(failures).isEmpty();
    }

    private void send() {
        for (int number = 0; number < SENDERS; number++) {
            Thread sender = new Thread(this::sendUntilOver, "test-sender-" + number);
            senders.add(sender);
            sender.start();
        }
    }

    private void sendUntilOver() {
        while (!isOver.get()) {
            try {
                SendResult result = producer.send(new Message("T", new byte[100]));
                sent.merge(result.getMessageQueue().getBrokerName(), 1L, Long::sum);
            } catch (Exception e) { // the test looks at it
                failures.add(e);
            }
        }
    }

    private boolean areAllSentTo(Set<String> names, long count) {
        return names.equals(countsAfter(count).keySet());
    }

    /** How many of the next messages each broker gets. */
    private Map<String, Long> countsAfter(long count) {
        Map<String, Long> before = Map.copyOf(sent);
        long total = total() + count;
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> total() >= total);
        Map<String, Long> grown = new ConcurrentHashMap<>();
        sent.forEach((name, now) -> {
            long more = now - before.getOrDefault(name, 0L);
            if (more > 0) {
                grown.put(name, more);
            }
        });
        return grown;
    }

    private long total() {
        return sent.values().stream().mapToLong(Long::longValue).sum();
    }

    private Map<String, BrokerRoute> registered() throws Exception {
        return remoting.call(
                        "127.0.0.1:" + nameServer.port(),
                        RouteRpcs.GET_BROKER_CLUSTER_INFO,
                        Nothing.NOTHING,
                        CALL_TIMEOUT)
                .thenApply(reply -> reply.decode(RouteRpcs.GET_BROKER_CLUSTER_INFO))
                .get(30, TimeUnit.SECONDS)
                .brokers();
    }

    private void makeTopic(String address) throws Exception {
        UpdateTopicRequest topic = new UpdateTopicRequest(
                "T", "TBW102", 2, 2, Permission.READ_WRITE, TagMode.SINGLE_TAG, 0, false, Optional.empty());
        assertThat(remoting.call(address, TopicRpcs.UPDATE_AND_CREATE_TOPIC, topic, CALL_TIMEOUT)
                        .get(30, TimeUnit.SECONDS)
                        .isSuccess())
                .isTrue();
    }
}
