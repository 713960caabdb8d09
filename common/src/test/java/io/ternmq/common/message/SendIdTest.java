package io.ternmq.common.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ternmq.common.seeds.Seeds;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SendIdTest {

    @Test
    void textIsAsDocumented() {
        assertThat(new SendId(0x123456789AL, 1, 0).text()).isEqualTo("AAAABI0Vnia" + "AAAAAAAAAAB");
        assertThat(new SendId(-1, Long.MIN_VALUE, 7).text()).isEqualTo("P__________" + "IAAAAAAAAAA" + "7");
    }

    @Test
    void repeatsAreMarkedAndStayTheSameSend() {
        SendId first = new SendId(5, 6, 0);
        SendId second = first.again();

        assertThat(second.text()).isEqualTo(first.text() + "1");
        assertThat(second.isSameSend(first)).isTrue();
        assertThat(second.isSameSend(new SendId(5, 7, 1))).isFalse();
    }

    @Test
    void repeatsBeyondTheLastNumberKeepIt() {
        SendId last = new SendId(5, 6, SendId.REPEAT_MAX);

        assertThat(last.again()).isEqualTo(last);
        assertThat(last.text()).hasSize(24);
        assertThatIllegalArgumentException().isThrownBy(() -> new SendId(5, 6, SendId.REPEAT_MAX + 1));
    }

    @Seeds(count = 20)
    void whatIsWrittenIsReadBack(long seed) {
        Random random = new Random(seed);
        SendId id = new SendId(random.nextLong(), random.nextLong(), random.nextInt(SendId.REPEAT_MAX + 1));

        assertThat(SendId.parse(id.text())).contains(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "AAAABI0VniaAAAAAAAAAA", // a digit short
                "AAAABI0VniaAAAAAAAAAAB123", // a digit long
                "AAAABI0VniaAAAAAAAAAAB0", // the first time has no mark
                "AAAABI0VniaAAAAAAAAAABx",
                "AAAABI0Vnia=AAAAAAAAAB",
                "QAAAASNFZ4aAAAAAAAAAAB", // more than 64 bits
                "grüßeSNFZ4aAAAAAAAAAAB"
            })
    void whatIsNotOfThisFormIsNoId(String text) {
        assertThat(SendId.parse(text)).isEmpty();
    }
}
