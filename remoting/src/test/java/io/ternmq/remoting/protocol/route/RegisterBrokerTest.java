package io.ternmq.remoting.protocol.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ternmq.common.topic.Permission;
import io.ternmq.common.topic.TopicConfig;
import io.ternmq.remoting.frame.Payload;
import io.ternmq.remoting.frame.ProtocolException;
import io.ternmq.remoting.protocol.Golden;
import io.ternmq.remoting.protocol.body.DataVersion;
import io.ternmq.remoting.protocol.body.TextTable;
import io.ternmq.remoting.protocol.body.TopicTable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;

class RegisterBrokerTest {
    private static final BrokerIdentity BROKER = new BrokerIdentity("C", "broker-a", 0, "10.0.0.1:10911");
    private static final TopicTable TOPICS = new TopicTable(
            new DataVersion(0, 1_700_000_000_000L, 1),
            List.of(TopicConfig.of("A", 8, Permission.ALL), TopicConfig.of("TopicTest", 4)));
    private static final String PLAIN =
            "{\"filterServerList\":[],\"topicConfigSerializeWrapper\":{\"dataVersion\":{\"counter\":1,\"stateVersion\":0,"
                    + "\"timestamp\":1700000000000},\"mappingDataVersion\":{\"counter\":0,\"stateVersion\":0,"
                    + "\"timestamp\":1700000000000},\"topicConfigTable\":{\"A\":{\"attributes\":{},\"order\":false,"
                    + "\"perm\":7,\"readQueueNums\":8,\"topicFilterType\":\"SINGLE_TAG\",\"topicName\":\"A\","
                    + "\"topicSysFlag\":0,\"writeQueueNums\":8},\"TopicTest\":{\"attributes\":{},\"order\":false,"
                    + "\"perm\":6,\"readQueueNums\":4,\"topicFilterType\":\"SINGLE_TAG\",\"topicName\":\"TopicTest\","
                    + "\"topicSysFlag\":0,\"writeQueueNums\":4}},\"topicQueueMappingDetailMap\":{},"
                    + "\"topicQueueMappingInfoMap\":{}}}";
    private static final String INNER =
            "000000387b22636f756e746572223a312c22737461746556657273696f6e223a302c2274696d657374616d70223a31373030303030"
                    + "3030303030307d0000000200000015412038203820372053494e474c455f544147207b7d0000001d546f70696354657374"
                    + "2034203420362053494e474c455f544147207b7d000000025b5d00000000";
    private static final String COMPRESSED =
            "78da636060b0a8564ace2fcd2b492d52b232d4512a2e492c490d4b2d2acecccf53b232d0512ac9cc4d050ae61600a5cd0d10a09681"
                    + "81810988451d152c80d05c21d8d3cfddc7353ec4d15da11a24291b925f90991c02d4ac60028466180a98a26381240300"
                    + "337f20f4";

    @Test
    void theObjectFormIsAsPeersWriteIt() {
        Golden.assertBothWays(
                RouteRpcs.REGISTER_BROKER.request(),
                request(false),
                "{\"brokerName\":\"broker-a\",\"brokerAddr\":\"10.0.0.1:10911\",\"clusterName\":\"C\",\"brokerId\":\"0\","
                        + "\"haServerAddr\":\"10.0.0.1:10912\",\"heartbeatTimeoutMillis\":\"30000\","
                        + "\"enableActingMaster\":\"false\",\"compressed\":\"false\",\"bodyCrc32\":\"1930523245\"}",
                PLAIN);
    }

    @Test
    void theCompressedFormIsAsPeersWriteIt() throws IOException {
        Payload encoded = RouteRpcs.REGISTER_BROKER.request().encode(request(true));

        assertThat(inflated(encoded.body().toBytes())).isEqualTo(INNER);
        assertThat(RouteRpcs.REGISTER_BROKER
                        .request()
                        .decode(encoded.fields(), ByteBuffer.wrap(encoded.body().toBytes())))
                .isEqualTo(request(true));
    }

    @Test
    void theCompressedFormOfPeersIsRead() {
        RegisterBrokerRequest read = decode(
                "\"compressed\":\"true\",\"bodyCrc32\":\"1959242243\"",
                HexFormat.of().parseHex(COMPRESSED));

        assertThat(read.topics()).isEqualTo(TOPICS);
        assertThat(read.leaseMillis()).isEmpty();
        assertThat(read.enablesActingMaster()).isEmpty();
    }

