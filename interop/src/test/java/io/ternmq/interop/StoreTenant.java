package io.ternmq.interop;

import io.ternmq.interop.StoreContent.Range;
import io.ternmq.interop.api.AdminHandle;
import io.ternmq.interop.api.AdminHandle.GroupSpec;
import io.ternmq.interop.api.AdminHandle.TopicSpec;
import io.ternmq.interop.api.ClientLibrary;
import io.ternmq.interop.api.OutMessage;
import io.ternmq.interop.api.ProducerHandle;
import io.ternmq.interop.api.ProducerSettings;
import io.ternmq.interop.api.PullHandle;
import io.ternmq.interop.api.Queue;
import io.ternmq.interop.api.Received;
import io.ternmq.interop.api.Sent;
import io.ternmq.interop.servers.RunningCluster;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Puts one of everything into a broker's store, and looks at all of it again, through the official client 5.5.0. The same
 * for both makes of broker. Used by one thread.
 */
final class StoreTenant {
    private static final TopicSpec PLAIN = new TopicSpec("Plain", 3, 3, 6);
    private static final TopicSpec BATCHES = new TopicSpec("Batches", 1, 1, 6);
    private static final TopicSpec LARGE = new TopicSpec("Large", 2, 2, 6);
    private static final TopicSpec UNEVEN = new TopicSpec("Uneven", 4, 2, 4);
    private static final List<TopicSpec> TOPICS = List.of(PLAIN, BATCHES, LARGE, UNEVEN);
    private static final List<GroupSpec> GROUPS =
            List.of(new GroupSpec("Readers", true, 1, 5), new GroupSpec("Stopped", false, 2, 16));
    private static final String COMMITTING = "Readers";

    private static final int PLAIN_PER_QUEUE = 70;
    private static final int BATCH_MESSAGES = 20;
    private static final int LARGE_BYTES = 300_000;

    private final RunningCluster cluster;
    private final AdminHandle admin;
    private final ClientLibrary client;

    StoreTenant(RunningCluster cluster, AdminHandle admin, ClientLibrary client) {
        this.cluster = cluster;
        this.admin = admin;
        this.client = client;
    }

    void moveIn() {
        TOPICS.forEach(topic -> admin.createTopic(cluster.brokerAddress(), topic));
        GROUPS.forEach(group -> admin.createGroup(cluster.brokerAddress(), group));
    }

    /** Sends one of everything and returns what the producer was told. */
    List<Sent> send(String round) {
        List<Sent> sent = new ArrayList<>();
        try (ProducerHandle producer = client.producer(ProducerSettings.of(cluster.nameServers(), "Producers"))) {
            for (int i = 0; i < PLAIN_PER_QUEUE * PLAIN.writeQueues(); i++) {
                sent.add(producer.send(plain(round, i), queue(PLAIN, i % PLAIN.writeQueues())));
            }
            List<OutMessage> batch = new ArrayList<>();
            for (int i = 0; i < BATCH_MESSAGES; i++) {
                batch.add(
                        OutMessage.of(BATCHES.name(), round + " in batch " + i).withKeys(round + "-" + i));
            }
            sent.add(producer.sendBatch(batch));
            Random bytes = new Random(round.hashCode());
            for (int i = 0; i < LARGE.writeQueues(); i++) {
                byte[] body = new byte[LARGE_BYTES];
                sent.add(producer.send(OutMessage.of(LARGE.name(), body), queue(LARGE, i))); // compressed by the client
                bytes.nextBytes(body);
                sent.add(producer.send(OutMessage.of(LARGE.name(), body), queue(LARGE, i)));
            }
        }
        return sent;
    }

    private static OutMessage plain(String round, int number) {
        return new OutMessage(
                PLAIN.name(),
                number % 3 == 0 ? "" : "Tag" + number % 3,
                number % 2 == 0 ? "" : round + "-key" + number + " shared",
                number % 5 == 0 ? Map.of("colour", "grün", "number", Integer.toString(number)) : Map.of(),
                0,
                (round + " message " + number + " höher").getBytes(StandardCharsets.UTF_8));
    }

    /** Commits different offsets for the queues of a topic, below their ends. */
    void commit(long offset) {
        try (PullHandle reader = client.pullConsumer(cluster.nameServers(), COMMITTING)) {
            for (int i = 0; i < PLAIN.readQueues(); i++) {
                reader.commit(queue(PLAIN, i), offset + i);
            }
        }
    }

    StoreContent look() {
        Map<String, TopicSpec> topics = new HashMap<>();
        TOPICS.forEach(topic -> put(topics, topic.name(), admin.topic(cluster.brokerAddress(), topic.name())));
        Map<String, GroupSpec> groups = new HashMap<>();
        GROUPS.forEach(group -> put(groups, group.name(), admin.group(cluster.brokerAddress(), group.name())));
        Map<Queue, Range> ranges = new HashMap<>();
        Map<Queue, Long> committed = new HashMap<>();
        List<Received> messages = new ArrayList<>();
        try (PullHandle reader = client.pullConsumer(cluster.nameServers(), COMMITTING)) {
            for (int i = 0; i < PLAIN.readQueues(); i++) {
                committed.put(queue(PLAIN, i), reader.committed(queue(PLAIN, i)));
            }
            for (TopicSpec topic : TOPICS) {
                for (int i = 0; i < topic.readQueues(); i++) {
                    Queue queue = queue(topic, i);
                    ranges.put(queue, new Range(reader.minOffset(queue), reader.maxOffset(queue)));
                }
                messages.addAll(QueueReader.readAll(reader, topic.name()));
            }
        }
        return new StoreContent(topics, groups, ranges, Map.of(COMMITTING, committed), messages);
    }

    private static <T> void put(Map<String, T> target, String name, Optional<T> found) {
        found.ifPresent(value -> target.put(name, value));
    }

    private Queue queue(TopicSpec topic, int id) {
        return new Queue(topic.name(), cluster.brokerName(), id);
    }
}
