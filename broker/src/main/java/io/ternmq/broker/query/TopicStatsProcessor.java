package io.ternmq.broker.query;

import io.ternmq.broker.store.MessageStore;
import io.ternmq.broker.store.QueueRange;
import io.ternmq.broker.store.TopicQueue;
import io.ternmq.broker.topic.Topics;
import io.ternmq.broker.traffic.Meters;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.common.topic.TopicConfig;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.stats.StatsRpcs;
import io.ternmq.remoting.protocol.stats.TopicStats;
import io.ternmq.remoting.protocol.stats.TopicStats.QueueSpan;
import io.ternmq.remoting.server.Request;
import io.ternmq.remoting.server.RequestProcessor;
import io.ternmq.remoting.server.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Shows what each queue of a topic holds (code 202). May wait for the disk: for a lane that may. */
public final class TopicStatsProcessor implements RequestProcessor {
    private final Topics topics;
    private final MessageStore store;
    private final Meters<String> putRates;
    private final String brokerName;

    /** @param putRates messages stored, by topic */
    public TopicStatsProcessor(Topics topics, MessageStore store, Meters<String> putRates, String brokerName) {
        this.topics = topics;
        this.store = store;
        this.putRates = putRates;
        this.brokerName = brokerName;
    }

    @Override
    public CompletionStage<Response> process(Request request) {
        String topic = request.decode(StatsRpcs.GET_TOPIC_STATS_INFO).topic();
        Optional<TopicConfig> config = topics.find(topic);
        if (config.isEmpty()) {
            return Response.refused(ResponseCode.TOPIC_NOT_EXIST, "topic[" + topic + "] does not exist on this broker")
                    .now();
        }
        Map<MessageQueue, QueueSpan> queues = new LinkedHashMap<>();
        int count = Math.max(config.get().readQueues(), config.get().writeQueues());
        for (int queueId = 0; queueId < count; queueId++) {
            queues.put(new MessageQueue(topic, brokerName, queueId), span(new TopicQueue(topic, queueId)));
        }
        return Response.success(StatsRpcs.GET_TOPIC_STATS_INFO, new TopicStats(queues, putRates.perSecond(topic)))
                .now();
    }

    private QueueSpan span(TopicQueue queue) {
        QueueRange range = store.range(queue);
        long lastStoredMillis = range.maxOffset() > range.minOffset()
                ? store.storeMillis(queue, range.maxOffset() - 1).orElse(0)
                : 0;
        return new QueueSpan(range.minOffset(), range.maxOffset(), lastStoredMillis);
    }
}
