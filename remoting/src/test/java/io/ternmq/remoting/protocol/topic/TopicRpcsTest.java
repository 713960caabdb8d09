package io.ternmq.remoting.protocol.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ternmq.common.topic.TagMode;
import io.ternmq.common.topic.TopicConfig;
import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.frame.ProtocolException;
import io.ternmq.remoting.protocol.Golden;
import io.ternmq.remoting.protocol.body.DataVersion;
import io.ternmq.remoting.protocol.body.TopicConfigJson;
import io.ternmq.remoting.protocol.body.TopicTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class TopicRpcsTest {
    private static final String TABLE =
            "\"topicConfigTable\":{\"TopicTest\":{\"attributes\":{},\"order\":false,\"perm\":6,"
                    + "\"readQueueNums\":4,\"topicFilterType\":\"SINGLE_TAG\",\"topicName\":\"TopicTest\",\"topicSysFlag\":0,"
                    + "\"writeQueueNums\":4}}";
    private static final TopicTable TOPICS =
            new TopicTable(new DataVersion(0, 1_795_333_481_871L, 0), List.of(TopicConfig.of("TopicTest", 4)));

    @Test
    void topicsAreMade() {
        Golden.assertBothWays(
                TopicRpcs.UPDATE_AND_CREATE_TOPIC.request(),
                new UpdateTopicRequest(
                        "T", "TBW102", 8, 4, 6, TagMode.SINGLE_TAG, 0, false, Optional.of("+message.type=FIFO")),
                "{\"topic\":\"T\",\"defaultTopic\":\"TBW102\",\"readQueueNums\":\"8\",\"writeQueueNums\":\"4\",\"perm\":\"6\","
                        + "\"topicFilterType\":\"SINGLE_TAG\",\"topicSysFlag\":\"0\",\"order\":\"false\","
                        + "\"attributes\":\"+message.type=FIFO\"}",
                "");
        assertThatThrownBy(() -> TopicRpcs.UPDATE_AND_CREATE_TOPIC
                        .request()
                        .decode(
                                Golden.fields("{\"topic\":\"T\",\"defaultTopic\":\"x\",\"readQueueNums\":\"8\","
                                        + "\"writeQueueNums\":\"4\",\"perm\":\"6\",\"topicFilterType\":\"NONE\"}"),
                                Golden.bytes("")))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("topicFilterType=NONE");
    }

    @Test
    void topicsAreDeletedAndShown() {
        Golden.assertBothWays(
                TopicRpcs.DELETE_TOPIC_IN_BROKER.request(), new TopicRequest("T"), "{\"topic\":\"T\"}", "");
        Golden.assertBothWays(
                TopicRpcs.GET_TOPIC_CONFIG.response(),
                new TopicConfig("T", 8, 4, 7, TagMode.MULTI_TAG, 1, true, Map.of("message.type", "FIFO")),
                "{}",
                "{\"attributes\":{\"message.type\":\"FIFO\"},\"order\":true,\"perm\":7,\"readQueueNums\":8,"
                        + "\"topicFilterType\":\"MULTI_TAG\",\"topicName\":\"T\",\"topicSysFlag\":1,\"writeQueueNums\":4}");
    }

    @Test
    void allTopicsComeInTheFormOfBothGenerations() {
        Golden.assertBothWays(
                TopicRpcs.GET_ALL_TOPIC_CONFIG.response(),
                AllTopicsAnswer.everything(TOPICS),
                "{}",
                "{\"dataVersion\":{\"counter\":0,\"stateVersion\":0,\"timestamp\":1795333481871},"
                        + "\"mappingDataVersion\":{\"counter\":0,\"stateVersion\":0,\"timestamp\":1795333481871},"
                        + TABLE
                        + ",\"topicQueueMappingDetailMap\":{},\"topicQueueMappingInfoMap\":{}}");
        assertThat(TopicRpcs.GET_ALL_TOPIC_CONFIG
                        .response()
                        .decode(
                                Golden.fields("{\"totalTopicNum\":\"9\"}"),
                                Golden.bytes("{\"dataVersion\":{\"counter\":0,\"stateVersion\":0,"
                                        + "\"timestamp\":1795333481871}," + TABLE + "}")))
                .isEqualTo(new AllTopicsAnswer(TOPICS, OptionalInt.of(9)));
    }

    @Test
    void pagesAreAskedFor() {
        Golden.assertBothWays(TopicRpcs.GET_ALL_TOPIC_CONFIG.request(), AllTopicsRequest.everything(), "{}", "");
        Golden.assertBothWays(
                TopicRpcs.GET_ALL_TOPIC_CONFIG.request(),
                new AllTopicsRequest(OptionalInt.of(10), OptionalInt.of(5), Optional.of(new DataVersion(1, 3, 2))),
                "{\"topicSeq\":\"10\",\"maxTopicNum\":\"5\","
                        + "\"dataVersion\":\"{\\\"counter\\\":2,\\\"stateVersion\\\":1,\\\"timestamp\\\":3}\"}",
                "");
        assertThatThrownBy(() -> TopicRpcs.GET_ALL_TOPIC_CONFIG
                        .request()
                        .decode(Golden.fields("{\"dataVersion\":\"x\"}"), Golden.bytes("")))
                .isInstanceOf(ProtocolException.class);
    }

    @Test
    void aTopicFitsALine() {
        TopicConfig config = new TopicConfig("T", 8, 4, 7, TagMode.MULTI_TAG, 0, false, Map.of("a", "x y"));

        assertThat(TopicConfigJson.toLine(config)).isEqualTo("T 8 4 7 MULTI_TAG {\"a\":\"x y\"}");
        assertThat(TopicConfigJson.fromLine(TopicConfigJson.toLine(config))).isEqualTo(config);
        assertThat(TopicConfigJson.fromLine("TopicTest 4 4 6 SINGLE_TAG")).isEqualTo(TopicConfig.of("TopicTest", 4));
        for (String line : List.of("", "T", "T 1 1 6", "T x 1 6 SINGLE_TAG", "T 1 1 6 NONE", "T 1 1 6 SINGLE_TAG {")) {
            assertThatThrownBy(() -> TopicConfigJson.fromLine(line)).isInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void aTopicWithoutANameIsRefused() {
        assertThatThrownBy(() -> TopicRpcs.GET_TOPIC_CONFIG.response().decode(HeaderFields.empty(), Golden.bytes("{}")))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("topicName");
    }
}
