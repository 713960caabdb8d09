package io.ternmq.broker.query;

import io.ternmq.broker.offset.ConsumerOffsets;
import io.ternmq.broker.store.MessageStore;
import io.ternmq.broker.store.QueueRange;
import io.ternmq.broker.store.TopicQueue;
import io.ternmq.broker.topic.Topics;
import io.ternmq.broker.traffic.GroupTopicName;
import io.ternmq.broker.traffic.Meters;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.common.topic.TopicConfig;
import io.ternmq.remoting.protocol.stats.ConsumeStats;
import io.ternmq.remoting.protocol.stats.ConsumeStats.QueueLag;
import io.ternmq.remoting.protocol.stats.ConsumeStatsRequest;
import io.ternmq.remoting.protocol.stats.StatsRpcs;
import io.ternmq.remoting.server.Request;
import io.ternmq.remoting.server.RequestProcessor;
import io.ternmq.remoting.server.Response;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** Shows how far a group is behind in each queue that it reads (code 208). May wait for the disk: for a lane that may. */
public final class ConsumeStatsProcessor implements RequestProcessor {
    private final Topics topics;
    private final ConsumerOffsets offsets;
    private final MessageStore store;
    private final Meters<GroupTopicName> readRates;
    private final String brokerName;

    /** @param readRates messages given to groups, by group and topic */
    public ConsumeStatsProcessor(
            Topics topics,
            ConsumerOffsets offsets,
            MessageStore store,
            Meters<GroupTopicName> readRates,
            String brokerName) {
        this.topics = topics;
        this.offsets = offsets;
        this.store = store;
        this.readRates = readRates;
        this.brokerName = brokerName;
    }

    @Override
    public CompletionStage<Response> process(Request request) {
        ConsumeStatsRequest query = request.decode(StatsRpcs.GET_CONSUME_STATS);
        Map<MessageQueue, QueueLag> queues = new LinkedHashMap<>();
        double consumedPerSecond = 0;
        for (String topic : topicsOf(query)) {
            consumedPerSecond += readRates.perSecond(new GroupTopicName(query.consumerGroup(), topic));
            topics.find(topic).ifPresent(config -> addQueues(query.consumerGroup(), config, queues));
        }
        return Response.success(StatsRpcs.GET_CONSUME_STATS, new ConsumeStats(queues, consumedPerSecond))
                .now();
    }

    private Collection<String> topicsOf(ConsumeStatsRequest query) {
        if (query.topic().isPresent()) {
            return List.of(query.topic().get());
        }
        return query.topics().isEmpty() ? offsets.topicsOf(query.consumerGroup()) : query.topics();
    }

    private void addQueues(String group, TopicConfig topic, Map<MessageQueue, QueueLag> queues) {
        for (int queueId = 0; queueId < topic.readQueues(); queueId++) {
            queues.put(
                    new MessageQueue(topic.name(), brokerName, queueId),
                    lag(new TopicQueue(topic.name(), queueId), offsets.committed(group, topic.name(), queueId)));
        }
    }

    private QueueLag lag(TopicQueue queue, OptionalLong committed) {
        QueueRange range = store.range(queue);
        // A group that has committed nothing is shown at the beginning, as other brokers do.
        long consumed = committed.orElse(0);
        long lastConsumedMillis = consumed > range.minOffset() && consumed <= range.maxOffset()
                ? store.storeMillis(queue, consumed - 1).orElse(0)
                : 0;
        return new QueueLag(range.maxOffset(), consumed, consumed, lastConsumedMillis);
    }
}
