package io.ternmq.remoting.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.ternmq.common.seeds.Seeds;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FrameCodecTest {
    private static final int MAX = FrameCodec.FRAME_BYTES_MAX;
    private static final String HEADER = "{\"code\":1,\"opaque\":2}";

    @Test
    void aFrameIsSeenOnlyWhenAllOfItIsThere() {
        byte[] frame = Frames.json(HEADER, (byte) 1, (byte) 2);

        for (int length = 0; length < frame.length; length++) {
            assertThat(FrameCodec.hasFrame(Unpooled.wrappedBuffer(frame, 0, length), MAX))
                    .isFalse();
        }
        assertThat(FrameCodec.hasFrame(Unpooled.wrappedBuffer(frame), MAX)).isTrue();
    }

    @Test
    void framesFollowOneAnother() {
        ByteBuf in = Unpooled.wrappedBuffer(Frames.json(HEADER, (byte) 1), Frames.json("{\"code\":3,\"opaque\":4}"));
        FrameCodec codec = new FrameCodec();

        RemotingCommand first = codec.read(in);
        RemotingCommand second = codec.read(in);

        assertThat(first.body().toBytes()).containsExactly(1);
        assertThat(second.code()).isEqualTo(3);
        assertThat(in.isReadable()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "00000000, a length of 0",
        "00000003, a length less than its own next word",
        "ffffffff, a negative length",
        "80000000, the least number",
        "7fffffff, the greatest number",
        "00fffffd, one byte more than the limit",
        "16030100, TLS",
        "47455420, HTTP"
    })
    void lengthsOutOfRangeAreRefusedAtOnce(String hex, String why) {
        assertThatThrownBy(() -> FrameCodec.hasFrame(Unpooled.wrappedBuffer(Frames.hex(hex)), MAX))
                .as(why)
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("expected 4 to 16777212");
    }

    @ParameterizedTest
    @CsvSource({
        "0000000800000005, header longer than the frame",
        "0000000400000001, header in a frame without room",
        "0000000800ffffff, the longest header in a short frame",
        "00fffffc00100001, header over its own limit",
        "0000000402000000, serialization 2",
        "00000004ff000000, serialization 255"
    })
    void headerLengthsAndSerializationsAreCheckedBeforeTheRestArrives(String hex, String why) {
        assertThatThrownBy(() -> FrameCodec.hasFrame(Unpooled.wrappedBuffer(Frames.hex(hex)), MAX))
                .as(why)
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("expected");
    }

    @Test
    void theLargestFrameIsTakenAndALargerOneIsNot() {
        byte[] largest = Frames.json(HEADER, new byte[100 - 8 - HEADER.length()]);
        byte[] larger = Frames.json(HEADER, new byte[101 - 8 - HEADER.length()]);

        assertThat(FrameCodec.hasFrame(Unpooled.wrappedBuffer(largest), 100)).isTrue();
        assertThatThrownBy(() -> FrameCodec.hasFrame(Unpooled.wrappedBuffer(larger), 100))
                .hasMessage("Frame length 97, expected 4 to 96");
    }

    @Test
    void tooLargeAFrameIsNotWritten() {
        RemotingCommand command = RemotingCommand.request(1, 2, false, Payload.of(Body.of(new byte[1000])));

        assertThatThrownBy(() -> new FrameCodec().prepareHead(command, 1000))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("expected at most 1000");
    }

    @Test
    void theBodyKeepsItsBytesAliveUntilItIsReleased() {
        ByteBuf in = UnpooledByteBufAllocator.DEFAULT.buffer().writeBytes(Frames.json(HEADER, (byte) 7));
        RemotingCommand command = new FrameCodec().read(in);

        in.release();

        assertThat(in.refCnt()).isEqualTo(1);
        assertThat(command.body().joined().get(0)).isEqualTo((byte) 7);
        command.body().release();
        command.body().release();
        assertThat(in.refCnt()).isZero();
    }

    @Test
    void aLeasedBodyIsGivenBackOnce() {
        AtomicInteger given = new AtomicInteger();
        Body body = Body.leased(List.of(ByteBuffer.allocate(3), ByteBuffer.allocate(4)), given::incrementAndGet);

        body.release();
        body.release();

        assertThat(given).hasValue(1);
        assertThat(body.size()).isEqualTo(7);
    }

    @Test
    void largeHeadersDoNotDisturbLaterOnes() {
        FrameCodec codec = new FrameCodec();
        String large = "x".repeat(300_000);
        ByteBuf in = Unpooled.wrappedBuffer(
                Frames.json("{\"code\":1,\"opaque\":2,\"remark\":\"" + large + "\"}"), Frames.json(HEADER));

        RemotingCommand first = codec.read(in);
        RemotingCommand second = codec.read(in);
        ByteBuf head = UnpooledByteBufAllocator.DEFAULT.buffer(codec.prepareHead(first, MAX));
        codec.putHead(head);
        RemotingCommand again = codec.read(head);
        head.release();

        assertThat(again.remark()).contains(large);
        assertThat(second.remark()).isEmpty();
    }

    @Seeds(count = 5)
    void commandsSurviveBothForms(Random random) {
        for (int count = 0; count < 200; count++) {
            RemotingCommand command = randomCommand(random);

            RemotingCommand back = Frames.read(Frames.write(command));

            assertThat(back.fields()).isEqualTo(command.fields());
            assertThat(back.remark()).isEqualTo(command.remark());
            assertThat(back.body().toBytes()).isEqualTo(command.body().toBytes());
            assertThat(List.of(back.code(), back.opaque(), back.flag(), back.version(), back.language()))
                    .isEqualTo(List.of(
                            command.code(), command.opaque(), command.flag(), command.version(), command.language()));
        }
    }

    // Whatever the bytes, there is a command or a ProtocolException: nothing else, and no endless loop.
    @Seeds(count = 5)
    void anyBytesGiveACommandOrAReason(Random random) {
        for (int count = 0; count < 2000; count++) {
            byte[] frame = Frames.write(randomCommand(random));
            damage(frame, random);
            ByteBuf in = Unpooled.wrappedBuffer(frame);
            try {
                if (FrameCodec.hasFrame(in, MAX)) {
                    assertThat(new FrameCodec().read(in).fields()).isNotNull();
                }
            } catch (ProtocolException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }

    private static void damage(byte[] frame, Random random) {
        for (int times = 1 + random.nextInt(4); times > 0; times--) {
            frame[random.nextInt(frame.length)] = (byte) random.nextInt();
        }
    }

    private static RemotingCommand randomCommand(Random random) {
        HeaderFields.Builder fields = HeaderFields.builder();
        for (int count = random.nextInt(30); count > 0; count--) {
            fields.put(randomText(random, 1, 20), randomText(random, 1, 100));
        }
        byte[] body = new byte[random.nextInt(200)];
        random.nextBytes(body);
        return new RemotingCommand(
                random.nextBoolean() ? Serialization.JSON : Serialization.BINARY,
                (short) random.nextInt(),
                LanguageCode.ofNumber(random.nextInt(14)).orElseThrow(),
                (short) random.nextInt(),
                random.nextInt(),
                random.nextInt(),
                random.nextBoolean() ? Optional.empty() : Optional.of(randomText(random, 1, 50)),
                fields.build(),
                Body.of(body));
    }

    private static String randomText(Random random, int lengthMin, int lengthMax) {
        int[] points = random.ints(lengthMin + random.nextInt(lengthMax - lengthMin), 0, 100)
                .map(kind -> kind < 90 ? random.nextInt(0x7F) : random.nextInt(Character.MAX_CODE_POINT + 1))
                .map(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? '?' : point)
                .toArray();
        return new String(points, 0, points.length);
    }
}
