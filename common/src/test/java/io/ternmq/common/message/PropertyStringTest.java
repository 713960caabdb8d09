package io.ternmq.common.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.common.seeds.Seeds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PropertyStringTest {
    private static final String TWO = "u\u0001v\u0002TAGS\u0001TagA\u0002";

    @Test
    void findsValues() {
        assertThat(PropertyString.find(TWO, "u")).contains("v");
        assertThat(PropertyString.find(TWO, "TAGS")).contains("TagA");
        assertThat(PropertyString.find(TWO, "TAG")).isEmpty();
        assertThat(PropertyString.find(TWO, "AGS")).isEmpty();
        assertThat(PropertyString.find("", "u")).isEmpty();
        assertThat(PropertyString.find(TWO, "")).isEmpty();
    }

    @Test
    void theLastSeparatorMayBeMissing() {
        assertThat(PropertyString.find("a\u00011\u0002b\u00012", "b")).contains("2");
    }

    @Test
    void theLastOfSeveralWins() {
        assertThat(PropertyString.find("a\u00011\u0002b\u00012\u0002a\u00013\u0002", "a"))
                .contains("3");
    }

    @Test
    void piecesWithoutNameOrValueDoNotCount() {
        assertThat(PropertyString.find("\u0001x\u0002a\u0001\u0002b\u0002", "a"))
                .isEmpty();
        assertThat(PropertyString.find("\u0001x\u0002a\u0001\u0002b\u0002", "b"))
                .isEmpty();
        assertThat(pairs("\u0001x\u0002a\u0001\u0002b\u0002c\u0001d")).containsExactly("c=d");
    }

    @Test
    void aValueMayHoldTheSeparatorOfNames() {
        assertThat(PropertyString.find("a\u0001b\u0001c\u0002", "a")).contains("b\u0001c");
        assertThat(pairs("a\u0001b\u0001c\u0002")).containsExactly("a=b\u0001c");
    }

    @Test
    void appendsBehindAndKeepsTheForm() {
        assertThat(PropertyString.append("", "a", "1")).isEqualTo("a\u00011\u0002");
        assertThat(PropertyString.append("a\u00011\u0002", "b", "2")).isEqualTo("a\u00011\u0002b\u00012\u0002");
        assertThat(PropertyString.append("a\u00011", "b", "2")).isEqualTo("a\u00011\u0002b\u00012\u0002");
    }

    @Test
    void removesEveryPairOfAName() {
        assertThat(PropertyString.remove("a\u00011\u0002b\u00012\u0002a\u00013\u0002", "a"))
                .isEqualTo("b\u00012\u0002");
        assertThat(PropertyString.remove(TWO, "x")).isSameAs(TWO);
    }

    @Test
    void makesAStringOfAMap() {
        Map<String, String> map = new LinkedHashMap<>();
        map.put("u", "v");
        map.put("n", null);
        map.put("TAGS", "TagA");

        assertThat(PropertyString.of(map)).isEqualTo(TWO);
    }

    @Seeds(count = 300)
    void agreesWithAMapOnWhateverText(long seed) {
        Random random = new Random(seed);
        String letters = "ab\u0001\u0002TAGS\u00e4";
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(40);
        for (int i = 0; i < length; i++) {
            text.append(random.nextInt(6) == 0 ? "TAGS" : letters.charAt(random.nextInt(letters.length())));
        }
        String properties = text.toString();

        Map<String, String> expected = new HashMap<>();
        for (String piece : properties.split("\u0002", -1)) {
            int at = piece.indexOf('\u0001');
            if (at > 0 && at + 1 < piece.length()) {
                expected.put(piece.substring(0, at), piece.substring(at + 1));
            }
        }

        Map<String, String> read = new HashMap<>();
        PropertyString.forEach(properties, read::put);
        assertThat(read).isEqualTo(expected);
        for (String name : new String[] {"a", "b", "ab", "TAGS", "T", "\u00e4"}) {
            assertThat(PropertyString.find(properties, name)).isEqualTo(Optional.ofNullable(expected.get(name)));
        }
    }

    private static List<String> pairs(String properties) {
        List<String> pairs = new ArrayList<>();
        PropertyString.forEach(properties, (name, value) -> pairs.add(name + "=" + value));
        return pairs;
    }
}
