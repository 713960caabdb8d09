package io.ternmq.interop;

import static org.awaitility.Awaitility.await;

import io.ternmq.interop.api.ClientLibrary;
import io.ternmq.interop.api.LitePullHandle;
import io.ternmq.interop.api.LitePullSettings;
import io.ternmq.interop.api.MessageListener;
import io.ternmq.interop.api.ProducerHandle;
import io.ternmq.interop.api.ProducerSettings;
import io.ternmq.interop.api.PullHandle;
import io.ternmq.interop.api.PushConsumerHandle;
import io.ternmq.interop.api.PushSettings;
import io.ternmq.interop.api.Received;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test of one client on one make of servers. Owns the producers and consumers that it makes, and closes them after it. */
@ExtendWith(TestbedExtension.class)
abstract class PairedTest {
    /** Longest wait for something that happens at once; generous, for the slowest machine. */
    static final Duration SOON = Duration.ofSeconds(30);

    final SharedCluster cluster;
    private final ClientLibrary client;
    private final Testbed testbed;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    PairedTest(Pairing pairing, Testbed testbed) {
        this.testbed = testbed;
        this.client = testbed.client(pairing.client());
        this.cluster = testbed.cluster(pairing.servers());
    }

    /** Returns a topic of its own, with queues 0 to {@code queues - 1}. */
    final String topic(int queues) {
        String topic = fresh("Topic");
        cluster.createTopic(topic, queues);
        return topic;
    }

    /** Returns a consumer group of its own that the broker knows of before any member has told it. */
    final String group() {
        String group = fresh("Group");
        cluster.createGroup(group);
        return group;
    }

    final String fresh(String prefix) {
        return testbed.fresh(prefix);
    }

    final ProducerHandle producer() {
        return producer(ProducerSettings.of(cluster.nameServers(), fresh("Producers")));
    }

    final ProducerHandle producer(ProducerSettings settings) {
        return opened(client.producer(settings));
    }

    final PushConsumerHandle pushConsumer(PushSettings settings, MessageListener listener) {
        return opened(client.pushConsumer(settings, listener));
    }

    final LitePullHandle litePull(String group, boolean autoCommit) {
        return opened(client.litePullConsumer(new LitePullSettings(cluster.nameServers(), group, autoCommit)));
    }

    final PullHandle pull(String group) {
        return opened(client.pullConsumer(cluster.nameServers(), group));
    }

    /**
     * Reads what the broker has stored of a topic, queue by queue, through the official client 5.5.0 as a witness. Waits
     * until as many messages are there: what is acknowledged becomes readable soon after, with either make of broker.
     */
    final List<Received> stored(String topic, int count) {
        try (PullHandle witness =
                testbed.client(Pairing.Client.OFFICIAL_550).pullConsumer(cluster.nameServers(), fresh("Witnesses"))) {
            return await().atMost(SOON)
                    .until(() -> QueueReader.readAll(witness, topic), stored -> stored.size() >= count);
        }
    }

    final <T extends AutoCloseable> T opened(T handle) {
        opened.push(handle);
        return handle;
    }

    @AfterEach
    void closeClients() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }
}
