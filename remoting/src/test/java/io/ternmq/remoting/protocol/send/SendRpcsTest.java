package io.ternmq.remoting.protocol.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ternmq.common.message.SystemFlags;
import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.frame.ProtocolException;
import io.ternmq.remoting.protocol.Golden;
import io.ternmq.remoting.protocol.Nothing;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SendRpcsTest {
    private static final String UNIQUE_KEY = "7F00000104D218B4AAC2000000000000";
    private static final SendRequest MESSAGE = new SendRequest(
            "PG",
            "TopicTest",
            "TBW102",
            4,
            1,
            0,
            1_700_000_000_000L,
            0,
            "KEYS\u0001k1\u0002WAIT\u0001true\u0002",
            0,
            false,
            OptionalInt.empty(),
            false,
            Optional.empty(),
            Golden.bytes("hi"));

    @Test
    void lettersAndLongNamesAreTheSameMessage() {
        Golden.assertBothWays(
                SendRpcs.SEND_MESSAGE_V2.request(),
                MESSAGE,
                "{\"a\":\"PG\",\"b\":\"TopicTest\",\"c\":\"TBW102\",\"d\":\"4\",\"e\":\"1\",\"f\":\"0\","
                        + "\"g\":\"1700000000000\",\"h\":\"0\",\"i\":\"KEYS\\u0001k1\\u0002WAIT\\u0001true\\u0002\","
                        + "\"j\":\"0\",\"k\":\"false\",\"m\":\"false\"}",
                "hi");
        Golden.assertBothWays(
                SendRpcs.SEND_MESSAGE.request(),
                MESSAGE,
                "{\"queueId\":\"1\",\"producerGroup\":\"PG\",\"flag\":\"0\",\"sysFlag\":\"0\",\"reconsumeTimes\":\"0\","
                        + "\"batch\":\"false\",\"topic\":\"TopicTest\",\"unitMode\":\"false\","
                        + "\"bornTimestamp\":\"1700000000000\","
                        + "\"properties\":\"KEYS\\u0001k1\\u0002WAIT\\u0001true\\u0002\",\"defaultTopic\":\"TBW102\","
                        + "\"defaultTopicQueueNums\":\"4\"}",
                "hi");
    }

    @Test
    void whatMayBeLeftOutHasItsDefault() {
        SendRequest request = SendRpcs.SEND_BATCH_MESSAGE
                .request()
                .decode(
                        Golden.fields("{\"a\":\"PG\",\"b\":\"T\",\"c\":\"TBW102\",\"d\":\"4\",\"e\":\"-1\",\"f\":\"0\","
                                + "\"g\":\"1\",\"h\":\"0\",\"l\":\"16\",\"m\":\"true\",\"n\":\"broker-a\"}"),
                        Golden.bytes(""));

        assertThat(request.properties()).isEmpty();
        assertThat(request.reconsumeTimes()).isZero();
        assertThat(request.isUnit()).isFalse();
        assertThat(request.queueId()).isEqualTo(-1);
        assertThat(request.reconsumeTimesMax()).hasValue(16);
        assertThat(request.isBatch()).isTrue();
        assertThat(request.brokerName()).contains("broker-a");
    }

    @Test
    void aMissingOrMalformedFieldIsNamed() {
        assertThatThrownBy(() -> SendRpcs.SEND_MESSAGE_V2.request().decode(HeaderFields.empty(), Golden.bytes("")))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("Header field a is missing");
        assertThatThrownBy(() -> SendRpcs.CONSUMER_SEND_MSG_BACK
                        .request()
                        .decode(Golden.fields("{\"offset\":\"x\"}"), Golden.bytes("")))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("offset=x");
    }

    @Test
    void theAnswerSaysWhereTheMessageIs() {
        Golden.assertBothWays(
                SendRpcs.SEND_MESSAGE.response(),
                SendAnswer.stored("0A00000100002A9F00000000000004D2", 2, 5, UNIQUE_KEY, "DefaultRegion", true),
                "{\"queueId\":\"2\",\"transactionId\":\"7F00000104D218B4AAC2000000000000\","
                        + "\"msgId\":\"0A00000100002A9F00000000000004D2\",\"TRACE_ON\":\"true\","
                        + "\"MSG_REGION\":\"DefaultRegion\",\"queueOffset\":\"5\"}",
                "");
    }

    @Test
    void aRefusalHasFieldsToo() {
        assertThat(SendAnswer.refusalFields("R", false).text("MSG_REGION")).isEqualTo("R");
    }

    @Test
    void messagesGoBack() {
        Golden.assertBothWays(
                SendRpcs.CONSUMER_SEND_MSG_BACK.request(),
                new SendBackRequest(
                        1234, "CG", 0, Optional.of(UNIQUE_KEY), Optional.of("TopicTest"), false, OptionalInt.of(16)),
                "{\"maxReconsumeTimes\":\"16\",\"offset\":\"1234\",\"delayLevel\":\"0\",\"originTopic\":\"TopicTest\","
                        + "\"originMsgId\":\"7F00000104D218B4AAC2000000000000\",\"unitMode\":\"false\",\"group\":\"CG\"}",
                "");
        assertThat(SendRpcs.CONSUMER_SEND_MSG_BACK
                        .response()
                        .encode(Nothing.NOTHING)
                        .fields()
                        .count())
                .isZero();
    }

    @Test
    void transactionsEnd() {
        Golden.assertBothWays(
                SendRpcs.END_TRANSACTION.request(),
                new EndTransactionRequest(
                        Optional.of("TopicTest"),
                        "PG",
                        5,
                        1234,
                        SystemFlags.TRANSACTION_COMMIT,
                        false,
                        UNIQUE_KEY,
                        Optional.of(UNIQUE_KEY)),
                "{\"producerGroup\":\"PG\",\"commitLogOffset\":\"1234\",\"topic\":\"TopicTest\","
                        + "\"msgId\":\"7F00000104D218B4AAC2000000000000\",\"tranStateTableOffset\":\"5\","
                        + "\"commitOrRollback\":\"8\",\"transactionId\":\"7F00000104D218B4AAC2000000000000\","
                        + "\"fromTransactionCheck\":\"false\"}",
                "");
    }
}
