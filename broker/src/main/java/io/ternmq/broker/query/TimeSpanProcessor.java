package io.ternmq.broker.query;

import io.ternmq.broker.offset.ConsumerOffsets;
import io.ternmq.broker.store.MessageStore;
import io.ternmq.broker.store.QueueRange;
import io.ternmq.broker.store.TopicQueue;
import io.ternmq.broker.topic.Topics;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.common.time.Clock;
import io.ternmq.common.topic.TopicConfig;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.stats.StatsRpcs;
import io.ternmq.remoting.protocol.stats.TimeSpanRequest;
import io.ternmq.remoting.protocol.stats.TimeSpans;
import io.ternmq.remoting.protocol.stats.TimeSpans.QueueTimes;
import io.ternmq.remoting.server.Request;
import io.ternmq.remoting.server.RequestProcessor;
import io.ternmq.remoting.server.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Tells from when the messages of each queue of a topic are, and where a group is between them (code 303). May wait for
 * the disk: for a lane that may.
 */
public final class TimeSpanProcessor implements RequestProcessor {
    private static final long NONE = -1;

    private final Topics topics;
    private final ConsumerOffsets offsets;
    private final MessageStore store;
    private final Clock clock;
    private final String brokerName;

    public TimeSpanProcessor(
            Topics topics, ConsumerOffsets offsets, MessageStore store, Clock clock, String brokerName) {
        this.topics = topics;
        this.offsets = offsets;
        this.store = store;
        this.clock = clock;
        this.brokerName = brokerName;
    }

    @Override
    public CompletionStage<Response> process(Request request) {
        TimeSpanRequest query = request.decode(StatsRpcs.QUERY_CONSUME_TIME_SPAN);
        Optional<TopicConfig> topic = topics.find(query.topic());
        if (topic.isEmpty()) {
            return Response.refused(
                            ResponseCode.TOPIC_NOT_EXIST, "topic[" + query.topic() + "] does not exist on this broker")
                    .now();
        }
        List<QueueTimes> times = new ArrayList<>();
        for (int queueId = 0; queueId < topic.get().writeQueues(); queueId++) {
            times.add(times(query.group(), new TopicQueue(query.topic(), queueId)));
        }
        return Response.success(StatsRpcs.QUERY_CONSUME_TIME_SPAN, new TimeSpans(times))
                .now();
    }

    private QueueTimes times(String group, TopicQueue queue) {
        QueueRange range = store.range(queue);
        long first = store.storeMillis(queue, range.minOffset()).orElse(NONE);
        long last = store.storeMillis(queue, range.maxOffset() - 1).orElse(NONE);
        long wanted = offsets.committed(group, queue.topic(), queue.queueId()).orElse(0);
        long consumed = wanted > 0 ? store.storeMillis(queue, wanted - 1).orElse(first) : first;
        long waitingSince =
                store.storeMillis(queue, Math.max(wanted, range.minOffset())).orElse(clock.wallMillis());
        return new QueueTimes(
                new MessageQueue(queue.topic(), brokerName, queue.queueId()),
                first,
                last,
                consumed,
                Math.max(0, clock.wallMillis() - waitingSince));
    }
}
