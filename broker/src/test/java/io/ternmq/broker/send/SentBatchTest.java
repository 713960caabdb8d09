package io.ternmq.broker.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SentBatchTest {
    /** Body "hi" with three properties, as an official client writes it. */
    private static final String ENTRY = "0000003400000000000000000000000000000002" + "6869" + "001c"
            + "4b455953016b3102574149540174727565025441475301546167410" + "2";

    @Test
    void entryOfAnOfficialClientIsRead() {
        SentBatch batch = SentBatch.parse(bytes(ENTRY + ENTRY));

        assertThat(batch.problem()).isEmpty();
        assertThat(batch.entries()).hasSize(2);
        SentBatch.Entry entry = batch.entries().get(1);
        assertThat(StandardCharsets.UTF_8.decode(entry.body()).toString()).isEqualTo("hi");
        assertThat(entry.properties()).isEqualTo("KEYS\u0001k1\u0002WAIT\u0001true\u0002TAGS\u0001TagA\u0002");
        assertThat(entry.flag()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // nothing
                "00", // less than a size
                "0000001600000000000000000000000000000000", // cut off before the length of the properties
                "0000001500000000000000000000000000000000" + "0000", // size below the fixed part
                "7fffffff00000000000000000000000000000000" + "0000", // size beyond the batch
                "ffffffff00000000000000000000000000000000" + "0000", // negative size
                "0000001600000000000000000000000000000005" + "0000", // body beyond the message
                "00000016000000000000000000000000ffffffff" + "0000", // negative body
                "0000001600000000000000000000000000000000" + "ffff", // properties beyond the message
            })
    void whatIsNoBatchIsSaidToBeNone(String hex) {
        SentBatch batch = SentBatch.parse(bytes(hex));

        assertThat(batch.problem()).isPresent();
        assertThat(batch.entries()).isEmpty();
    }

    @Test
    void smallestEntryIsTaken() {
        assertThat(SentBatch.parse(bytes("0000001600000000000000000000000700000000" + "0000"))
                        .entries())
                .singleElement()
                .satisfies(entry -> assertThat(entry.flag()).isEqualTo(7));
    }

    @Test
    void moreMessagesThanTheLimitAreRefused() {
        String smallest = "0000001600000000000000000000000000000000" + "0000";

        SentBatch full = SentBatch.parse(bytes(smallest.repeat(SentBatch.COUNT_MAX)));
        SentBatch over = SentBatch.parse(bytes(smallest.repeat(SentBatch.COUNT_MAX + 1)));

        assertThat(full.entries()).hasSize(SentBatch.COUNT_MAX);
        assertThat(over.problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("16384"));
    }

    private static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    }
}
