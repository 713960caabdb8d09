package io.ternmq.broker;

import io.ternmq.broker.offset.DelayOffsetsFile;
import io.ternmq.broker.offset.OffsetsFile;
import io.ternmq.broker.offset.QueueEnds;
import io.ternmq.broker.store.MessageStore;
import io.ternmq.broker.store.TopicQueue;
import io.ternmq.broker.topic.TopicOutcome.Refused;
import io.ternmq.broker.topic.Topics;
import io.ternmq.common.topic.TopicConfig;
import io.ternmq.common.topic.TopicNames;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes registries agree with the store at start, before the first message is taken: a crash may have left them with
 * more than the log has, or with less. Stateless.
 */
final class RegistryRepair {
    private static final Logger log = LoggerFactory.getLogger(RegistryRepair.class);

    private RegistryRepair() {}

    /**
     * Lowers offsets that lie above their queue's end.
     *
     * @throws IOException if they cannot be saved so
     */
    static void lowerOffsets(OffsetsFile consumers, DelayOffsetsFile delays, MessageStore store) throws IOException {
        QueueEnds ends =
                (topic, queueId) -> store.range(new TopicQueue(topic, queueId)).maxOffset();
        consumers.lowerTo(ends);
        delays.lowerTo(ends);
    }

    /**
     * Makes a topic again for queues that have none: with as many queues as there are numbers, to be read and written.
     *
     * @throws IOException if the table cannot hold them, or not be saved
     */
    static void restoreTopics(Topics topics, MessageStore store) throws IOException {
        List<TopicConfig> missing = queueCounts(store).entrySet().stream()
                .filter(topic -> topics.find(topic.getKey()).isEmpty())
                .map(topic -> TopicConfig.of(topic.getKey(), topic.getValue()))
                .filter(RegistryRepair::isPossible)
                .toList();
        if (missing.isEmpty()) {
            return;
        }
        Optional<Refused> refused =
                topics.ensureAll(missing).toCompletableFuture().join();
        if (refused.isPresent()) {
            throw new IOException("Topics of queues that are there cannot be restored: "
                    + refused.get().detail());
        }
        missing.forEach(topic -> log.warn(
                "Queues without a topic: it is restored from them. topic={} queues={}",
                topic.name(),
                topic.writeQueues()));
    }

    private static Map<String, Integer> queueCounts(MessageStore store) {
        Map<String, Integer> counts = new TreeMap<>();
        store.queues().forEach(queue -> counts.merge(queue.topic(), queue.queueId() + 1, Math::max));
        return counts;
    }

    private static boolean isPossible(TopicConfig topic) {
        boolean isPossible = TopicNames.problemOf(topic.name()).isEmpty() && topic.writeQueues() <= Topics.QUEUES_MAX;
        if (!isPossible) {
            log.warn(
                    "Queues that no topic can have are left alone. topic={} queues={}",
                    topic.name(),
                    topic.writeQueues());
        }
        return isPossible;
    }
}
