package io.ternmq.common.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonLimitsTest {
    private static final JsonLimits SMALL = new JsonLimits(1_000, 4, 10);

    @Test
    void nestingIsLimited() {
        assertThat(parse("{\"a\":[[[1]]]}").array("a").size()).isEqualTo(1);
        assertThatThrownBy(() -> parse("{\"a\":[[[[1]]]]}")).hasMessage("Nested deeper than 4 at byte 8");
    }

    @Test
    void nestingOfNamesIsLimited() {
        assertThatThrownBy(() -> parse("{{{{{1:1}:1}:1}:1}:1}")).hasMessageContaining("Nested deeper than 4");
    }

    @Test
    void aMillionOpeningMarksDoNotOverflowTheStack() {
        String text = "{\"a\":" + "[".repeat(1_000_000);

        assertThatThrownBy(() -> JsonObject.parse(text)).hasMessageContaining("Nested deeper than 64");
        assertThatThrownBy(() -> JsonObject.parse("{".repeat(1_000_000))).hasMessageContaining("Nested deeper than 64");
    }

    @Test
    void bytesAreLimited() {
        assertThatThrownBy(() -> parse("{\"a\":\"" + "x".repeat(1_000) + "\"}"))
                .hasMessage("Text of 1008 bytes, at most 1000 expected");
    }

    @Test
    void valuesAreLimitedNullsToo() {
        assertThat(parse("{\"a\":[1,2,3,4,5,6,7,8]}").array("a").size()).isEqualTo(8);
        assertThatThrownBy(() -> parse("{\"a\":[1,2,3,4,5,6,7,8,9]}")).hasMessageContaining("More than 10 values");
        assertThatThrownBy(() -> parse("{\"a\":[" + "null,".repeat(20) + "1]}")).hasMessageContaining("More than 10");
    }

    @Test
    void asManyValuesAsTheHeapCanHold() {
        assertThat(JsonLimits.valuesFor(32L << 20)).isEqualTo(131_072);
        assertThat(JsonLimits.valuesFor(1L << 20)).isEqualTo(50_000);
        assertThat(JsonLimits.valuesFor(64L << 30)).isEqualTo(1_000_000);
    }

    @Test
    void digitsAreLimited() {
        assertThatThrownBy(() -> parse("{\"a\":" + "9".repeat(65) + "}"))
                .hasMessageContaining("Number of 65 characters, at most 64 expected");
    }

    @Test
    void referencesAreFollowed() {
        JsonObject object = JsonObject.parse("{\"a\":[{\"x\":1},{\"y\":2}],\"b\":{\"$ref\":\"$.a[1]\"}}");

        assertThat(object.object("b").int32("y")).isEqualTo(2);
    }

    @Test
    void referencesThatLeadNowhereOrInCirclesStayAsTheyAre() {
        JsonObject object =
                JsonObject.parse("{\"a\":{\"$ref\":\"$\"},\"b\":{\"$ref\":\"$.none\"},\"c\":{\"$ref\":\"..\"},"
                        + "\"d\":{\"$ref\":\"$.d\"},\"e\":{\"$ref\":\"$.f[99999999999]\"},\"f\":[1],\"g\":{\"$ref\":\"$.f[\"},"
                        + "\"h\":{\"$ref\":\"$x\"},\"i\":{\"$ref\":{}}}");

        assertThat(object.object("a").text("$ref")).isEqualTo("$");
        assertThat(object.object("e").text("$ref")).isEqualTo("$.f[99999999999]");
        assertThat(object.toString()).contains("{\"$ref\":\"$.d\"}");
    }

    @Test
    void referencesDoNotUnfoldWithoutLimit() {
        assertThatThrownBy(() -> parse("{\"a\":[1,2],\"b\":[" + "{\"$ref\":\"$.a\"},".repeat(3) + "1]}"))
                .isInstanceOf(JsonException.class);
    }

    @Test
    void noByteStringDoesMoreThanThrowOurException() {
        long seed = 20261122;
        Random random = new Random(seed);
        byte[] alphabet = "{}[]:,\"'\\u0129.eE+-tfn ab$ref\n\u00e9".getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 20_000; round++) {
            byte[] text = new byte[random.nextInt(40)];
            for (int index = 0; index < text.length; index++) {
                text[index] = alphabet[random.nextInt(alphabet.length)];
            }
            readEveryWay(text);
        }
    }

    private static void readEveryWay(byte[] text) {
        try {
            JsonObject tree = JsonObject.parse(text);
            assertThat(JsonObject.parse(tree.toString())).isEqualTo(tree);
        } catch (JsonException e) {
            assertThat(e.position()).isLessThanOrEqualTo(text.length);
        }
        try {
            JsonReader reader = new JsonReader(text);
            reader.skip();
            reader.end();
        } catch (JsonException e) {
            assertThat(e.position()).isLessThanOrEqualTo(text.length);
        }
    }

    private static JsonObject parse(String text) {
        return JsonObject.parse(text.getBytes(StandardCharsets.UTF_8), SMALL);
    }
}
