package io.ternmq.common.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.common.seeds.Seeds;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextHashTest {
    @Test
    void ofNothingIsWhatStoodBefore() {
        assertThat(TextHash.extend(17, ByteBuffer.wrap(new byte[8]), 3, 3)).isEqualTo(17);
        assertThat(TextHash.extend(17, "")).isEqualTo(17);
    }

    @Test
    void aCharacterExtendsItLikeATextOfOne() {
        assertThat(TextHash.extend("ab".hashCode(), '#')).isEqualTo("ab#".hashCode());
    }

    @Seeds(count = 500)
    void isThatOfTheStringWhateverItsLengthAndLetters(Random random) {
        String first = text(random);
        String second = text(random);
        byte[] bytes = ("<" + second + ">").getBytes(StandardCharsets.UTF_8);

        int hash = TextHash.extend(first.hashCode(), ByteBuffer.wrap(bytes), 1, bytes.length - 1);

        assertThat(hash).isEqualTo((first + second).hashCode());
        assertThat(TextHash.extend(first.hashCode(), second)).isEqualTo(hash);
    }

    private static String text(Random random) {
        String letters = random.nextBoolean() ? "aZ~\u0000\u007f" : "aZ~\u0080\u9f8d";
        StringBuilder text = new StringBuilder();
        int count = random.nextInt(14);
        for (int i = 0; i < count; i++) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }
}
