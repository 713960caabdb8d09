package io.ternmq.common.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonObjectTest {

    @Test
    void bareAndQuotedNumbersAreTheSameName() {
        JsonObject bare = JsonObject.parse("{\"brokerAddrs\":{0:\"10.0.0.1:10911\",1:\"10.0.0.2:10911\"}}");
        JsonObject quoted = JsonObject.parse("{\"brokerAddrs\":{\"0\":\"10.0.0.1:10911\",\"1\":\"10.0.0.2:10911\"}}");

        assertThat(bare).isEqualTo(quoted);
        assertThat(bare.object("brokerAddrs").text("1")).isEqualTo("10.0.0.2:10911");
    }

    @Test
    void objectsStandAsNames() {
        JsonObject stats = JsonObject.parse(
                "{\"offsetTable\":{{\"brokerName\":\"broker-a\",\"queueId\":3,\"topic\":\"T\"}:{\"maxOffset\":10}}}");

        List<JsonMember> members = stats.object("offsetTable").members();

        assertThat(members).hasSize(1);
        assertThat(members.get(0).key().asObject().int32("queueId")).isEqualTo(3);
        assertThat(members.get(0).value().asObject().int64("maxOffset")).isEqualTo(10);
        assertThat(members.get(0).name()).isEqualTo("{\"brokerName\":\"broker-a\",\"queueId\":3,\"topic\":\"T\"}");
    }

    @Test
    void anObjectInTheTextOfANameIsReadAsOne() {
        JsonObject table = JsonObject.parse("{\"{\\\"queueId\\\":3}\":5}");

        assertThat(table.members().get(0).key().asObject().int32("queueId")).isEqualTo(3);
    }

    @Test
    void namesMayBeBareOrInSingleQuotes() {
        JsonObject object = JsonObject.parse("{brokerName:'a \"b\"','queueId' : 7, -1:8}");

        assertThat(object.text("brokerName")).isEqualTo("a \"b\"");
        assertThat(object.int32("queueId")).isEqualTo(7);
        assertThat(object.int32("-1")).isEqualTo(8);
    }

    @Test
    void numbersAndTruthValuesMayBeTexts() {
        JsonObject object =
                JsonObject.parse("{\"i\":\"5\",\"l\":\"9223372036854775807\",\"d\":\"0.5\",\"b\":\"TRUE\"}");

        assertThat(object.int32("i")).isEqualTo(5);
        assertThat(object.int64("l")).isEqualTo(Long.MAX_VALUE);
        assertThat(object.float64("d", 0)).isEqualTo(0.5);
        assertThat(object.flag("b", false)).isTrue();
    }

    @Test
    void numbersAreReadExactlyOrNotAtAll() {
        JsonObject object =
                JsonObject.parse("{\"a\":2147483648,\"b\":9223372036854775808,\"c\":1.5,\"d\":1e3,\"e\":1e999}");

        assertThat(object.int64("a")).isEqualTo(2147483648L);
        assertThat(object.int64("d")).isEqualTo(1000);
        assertThatThrownBy(() -> object.int32("a"))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("32 bits");
        assertThatThrownBy(() -> object.int64("b")).hasMessageContaining("64 bits");
        assertThatThrownBy(() -> object.int64("c")).hasMessageContaining("whole number");
        assertThatThrownBy(() -> object.float64("e", 0)).hasMessageContaining("out of range");
    }

    @Test
    void nullsAreAbsent() {
        JsonObject object = JsonObject.parse("{\"a\":null,\"b\":[null,1,null]}");

        assertThat(object.contains("a")).isFalse();
        assertThat(object.findText("a")).isEmpty();
        assertThat(object.text("a", "x")).isEqualTo("x");
        assertThat(object.array("b").map(JsonValue::asInt32)).containsExactly(1);
    }

    @Test
    void theLaterOfTwoMembersCounts() {
        assertThat(JsonObject.parse("{\"a\":1,\"a\":2}").int32("a")).isEqualTo(2);
    }

    @Test
    void escapesAndUnicodeAreRead() {
        JsonObject object = JsonObject.parse(
                "{\"a\":\"k\\u0001v\\u0002\\n\\t\\\\\\\"\\/\\x41\",\"b\":\"\\u00e9\\uD83D\\uDE00\",\"c\":\"é😀\"}");

        assertThat(object.text("a")).isEqualTo("k\u0001v\u0002\n\t\\\"/A");
        assertThat(object.text("b")).isEqualTo("é😀").isEqualTo(object.text("c"));
    }

    @Test
    void aMissingMemberIsNamed() {
        JsonObject object = JsonObject.parse("{\"a\":{}}");

        assertThatThrownBy(() -> object.text("b")).hasMessage("Member b is missing");
        assertThatThrownBy(() -> object.int32("a"))
                .hasMessage("Member a: Expected a whole number of 32 bits, found an object");
    }

    @Test
    void buffersAreLeftAsTheyWere() {
        ByteBuffer buffer = ByteBuffer.wrap("xx{\"a\":1}yy".getBytes(StandardCharsets.UTF_8), 2, 7);

        assertThat(JsonObject.parse(buffer).int32("a")).isEqualTo(1);
        assertThat(buffer.remaining()).isEqualTo(7);
    }

    @Test
    void aClassNameInATextIsAMemberLikeAnyOther() {
        JsonObject object = JsonObject.parse("{\"@type\":\"java.net.URL\",\"val\":\"http://example.invalid\"}");

        assertThat(object.text("@type")).isEqualTo("java.net.URL");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":1,",
                "{\"a\":1,}",
                "{\"a\" 1}",
                "{\"a\":1 \"b\":2}",
                "{:1}",
                "{,}",
                "[]",
                "1",
                "\"x\"",
                "null",
                "{}x",
                "{}{}",
                "{\"a\":tru}",
                "{\"a\":nul}",
                "{\"a\":\"x}",
                "{\"a\":\"\\q\"}",
                "{\"a\":\"\\u12G4\"}",
                "{\"a\":\"\\u12",
                "{\"a\":NaN}",
                "{\"a\":/*x*/1}",
                "{\"a\":[1,]}",
                "{\"a\":[1 2]}",
                "{{\"a\":1}}",
                "{{\"a\":1}:}",
                "{[1]:2}",
                "{\"a\":}",
                "{'a':'b\"}"
            })
    void whatIsNotAnObjectIsRefused(String text) {
        assertThatThrownBy(() -> JsonObject.parse(text)).isInstanceOf(JsonException.class);
    }

    @Test
    void errorsSayWhere() {
        assertThatThrownBy(() -> JsonObject.parse("{\"a\": ?}"))
                .hasMessage("Expected a value, found \"?\" at byte 6")
                .extracting(e -> ((JsonException) e).position())
                .isEqualTo(6);
    }
}
