package io.ternmq.broker.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class FingerprintTest {
    @Test
    void sameBytesHaveTheSameAndStayAsTheyAre() {
        ByteBuffer bytes = ByteBuffer.wrap("xx{\"clientID\":\"a\"}".getBytes(StandardCharsets.US_ASCII));
        bytes.position(2);

        long one = Fingerprint.of(bytes);

        assertThat(Fingerprint.of(bytes)).isEqualTo(one);
        assertThat(bytes.position()).isEqualTo(2);
        assertThat(Fingerprint.of(bytes.slice())).isEqualTo(one);
    }

    @Test
    void anyBitThatIsOtherMakesAnother() {
        byte[] bytes = "{\"clientID\":\"a\"}".getBytes(StandardCharsets.US_ASCII);
        long before = Fingerprint.of(ByteBuffer.wrap(bytes));

        for (int bit = 0; bit < bytes.length * Byte.SIZE; bit++) {
            bytes[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertThat(Fingerprint.of(ByteBuffer.wrap(bytes))).isNotEqualTo(before);
            bytes[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        }
    }
}
