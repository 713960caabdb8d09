package io.ternmq.remoting.protocol.stats;

import io.ternmq.common.message.MessageQueue;
import io.ternmq.remoting.protocol.Golden;
import io.ternmq.remoting.protocol.body.TextTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatsRpcsTest {
    private static final MessageQueue QUEUE = new MessageQueue("TopicTest", "broker-a", 0);

    @Test
    void topicsShowTheirQueues() {
        Golden.assertBothWays(StatsRpcs.GET_TOPIC_STATS_INFO.request(), new TopicRequest("T"), "{\"topic\":\"T\"}", "");
        Golden.assertBothWays(
                StatsRpcs.GET_TOPIC_STATS_INFO.response(),
                new TopicStats(Map.of(QUEUE, new TopicStats.QueueSpan(0, 10, 0)), 0),
                "{}",
                "{\"offsetTable\":{{\"brokerName\":\"broker-a\",\"queueId\":0,\"topic\":\"TopicTest\"}:"
                        + "{\"lastUpdateTimestamp\":0,\"maxOffset\":10,\"minOffset\":0}},\"topicPutTps\":0.0}");
    }

    @Test
    void groupsShowHowFarTheyAreBehind() {
        Golden.assertBothWays(
                StatsRpcs.GET_CONSUME_STATS.request(),
                new ConsumeStatsRequest("CG", Optional.of("T"), List.of("A", "B")),
                "{\"consumerGroup\":\"CG\",\"topic\":\"T\",\"topicList\":\"A;B\"}",
                "");
        Golden.assertBothWays(
                StatsRpcs.GET_CONSUME_STATS.request(),
                new ConsumeStatsRequest("CG", Optional.empty(), List.of()),
                "{\"consumerGroup\":\"CG\"}",
                "");
        Golden.assertBothWays(
                StatsRpcs.GET_CONSUME_STATS.response(),
                new ConsumeStats(Map.of(QUEUE, new ConsumeStats.QueueLag(10, 5, 0, 1_700_000_000_000L)), 0),
                "{}",
                "{\"consumeTps\":0.0,\"offsetTable\":{{\"brokerName\":\"broker-a\",\"queueId\":0,\"topic\":\"TopicTest\"}:"
                        + "{\"brokerOffset\":10,\"consumerOffset\":5,\"lastTimestamp\":1700000000000,\"pullOffset\":0}}}");
    }

    @Test
    void brokersShowTheirState() {
        Golden.assertBothWays(
                StatsRpcs.GET_BROKER_RUNTIME_INFO.response(),
                new TextTable(Map.of("bootTimestamp", "1")),
                "{}",
                "{\"table\":{\"bootTimestamp\":\"1\"}}");
    }

    @Test
    void timesOfAGroupInATopicAreShown() {
        Golden.assertBothWays(
                StatsRpcs.QUERY_CONSUME_TIME_SPAN.request(),
                new TimeSpanRequest("TopicTest", "CG"),
                "{\"topic\":\"TopicTest\",\"group\":\"CG\"}",
                "");
        Golden.assertBothWays(
                StatsRpcs.QUERY_CONSUME_TIME_SPAN.response(),
                new TimeSpans(List.of(new TimeSpans.QueueTimes(QUEUE, 1, 4, 2, 3))),
                "{}",
                "{\"consumeTimeSpanSet\":[{\"consumeTimeStamp\":2,\"delayTime\":3,\"maxTimeStamp\":4,"
                        + "\"messageQueue\":{\"brokerName\":\"broker-a\",\"queueId\":0,\"topic\":\"TopicTest\"},"
                        + "\"minTimeStamp\":1}]}");
    }

    @Test
    void readersOfATopicAreListed() {
        Golden.assertBothWays(
                StatsRpcs.QUERY_TOPIC_CONSUME_BY_WHO.response(),
                new GroupList(List.of("CG")),
                "{}",
                "{\"groupList\":[\"CG\"]}");
    }
}
