package io.ternmq.remoting.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that official peers produced (release 5.3.3). */
final class GoldenFramesTest {
    private static final String ROUTE_JSON = "00000087000000837b22636f6465223a3130352c226578744669656c6473223a7b22"
            + "746f706963223a22546f70696354657374227d2c22666c6167223a302c226c616e6775616765223a224a415641222c226f706171"
            + "7565223a372c2273657269616c697a655479706543757272656e74525043223a224a534f4e222c2276657273696f6e223a343739"
            + "7d";
    private static final String ROUTE_BINARY =
            "0000002d0100002900690001df000000070000000000000000000000140005746f" + "70696300000009546f70696354657374";
    private static final String PULL_BINARY = "000001120100010e000b0001df000000090000000000000000000000f90007717565"
            + "756549640000000132000b6d61784d7367427974657300000006323632313434000a6d61784d73674e756d730000000233320007"
            + "737973466c61670000000133001473757370656e6454696d656f75744d696c6c6973000000053135303030000c636f6d6d69744f"
            + "666673657400000001350005626e616d650000000862726f6b65722d610005746f70696300000009546f70696354657374000b71"
            + "756575654f66667365740000000135000e65787072657373696f6e5479706500000003544147000a73756256657273696f6e0000"
            + "000d31373030303030303030303030000d636f6e73756d657247726f7570000000024347";

    @Test
    void routeRequestIsReadFromBothForms() {
        RemotingCommand json = Frames.read(Frames.hex(ROUTE_JSON));
        RemotingCommand binary = Frames.read(Frames.hex(ROUTE_BINARY));

        assertThat(json.serialization()).isEqualTo(Serialization.JSON);
        assertThat(binary.serialization()).isEqualTo(Serialization.BINARY);
        for (RemotingCommand command : new RemotingCommand[] {json, binary}) {
            assertThat(command.code()).isEqualTo(105);
            assertThat(command.language()).isEqualTo(LanguageCode.JAVA);
            assertThat(command.version()).isEqualTo(479);
            assertThat(command.opaque()).isEqualTo(7);
            assertThat(command.flag()).isZero();
            assertThat(command.remark()).isEmpty();
            assertThat(command.fields())
                    .isEqualTo(HeaderFields.builder().put("topic", "TopicTest").build());
            assertThat(command.body().size()).isZero();
        }
    }

    @Test
    void binaryPullRequestIsReadFieldByField() {
        RemotingCommand pull = Frames.read(Frames.hex(PULL_BINARY));

        assertThat(pull.code()).isEqualTo(11);
        assertThat(pull.opaque()).isEqualTo(9);
        assertThat(pull.fields().count()).isEqualTo(12);
        assertThat(pull.fields().int32("queueId")).isEqualTo(2);
        assertThat(pull.fields().int32("maxMsgBytes")).isEqualTo(262_144);
        assertThat(pull.fields().int64("subVersion")).isEqualTo(1_700_000_000_000L);
        assertThat(pull.fields().text("consumerGroup")).isEqualTo("CG");
        assertThat(pull.fields().text("bname")).isEqualTo("broker-a");
    }

    @ParameterizedTest
    @ValueSource(strings = {ROUTE_JSON, ROUTE_BINARY, PULL_BINARY})
    void wholeFramesAreWrittenByteForByte(String hex) {
        RemotingCommand command = Frames.read(Frames.hex(hex));

        assertThat(HexFormat.of().formatHex(Frames.write(command))).isEqualTo(hex);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"code\":310,\"extFields\":{\"a\":\"PG\",\"b\":\"TopicTest\",\"c\":\"TBW102\",\"d\":\"4\",\"e\":\"1\","
                        + "\"f\":\"0\",\"g\":\"1700000000000\",\"h\":\"0\","
                        + "\"i\":\"KEYS\\u0001k1\\u0002WAIT\\u0001true\\u0002\",\"j\":\"0\",\"k\":\"false\",\"m\":\"false\"},"
                        + "\"flag\":0,\"language\":\"JAVA\",\"opaque\":8,\"serializeTypeCurrentRPC\":\"JSON\","
                        + "\"version\":479}",
                "{\"code\":0,\"extFields\":{\"queueId\":\"2\",\"transactionId\":\"7F00000104D218B4AAC2000000000000\","
                        + "\"msgId\":\"0A00000100002A9F00000000000004D2\",\"TRACE_ON\":\"true\","
                        + "\"MSG_REGION\":\"DefaultRegion\",\"queueOffset\":\"5\"},\"flag\":1,\"language\":\"JAVA\","
                        + "\"opaque\":8,\"serializeTypeCurrentRPC\":\"JSON\",\"version\":479}",
                "{\"code\":0,\"extFields\":{\"suggestWhichBrokerId\":\"0\",\"nextBeginOffset\":\"6\",\"maxOffset\":\"6\","
                        + "\"minOffset\":\"0\"},\"flag\":1,\"language\":\"JAVA\",\"opaque\":9,\"remark\":\"FOUND\","
                        + "\"serializeTypeCurrentRPC\":\"JSON\",\"version\":479}",
                "{\"code\":37,\"extFields\":{\"producerGroup\":\"PG\",\"commitLogOffset\":\"1234\","
                        + "\"commitOrRollback\":\"8\",\"fromTransactionCheck\":\"false\"},\"flag\":2,\"language\":\"JAVA\","
                        + "\"opaque\":10,\"serializeTypeCurrentRPC\":\"JSON\",\"version\":479}"
            })
    void jsonHeadersAreWrittenAsOfficialPeersWriteThem(String header) {
        RemotingCommand command = Frames.read(Frames.json(header, (byte) 'h', (byte) 'i'));

        byte[] written = Frames.write(command);

        assertThat(new String(written, 8, written.length - 10, StandardCharsets.UTF_8))
                .isEqualTo(header);
        assertThat(command.body().toBytes()).isEqualTo("hi".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void propertiesKeepTheirSeparators() {
        RemotingCommand command = Frames.read(Frames.json(
                "{\"code\":310,\"opaque\":8,\"extFields\":{\"i\":\"KEYS\\u0001k1\\u0002WAIT\\u0001true\\u0002\"}}"));

        assertThat(command.fields().text("i")).isEqualTo("KEYS\u0001k1\u0002WAIT\u0001true\u0002");
    }

    @Test
    void answersRepeatTheNumberAndTheFormOfTheirRequest() {
        RemotingCommand request = Frames.read(Frames.hex(ROUTE_BINARY));

        RemotingCommand answer =
                Frames.read(Frames.write(request.answer(17, Optional.of("no route"), Payload.empty())));

        assertThat(answer.serialization()).isEqualTo(Serialization.BINARY);
        assertThat(answer.opaque()).isEqualTo(7);
        assertThat(answer.isAnswer()).isTrue();
        assertThat(answer.isOneWay()).isFalse();
        assertThat(answer.code()).isEqualTo(17);
        assertThat(answer.remark()).contains("no route");
    }
}
