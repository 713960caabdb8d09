package io.ternmq.remoting.protocol.offset;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.common.message.MessageQueue;
import io.ternmq.remoting.protocol.Golden;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OffsetRpcsTest {

    @Test
    void queuesAreAskedForTheirEnds() {
        String fields = "{\"topic\":\"T\",\"queueId\":\"3\"}";

        Golden.assertBothWays(OffsetRpcs.GET_MAX_OFFSET.request(), new QueueRequest("T", 3), fields, "");
        Golden.assertBothWays(OffsetRpcs.GET_MIN_OFFSET.request(), new QueueRequest("T", 3), fields, "");
        Golden.assertBothWays(OffsetRpcs.GET_EARLIEST_MSG_STORETIME.request(), new QueueRequest("T", 3), fields, "");
        Golden.assertBothWays(OffsetRpcs.GET_MAX_OFFSET.response(), new OffsetAnswer(7), "{\"offset\":\"7\"}", "");
        Golden.assertBothWays(
                OffsetRpcs.GET_EARLIEST_MSG_STORETIME.response(),
                new StoreTimeAnswer(StoreTimeAnswer.NONE),
                "{\"timestamp\":\"-1\"}",
                "");
    }

    @Test
    void theBoundaryIsLowerUnlessItSaysUpper() {
        Golden.assertBothWays(
                OffsetRpcs.SEARCH_OFFSET_BY_TIMESTAMP.request(),
                new SearchOffsetRequest("T", 3, 1_700_000_000_000L, true),
                "{\"topic\":\"T\",\"queueId\":\"3\",\"timestamp\":\"1700000000000\",\"boundaryType\":\"UPPER\"}",
                "");
        assertThat(searched("{\"topic\":\"T\",\"queueId\":\"3\",\"timestamp\":\"1\"}")
                        .isUpper())
                .isFalse();
        assertThat(searched("{\"topic\":\"T\",\"queueId\":\"3\",\"timestamp\":\"1\",\"boundaryType\":\"upper\"}")
                        .isUpper())
                .isTrue();
    }

    @Test
    void groupsAreAskedHowFarTheyHaveRead() {
        Golden.assertBothWays(
                OffsetRpcs.QUERY_CONSUMER_OFFSET.request(),
                new CommittedOffsetRequest("CG", "T", 3, true),
                "{\"consumerGroup\":\"CG\",\"topic\":\"T\",\"queueId\":\"3\"}",
                "");
        Golden.assertBothWays(
                OffsetRpcs.QUERY_CONSUMER_OFFSET.request(),
                new CommittedOffsetRequest("CG", "T", 3, false),
                "{\"consumerGroup\":\"CG\",\"topic\":\"T\",\"queueId\":\"3\",\"setZeroIfNotFound\":\"false\"}",
                "");
    }

    @Test
    void groupsSayHowFarTheyHaveRead() {
        Golden.assertBothWays(
                OffsetRpcs.UPDATE_CONSUMER_OFFSET.request(),
                new CommitOffsetRequest("CG", "T", 3, 9),
                "{\"consumerGroup\":\"CG\",\"topic\":\"T\",\"queueId\":\"3\",\"commitOffset\":\"9\"}",
                "");
    }

    @Test
    void groupsAreSentElsewhere() {
        Golden.assertBothWays(
                OffsetRpcs.INVOKE_BROKER_TO_RESET_OFFSET.request(),
                new ResetByTimeRequest("T", "CG", -1, true, 3, 7),
                "{\"topic\":\"T\",\"group\":\"CG\",\"timestamp\":\"-1\",\"isForce\":\"true\",\"queueId\":\"3\","
                        + "\"offset\":\"7\"}",
                "");
        assertThat(OffsetRpcs.INVOKE_BROKER_TO_RESET_OFFSET
                        .request()
                        .decode(
                                Golden.fields("{\"topic\":\"T\",\"group\":\"CG\",\"timestamp\":\"5\"}"),
                                Golden.bytes("")))
                .isEqualTo(new ResetByTimeRequest("T", "CG", 5, false, -1, -1));
        Golden.assertBothWays(
                OffsetRpcs.INVOKE_BROKER_TO_RESET_OFFSET.response(),
                new ResetAnswer(Map.of(new MessageQueue("T", "broker-a", 3), 7L)),
                "{}",
                "{\"offsetTable\":{{\"brokerName\":\"broker-a\",\"queueId\":3,\"topic\":\"T\"}:7}}");
    }

    @Test
    void groupsBeginWhereOthersAre() {
        Golden.assertBothWays(
                OffsetRpcs.CLONE_GROUP_OFFSET.request(),
                new CloneOffsetsRequest("A", "B", Optional.of("T"), true),
                "{\"srcGroup\":\"A\",\"destGroup\":\"B\",\"topic\":\"T\",\"offline\":\"true\"}",
                "");
        assertThat(OffsetRpcs.CLONE_GROUP_OFFSET
                        .request()
                        .decode(
                                Golden.fields("{\"srcGroup\":\"A\",\"destGroup\":\"B\",\"topic\":\"\"}"),
                                Golden.bytes("")))
                .isEqualTo(new CloneOffsetsRequest("A", "B", Optional.empty(), false));
    }

    private static SearchOffsetRequest searched(String fields) {
        return OffsetRpcs.SEARCH_OFFSET_BY_TIMESTAMP.request().decode(Golden.fields(fields), Golden.bytes(""));
    }
}
