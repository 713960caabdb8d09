package io.ternmq.client.consumer.pulling;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

class BodyInflaterTest {

    @Test
    void bodyOfTheProtocolsVectorIsInflated() {
        ByteBuffer compressed = ByteBuffer.wrap(HexFormat.of().parseHex("785ecb48cdc9c957c8402701680308b1"));

        assertThat(BodyInflater.inflate(compressed))
                .hasValue("hello hello hello hello".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void bodyThatGrowsManyTimesIsInflated() throws IOException {
        byte[] zeros = new byte[1_000_000];

        assertThat(BodyInflater.inflate(deflated(zeros))).hasValue(zeros);
    }

    @Test
    void bodyThatWouldFillTheMemoryIsNot() throws IOException {
        ByteBuffer bomb = deflated(new byte[BodyInflater.BODY_BYTES_MAX + 1]);

        assertThat(BodyInflater.inflate(bomb)).isEmpty();
    }

    @Test
    void bytesThatAreNoStreamAndStreamsThatEndEarlyAreNoBody() throws IOException {
        ByteBuffer whole = deflated("some text that is long enough to be cut".getBytes(StandardCharsets.UTF_8));

        assertThat(BodyInflater.inflate(ByteBuffer.wrap(new byte[] {1, 2, 3}))).isEmpty();
        assertThat(BodyInflater.inflate(ByteBuffer.allocate(0))).isEmpty();
        assertThat(BodyInflater.inflate(whole.limit(whole.limit() - 8))).isEmpty();
    }

    private static ByteBuffer deflated(byte[] body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream stream = new DeflaterOutputStream(bytes)) {
            stream.write(body);
        }
        return ByteBuffer.wrap(bytes.toByteArray());
    }
}
