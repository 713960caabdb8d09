package io.ternmq.common.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonWriterTest {

    @Test
    void compactTextsHoldBareNumbersAndObjectsAsNames() {
        String text = JsonWriter.compact()
                .beginObject()
                .name("offsetTable")
                .beginObject()
                .name(key -> key.member("brokerName", "b").member("queueId", 0))
                .value(5)
                .name(key -> key.member("brokerName", "b").member("queueId", 1))
                .beginObject()
                .member("tps", 0.0)
                .endObject()
                .endObject()
                .name("table")
                .beginObject()
                .name(0)
                .value("x")
                .name(-1)
                .value(true)
                .endObject()
                .endObject()
                .toString();

        assertThat(text)
                .isEqualTo(
                        "{\"offsetTable\":{{\"brokerName\":\"b\",\"queueId\":0}:5,{\"brokerName\":\"b\",\"queueId\":1}:"
                                + "{\"tps\":0.0}},\"table\":{0:\"x\",-1:true}}");
    }

    @Test
    void strictTextsAreJsonForEveryParser() {
        String text = JsonWriter.strict()
                .beginObject()
                .name(0)
                .value("é😀\u0001\"\\/")
                .member("b", List.of("x", "y"))
                .member("none", Optional.empty())
                .endObject()
                .toString();

        assertThat(text).isEqualTo("{\"0\":\"\\u00e9\\ud83d\\ude00\\u0001\\\"\\\\/\",\"b\":[\"x\",\"y\"]}");
        JSONObject judged = JSON.parseObject(text);
        assertThat(judged.getString("0")).isEqualTo("é😀\u0001\"\\/");
        assertThat(judged.getJSONArray("b")).containsExactly("x", "y");
    }

    @Test
    void anObjectCannotBeANameInAStrictText() {
        JsonWriter writer = JsonWriter.strict().beginObject();

        assertThatThrownBy(() -> writer.name(key -> {})).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void prettyTextsAreIndentedButForNames() {
        String text = JsonWriter.pretty()
                .beginObject()
                .name("a")
                .beginObject()
                .name(0)
                .value(5)
                .name(key -> key.member("q", 1))
                .value(6)
                .endObject()
                .name("b")
                .beginObject()
                .endObject()
                .endObject()
                .toString();

        assertThat(text).isEqualTo("{\n\t\"a\":{\n\t\t0:5,\n\t\t{\"q\":1}:6\n\t},\n\t\"b\":{}\n}");
    }

    @Test
    void textsOutsideAsciiAreWrittenAsTheyAre() {
        byte[] text = JsonWriter.compact().value("é😀€").toBytes();

        assertThat(text).isEqualTo("\"é😀€\"".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void halfAPairIsEscaped() {
        assertThat(JsonWriter.compact().value("a\uD83D").toString()).isEqualTo("\"a\\ud83d\"");
    }

    @Test
    void whatWasReadIsWrittenAgain() {
        String text = "{\"a\":[1,2.50,\"x\",true,{}],\"b\":{{\"q\":1}:{}},\"c\":\"1\"}";

        assertThat(JsonObject.parse(text).toString()).isEqualTo(text);
    }

    @Test
    void numbersThatAreNotFiniteBecomeNull() {
        assertThat(JsonWriter.compact().value(Double.NaN).toString()).isEqualTo("null");
    }

    @Test
    void anUnfinishedTextIsNotHandedOut() {
        assertThatThrownBy(() -> JsonWriter.compact().beginObject().toBytes())
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> JsonWriter.compact().toBytes()).isInstanceOf(IllegalStateException.class);
    }
}
