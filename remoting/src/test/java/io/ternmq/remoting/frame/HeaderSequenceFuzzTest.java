package io.ternmq.remoting.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.ternmq.common.json.JsonObject;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A reader that remembers the headers before reads each as one does that has read none, whatever came before: same
 * command or same complaint. Whole JSON headers are held against the general reader of bodies, too.
 */
final class HeaderSequenceFuzzTest {
    private static final int HEADERS = 20_000;
    private static final int CODES = 6;
    private static final String[] NAMES = {"a", "b", "c", "g", "i", "topic", "queueId", "q\"uote", "n\u00e4me", ""};
    private static final String[] VALUES = {
        "",
        "0",
        "7",
        "12",
        "true",
        "orders",
        "orders-2",
        "or\"ders",
        "or\\ders",
        "DefaultRegion",
        "1700000000123",
        "7F0000010AB424C63A9A2F5BC0DE0001",
        "KEYS\u0001k\u0002TAGS\u0001t\u0002",
        "caf\u00e9",
        "\ud83d\ude00 face",
        "x".repeat(70),
        "tab\tline\n",
        "orders\u007f"
    };

    private final FrameCodec remembering = new FrameCodec();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void headersAreReadAsByAReaderThatHasReadNone(long seed) {
        Random random = new Random(seed);
        List<byte[]> seen = new ArrayList<>();
        int whole = 0;
        for (int i = 0; i < HEADERS; i++) {
            RemotingCommand written = command(random);
            byte[] frame = Frames.write(written);
            if (random.nextInt(4) == 0 && !seen.isEmpty()) {
                frame = seen.get(random.nextInt(seen.size())).clone();
            }
            if (random.nextInt(3) == 0) {
                damage(frame, random);
            } else {
                seen.add(frame.clone());
            }
            String outcome = outcomeOf(remembering, frame);
            assertThat(outcome).as("header %d of seed %d", i, seed).isEqualTo(outcomeOf(new FrameCodec(), frame));
            whole += outcome.startsWith("RemotingCommand") ? 1 : 0;
        }
        assertThat(whole).isBetween(HEADERS / 2, HEADERS - HEADERS / 20); // enough of both kinds
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 6})
    void jsonHeadersMeanWhatTheGeneralReaderReadsInThem(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < HEADERS; i++) {
            RemotingCommand written = RemotingCommand.request(
                    random.nextInt(CODES), random.nextInt(), random.nextBoolean(), Payload.of(fields(random)));
            byte[] frame = Frames.write(written);
            int headerBytes = frame.length - 2 * Integer.BYTES;
            JsonObject general = JsonObject.parse(ByteBuffer.wrap(frame, 2 * Integer.BYTES, headerBytes));

            RemotingCommand read = remembering.read(Unpooled.wrappedBuffer(frame));

            assertThat(read.code()).isEqualTo(general.int32("code"));
            assertThat(read.opaque()).isEqualTo(general.int32("opaque"));
            Map<String, String> expected = new LinkedHashMap<>();
            general.findObject("extFields")
                    .ifPresent(fields -> fields.members()
                            .forEach(member -> expected.put(member.name(), fields.text(member.name()))));
            assertThat(mapOf(read.fields())).as("header %d of seed %d", i, seed).isEqualTo(expected);
        }
    }

    private static RemotingCommand command(Random random) {
        Serialization form = random.nextInt(3) == 0 ? Serialization.BINARY : Serialization.JSON;
        return RemotingCommand.request(
                form, random.nextInt(CODES), random.nextInt(), random.nextBoolean(), Payload.of(fields(random)));
    }

    private static HeaderFields fields(Random random) {
        HeaderFields.Builder fields = HeaderFields.builder();
        int count = random.nextInt(NAMES.length);
        for (int i = 0; i < count; i++) {
            int name = random.nextInt(3) == 0 ? random.nextInt(NAMES.length) : i;
            fields.put(NAMES[name], VALUES[random.nextInt(VALUES.length)]);
        }
        return fields.build();
    }

    // In the header alone: lengths that lie are another test's.
    private static void damage(byte[] frame, Random random) {
        int at = 2 * Integer.BYTES + random.nextInt(frame.length - 2 * Integer.BYTES);
        int kind = random.nextInt(3);
        if (kind == 0) {
            frame[at] = (byte) random.nextInt();
        } else if (kind == 1) {
            frame[at] = (byte) "\"\\,:{}u0".charAt(random.nextInt(8));
        } else {
            System.arraycopy(frame, at, frame, at - (at > 2 * Integer.BYTES ? 1 : 0), frame.length - at);
        }
    }

    private static String outcomeOf(FrameCodec codec, byte[] frame) {
        ByteBuf in = Unpooled.wrappedBuffer(frame);
        try {
            RemotingCommand read = codec.read(in);
            return "RemotingCommand " + read.serialization() + ' ' + read.code() + ' ' + read.language() + ' '
                    + read.version() + ' ' + read.opaque() + ' ' + read.flag() + ' ' + read.remark() + ' '
                    + read.fields();
        } catch (ProtocolException e) {
            return e.getMessage();
        }
    }

    private static Map<String, String> mapOf(HeaderFields fields) {
        Map<String, String> map = new LinkedHashMap<>();
        fields.forEach(map::put);
        return map;
    }
}
