package io.ternmq.benchmark.floor;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FloorHandlerTest {
    private final EmbeddedChannel channel = new EmbeddedChannel(new FloorHandler(CannedAnswer.route("127.0.0.1:1234")));

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private static ByteBuf request(int code, int opaque, String body) {
        byte[] header = ("{\"code\":" + code
                        + ",\"extFields\":{\"i\":\"\\\"opaque\\\":7\"},\"flag\":0,\"language\":\"JAVA\","
                        + "\"opaque\":" + opaque + ",\"serializeTypeCurrentRPC\":\"JSON\",\"version\":479}")
                .getBytes(StandardCharsets.UTF_8);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return Unpooled.buffer()
                .writeInt(Integer.BYTES + header.length + bytes.length)
                .writeInt(header.length)
                .writeBytes(header)
                .writeBytes(bytes);
    }

    /** Header and body of each frame in one buffer that was written. */
    private List<String> answers() {
        ByteBuf written = channel.readOutbound();
        List<String> answers = new ArrayList<>();
        while (written.isReadable()) {
            int frameBytes = written.readInt();
            int headerBytes = written.readInt();
            answers.add(written.readCharSequence(headerBytes, StandardCharsets.UTF_8)
                    .toString());
            answers.add(written.readCharSequence(frameBytes - Integer.BYTES - headerBytes, StandardCharsets.UTF_8)
                    .toString());
        }
        written.release();
        return answers;
    }

    @Test
    void sendIsAnsweredAsStoredWithItsOpaque() {
        channel.writeInbound(request(310, 4711, "body"));

        assertThat(answers())
                .containsExactly(
                        "{\"code\":0,\"extFields\":{\"msgId\":\"7F00000100002A9F0000000000000000\",\"queueId\":\"0\","
                                + "\"queueOffset\":\"0\"},\"flag\":1,\"language\":\"JAVA\",\"opaque\":4711,"
                                + "\"serializeTypeCurrentRPC\":\"JSON\",\"version\":479}",
                        "");
    }

    @Test
    void requestsOfOneReadAreAnsweredInOneWrite() {
        channel.writeInbound(Unpooled.wrappedBuffer(request(10, 1, "a"), request(34, 2, ""), request(320, 3, "c")));

        assertThat(answers()).filteredOn(text -> text.startsWith("{")).hasSize(3);
        assertThat(channel.outboundMessages()).isEmpty();
    }

    @Test
    void frameInPiecesIsAnsweredOnceItIsWhole() {
        ByteBuf whole = request(310, 5, "body");
        int half = whole.readableBytes() / 2;

        channel.writeInbound(whole.readRetainedSlice(half));
        Object early = channel.readOutbound();
        channel.writeInbound(whole);

        assertThat(early).isNull();
        assertThat(answers()).first().asString().contains("\"opaque\":5,");
    }

    @Test
    void routeLeadsToTheServerItself() {
        channel.writeInbound(request(105, 8, ""));

        assertThat(answers()).last().asString().contains("\"brokerAddrs\":{\"0\":\"127.0.0.1:1234\"}");
    }

    @Test
    void binaryHeaderIsReadToo() {
        // length, kind and header length; then code 310, language, version, opaque 9, flag, no remark, no fields
        String frame =
                "00000019" + "01000015" + "0136" + "00" + "01df" + "00000009" + "00000000" + "00000000" + "00000000";

        channel.writeInbound(Unpooled.wrappedBuffer(HexFormat.of().parseHex(frame)));

        assertThat(answers()).first().asString().contains("\"code\":0", "\"opaque\":9,");
    }

    @Test
    void unknownCodeIsRefused() {
        channel.writeInbound(request(11, 3, ""));

        assertThat(answers()).first().asString().contains("\"code\":3,", "\"opaque\":3,");
    }

    @Test
    void frameThatCannotBeClosesItsConnection() {
        channel.writeInbound(Unpooled.buffer().writeInt(Integer.MAX_VALUE).writeInt(0));

        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void headerWithoutAnOpaqueClosesItsConnection() {
        byte[] header = "{\"code\":310}".getBytes(StandardCharsets.US_ASCII);

        channel.writeInbound(Unpooled.buffer()
                .writeInt(Integer.BYTES + header.length)
                .writeInt(header.length)
                .writeBytes(header));

        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void addressIsFoundOnceTheLineIsWhole() {
        assertThat(FloorMain.address("floor listens on 127.0.0.1:43")).isEmpty();
        assertThat(FloorMain.address("floor listens on 127.0.0.1:4321\n")).contains("127.0.0.1:4321");
    }
}
