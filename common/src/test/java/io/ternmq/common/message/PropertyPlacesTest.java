package io.ternmq.common.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.common.seeds.Seeds;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PropertyPlacesTest {
    /** Stands before and behind what is looked through, and must not be looked at. */
    private static final String OTHERS = "TAGS\u0001x\u0002";

    private final PropertyPlaces places = new PropertyPlaces();

    private byte[] bytes;

    @Test
    void findsTagUniqueKeyAndKeys() {
        find("UNIQ_KEY\u00017F0001\u0002a\u0001b\u0002KEYS\u0001one two\u0002TAGS\u0001TagA\u0002");

        assertThat(tag()).contains("TagA");
        assertThat(uniqueKey()).contains("7F0001");
        assertThat(keys()).contains("one two");
    }

    @Test
    void theLastOfSeveralWinsAndTheLastSeparatorMayBeMissing() {
        find("TAGS\u00011\u0002KEYS\u0001k\u0002TAGS\u00012");

        assertThat(tag()).contains("2");
        assertThat(keys()).contains("k");
        assertThat(uniqueKey()).isEmpty();
    }

    @Test
    void namesThatOnlyBeginOrEndAlikeAndEmptyValuesDoNotCount() {
        find("XTAGS\u0001a\u0002TAGSX\u0001b\u0002KEYS\u0001\u0002UNIQ_KEY\u0002UNIQ_KEY");

        assertThat(tag()).isEmpty();
        assertThat(keys()).isEmpty();
        assertThat(uniqueKey()).isEmpty();
    }

    @Test
    void whatAnEarlierStringHadIsForgotten() {
        find("TAGS\u0001a\u0002KEYS\u0001k\u0002UNIQ_KEY\u0001u\u0002");

        find("");

        assertThat(tag()).isEmpty();
        assertThat(keys()).isEmpty();
        assertThat(uniqueKey()).isEmpty();
    }

    @Test
    void bytesThatDifferFromASeparatorByOneAreNone() {
        find("a\u0001\u0003\u0003\u0001\u0003\u0003\u0003\u0002TAGS\u0001\u0003\u0001\u0000\u0003\u0002");

        assertThat(tag()).contains("\u0003\u0001\u0000\u0003");
    }

    @Seeds(count = 500)
    void agreesWithTheSearchByName(Random random) {
        String[] parts = {
            "TAGS", "KEYS", "UNIQ_KEY", "a", "bc", "\u00e4", "\u0003", "\u0001", "\u0001", "\u0002", "\u0002"
        };
        StringBuilder text = new StringBuilder();
        int count = random.nextInt(30);
        for (int i = 0; i < count; i++) {
            text.append(parts[random.nextInt(parts.length)]);
        }
        String properties = text.toString();

        find(properties);

        assertThat(tag()).isEqualTo(PropertyString.find(properties, MessageProperties.TAGS));
        assertThat(uniqueKey()).isEqualTo(PropertyString.find(properties, MessageProperties.UNIQUE_KEY));
        assertThat(keys()).isEqualTo(PropertyString.find(properties, MessageProperties.KEYS));
    }

    private void find(String properties) {
        bytes = (OTHERS + properties + OTHERS).getBytes(StandardCharsets.UTF_8);
        places.find(ByteBuffer.wrap(bytes), OTHERS.length(), bytes.length - 2 * OTHERS.length());
    }

    private Optional<String> tag() {
        return text(places.hasTag(), places.tagStart(), places.tagEnd());
    }

    private Optional<String> uniqueKey() {
        return text(places.hasUniqueKey(), places.uniqueKeyStart(), places.uniqueKeyEnd());
    }

    private Optional<String> keys() {
        return text(places.hasKeys(), places.keysStart(), places.keysEnd());
    }

    private Optional<String> text(boolean isThere, int start, int end) {
        return isThere ? Optional.of(new String(bytes, start, end - start, StandardCharsets.UTF_8)) : Optional.empty();
    }
}