    @Test
    void oldFormsAreRead() {
        byte[] wrapperAlone = "{\"topicConfigTable\":{\"T\":{\"topicName\":\"T\"}}}".getBytes(StandardCharsets.UTF_8);

        assertThat(decode("\"compressed\":\"false\"", wrapperAlone).topics().topics())
                .containsExactly(TopicConfig.of("T", TopicConfig.DEFAULT_QUEUES));
        assertThat(decode("\"bodyCrc32\":\"0\"", new byte[0]).topics().topics()).isEmpty();
    }

    @Test
    void aWrongChecksumIsRefused() {
        assertThatThrownBy(() -> decode("\"bodyCrc32\":\"5\"", PLAIN.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("has checksum 1930523245, its header says 5");
    }

    @Test
    void hostileStreamsAreRefused() throws IOException {
        String inner = INNER;
        for (String hex : List.of(
                "",
                "00",
                "ffffffff",
                "7fffffff",
                inner.substring(0, 60),
                inner.substring(0, 8 + 56 * 2) + "7fffffff" + inner.substring(16 + 56 * 2),
                inner.substring(0, 8 + 56 * 2) + "ffffffff",
                "00000002" + "7b7d" + "00000001" + "00000001" + "54")) {
            byte[] body = deflated(HexFormat.of().parseHex(hex));
            assertThatThrownBy(() -> decode("\"compressed\":\"true\"", body))
                    .as(hex)
                    .isInstanceOf(ProtocolException.class);
        }
        assertThatThrownBy(() -> decode("\"compressed\":\"true\"", new byte[] {1, 2, 3}))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("not a zlib stream");
        byte[] cut = Arrays.copyOf(HexFormat.of().parseHex(COMPRESSED), 50);
        assertThatThrownBy(() -> decode("\"compressed\":\"true\"", cut)).hasMessageContaining("cut off");
    }

    @Test
    void aStreamDoesNotUnfoldWithoutLimit() throws IOException {
        byte[] bomb = deflated(new byte[RegistrationBody.INFLATED_BYTES_MAX + 1]);

        assertThatThrownBy(() -> decode("\"compressed\":\"true\"", bomb))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("more than 16777216 bytes");
    }

    @Test
    void theAnswerNamesTheMasterAndTheOrderedTopics() {
        Golden.assertBothWays(
                RouteRpcs.REGISTER_BROKER.response(),
                new RegisterBrokerAnswer(
                        Optional.of("10.0.0.1:10911"),
                        Optional.of("10.0.0.1:10912"),
                        Optional.of(new TextTable(Map.of("T", "broker-a:4")))),
                "{\"masterAddr\":\"10.0.0.1:10911\",\"haServerAddr\":\"10.0.0.1:10912\"}",
                "{\"table\":{\"T\":\"broker-a:4\"}}");
        Golden.assertBothWays(
                RouteRpcs.REGISTER_BROKER.response(),
                new RegisterBrokerAnswer(Optional.empty(), Optional.empty(), Optional.empty()),
                "{}",
                "");
    }

    private static RegisterBrokerRequest request(boolean isCompressed) {
        return new RegisterBrokerRequest(
                BROKER,
                "10.0.0.1:10912",
                OptionalLong.of(30_000),
                Optional.of(false),
                Optional.empty(),
                isCompressed,
                TOPICS);
    }

    private static RegisterBrokerRequest decode(String moreFields, byte[] body) {
        return RouteRpcs.REGISTER_BROKER
                .request()
                .decode(
                        Golden.fields("{\"brokerName\":\"broker-a\",\"brokerAddr\":\"10.0.0.1:10911\","
                                + "\"clusterName\":\"C\",\"brokerId\":\"0\",\"haServerAddr\":\"10.0.0.1:10912\","
                                + moreFields
                                + "}"),
                        ByteBuffer.wrap(body));
    }

    private static byte[] deflated(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream stream = new DeflaterOutputStream(out)) {
            stream.write(bytes);
        }
        return out.toByteArray();
    }

    private static String inflated(byte[] bytes) throws IOException {
        try (InflaterInputStream stream = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
            return HexFormat.of().formatHex(stream.readAllBytes());
        }
    }
}
