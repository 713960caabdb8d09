package io.ternmq.common.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextEncoderTest {
    private final TextEncoder encoder = new TextEncoder();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Orders",
                "KEYS\u0001a b\u0002",
                "Z\u00fcrich",
                "\u6c34",
                "\ud83d\ude00",
                "half \ud83d",
                "\ude00 turned \ud83d."
            })
    void givesTheBytesThatTheTextItselfGives(String text) {
        byte[] expected = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer target = ByteBuffer.allocate(100);

        int end = encoder.put(target, 7, text);

        assertThat(end).isEqualTo(7 + expected.length);
        assertThat(Arrays.copyOfRange(target.array(), 7, end)).isEqualTo(expected);
        assertThat(target.position()).isZero();
    }

    @Test
    void aLongTextIsFollowedByAShortOne() {
        ByteBuffer target = ByteBuffer.allocate(10_000);

        assertThat(encoder.put(target, 0, "\u00e9".repeat(3_000))).isEqualTo(6_000);
        assertThat(encoder.put(target, 6_000, "end")).isEqualTo(6_003);
        assertThat(new String(target.array(), 5_998, 5, StandardCharsets.UTF_8)).isEqualTo("\u00e9end");
    }

    @Test
    void saysWhatRoomWasMissing() {
        ByteBuffer target = ByteBuffer.allocate(10);

        assertThatThrownBy(() -> encoder.put(target, 6, "Orders"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("text of 6 characters does not fit 4 bytes: expected room for 18");
    }
}
