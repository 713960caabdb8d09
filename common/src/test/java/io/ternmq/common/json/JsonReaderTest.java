package io.ternmq.common.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonReaderTest {

    @Test
    void membersComeInOrderAndUnknownOnesAreSkipped() {
        JsonReader reader =
                reader("{\"code\":310,\"x\":{{\"k\":[1,{}]}:[{\"a\":null}]},\"extFields\":{\"a\":\"PG\",\"n\":5,"
                        + "\"t\":true},\"oneway\":false}");
        List<String> seen = new ArrayList<>();

        reader.beginObject();
        while (reader.hasNext()) {
            switch (reader.name()) {
                case "code" -> seen.add("code " + reader.int32());
                case "extFields" -> {
                    reader.beginObject();
                    while (reader.hasNext()) {
                        seen.add(reader.name() + " " + reader.text());
                    }
                }
                default -> reader.skip();
            }
        }
        reader.end();

        assertThat(seen).containsExactly("code 310", "a PG", "n 5", "t true");
    }

    @Test
    void anObjectAsNameIsGivenAsItsText() {
        JsonReader reader = reader("{ {\"a\" : 1} : 2}");

        reader.beginObject();

        assertThat(reader.hasNext()).isTrue();
        assertThat(reader.name()).isEqualTo("{\"a\" : 1}");
        assertThat(reader.int32()).isEqualTo(2);
        assertThat(reader.hasNext()).isFalse();
    }

    @Test
    void readsAPartOfAnArray() {
        byte[] text = "##[1,2.5,\"3\"]##".getBytes(StandardCharsets.UTF_8);
        JsonReader reader = new JsonReader(text, 2, text.length - 4, JsonLimits.DEFAULT);

        reader.beginArray();

        assertThat(reader.hasNext()).isTrue();
        assertThat(reader.int64()).isEqualTo(1);
        assertThat(reader.hasNext()).isTrue();
        assertThat(reader.float64()).isEqualTo(2.5);
        assertThat(reader.hasNext()).isTrue();
        assertThat(reader.int32()).isEqualTo(3);
        assertThat(reader.hasNext()).isFalse();
        reader.end();
    }

    @Test
    void nullIsTakenOnlyWhereItStands() {
        JsonReader reader = reader("[null,1]");

        reader.beginArray();

        assertThat(reader.hasNext()).isTrue();
        assertThat(reader.takeNull()).isTrue();
        assertThat(reader.hasNext()).isTrue();
        assertThat(reader.takeNull()).isFalse();
        assertThat(reader.int32()).isEqualTo(1);
    }

    @Test
    void otherKindsAreRefused() {
        assertThatThrownBy(() -> reader("{}").text()).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> reader("null").text()).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> reader("true").int32()).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> reader("1").flag()).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> reader("1").beginObject()).isInstanceOf(JsonException.class);
    }

    private static JsonReader reader(String text) {
        return new JsonReader(text.getBytes(StandardCharsets.UTF_8));
    }
}
