package io.ternmq.remoting.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonHeaderTest {

    @Test
    void membersMayStandInAnyOrderWithBlanksBetweenThem() {
        RemotingCommand command = read(" { \"version\" : 401 ,\r\n\t\"opaque\":-1, \"flag\":2,"
                + "\"extFields\" : { \"a\" : \"1\" } , \"language\":\"GO\",\"code\":34 } ");

        assertThat(command.code()).isEqualTo(34);
        assertThat(command.opaque()).isEqualTo(-1);
        assertThat(command.version()).isEqualTo(401);
        assertThat(command.language()).isEqualTo(LanguageCode.GO);
        assertThat(command.isOneWay()).isTrue();
        assertThat(command.fields().text("a")).isEqualTo("1");
    }

    @Test
    void unknownMembersAreIgnoredWhateverTheyHold() {
        RemotingCommand command = read("{\"x\":{\"y\":[1,\"]}\",{\"z\":null}],\"w\":true},\"code\":1,\"q\":[],\"r\":{},"
                + "\"s\":-1.5e+3,\"t\":\"\\\"}\",\"opaque\":2,\"u\":false}");

        assertThat(command.code()).isEqualTo(1);
        assertThat(command.opaque()).isEqualTo(2);
    }

    @Test
    void nullMembersCountAsAbsent() {
        RemotingCommand command = read("{\"code\":1,\"opaque\":2,\"remark\":null,\"extFields\":null,\"language\":null,"
                + "\"flag\":null,\"version\":null}");

        assertThat(command.remark()).isEmpty();
        assertThat(command.fields()).isEqualTo(HeaderFields.empty());
        assertThat(command.language()).isEqualTo(LanguageCode.OTHER);
        assertThat(command.flag()).isZero();
        assertThat(command.version()).isZero();
    }

    @Test
    void numbersAndBooleansAreTakenAsFieldValues() {
        HeaderFields fields = read("{\"code\":1,\"opaque\":2,\"extFields\":{\"n\":-12,\"d\":1.5,\"t\":true,\"f\":false,"
                        + "\"gone\":null,\"object\":{\"a\":[1]},\"array\":[1,2]}}")
                .fields();

        assertThat(fields.int32("n")).isEqualTo(-12);
        assertThat(fields.text("d")).isEqualTo("1.5");
        assertThat(fields.flag("t", false)).isTrue();
        assertThat(fields.flag("f", true)).isFalse();
        assertThat(fields.count()).isEqualTo(4);
    }

    @Test
    void quotedNumbersAreTakenAsNumbers() {
        assertThat(read("{\"code\":\"105\",\"opaque\":\"7\"}").code()).isEqualTo(105);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"KLINGON\"", "\"java\"", "\"\"", "0", "{}", "true"})
    void anUnknownLanguageBecomesOther(String language) {
        RemotingCommand command = read("{\"code\":1,\"opaque\":2,\"language\":" + language + "}");

        assertThat(command.language()).isEqualTo(LanguageCode.OTHER);
    }

    static Stream<Arguments> escapes() {
        return Stream.of(
                arguments("\\\" \\\\ \\/ \\b \\f \\n \\r \\t", "\" \\ / \b \f \n \r \t"),
                arguments("a\\u0041\\u00e9\\u4E2D", "aA\u00e9\u4e2d"),
                arguments("\\ud83d\\ude00!", "\ud83d\ude00!"),
                arguments("\\ud83d", "?"),
                arguments("\\ude00x", "?x"),
                arguments("\\ud83d\\u0041", "?A"),
                arguments("caf\u00e9 \u4e2d\u6587 \ud83d\ude00", "caf\u00e9 \u4e2d\u6587 \ud83d\ude00"),
                arguments("mixed \\u4e2d \u4e2d", "mixed \u4e2d \u4e2d"));
    }

    @ParameterizedTest
    @MethodSource("escapes")
    void escapesAreResolved(String escaped, String expected) {
        RemotingCommand command = read("{\"code\":1,\"opaque\":2,\"remark\":\"" + escaped + "\"}");

        assertThat(command.remark()).contains(expected);
    }

    @Test
    void everyCharacterSurvivesWritingAndReading() {
        StringBuilder all = new StringBuilder();
        for (int point = 0; point < 0x3000; point++) {
            all.appendCodePoint(point);
        }
        all.appendCodePoint(0xFFFD).appendCodePoint(0x10000).appendCodePoint(0x10FFFF);
        HeaderFields fields = HeaderFields.builder().put("all", all.toString()).build();

        RemotingCommand back = Frames.read(Frames.write(RemotingCommand.request(1, 2, false, Payload.of(fields))));

        assertThat(back.fields().text("all")).isEqualTo(all.toString());
    }

    @Test
    void halfASurrogatePairIsWrittenAsAQuestionMark() {
        HeaderFields fields = HeaderFields.builder().put("half", "a\ud83db").build();

        RemotingCommand back = Frames.read(Frames.write(RemotingCommand.request(1, 2, false, Payload.of(fields))));

        assertThat(back.fields().text("half")).isEqualTo("a?b");
    }

    @Test
    void aLaterDuplicateWins() {
        RemotingCommand command = read("{\"code\":1,\"opaque\":2,\"code\":3,\"extFields\":{\"a\":\"1\",\"a\":\"2\"}}");

        assertThat(command.code()).isEqualTo(3);
        assertThat(command.fields().text("a")).isEqualTo("2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{}",
                "{\"code\":1}",
                "{\"opaque\":1}",
                "{\"code\":1,\"opaque\":2",
                "{\"code\":1,\"opaque\":2}}",
                "{\"code\":1,\"opaque\":2} x",
                "{\"code\":1,\"opaque\":2,}",
                "{\"code\":1 \"opaque\":2}",
                "{code:1,\"opaque\":2}",
                "{'code':1,'opaque':2}",
                "{\"code\":,\"opaque\":2}",
                "{\"code\":null,\"opaque\":2}",
                "{\"code\":1.5,\"opaque\":2}",
                "{\"code\":2147483648,\"opaque\":2}",
                "{\"code\":-2147483649,\"opaque\":2}",
                "{\"code\":99999999999999999999,\"opaque\":2}",
                "{\"code\":\"one\",\"opaque\":2}",
                "{\"code\":true,\"opaque\":2}",
                "{\"code\":1,\"opaque\":2,\"remark\":\"open",
                "{\"code\":1,\"opaque\":2,\"remark\":\"open\\",
                "{\"code\":1,\"opaque\":2,\"remark\":\"\\x\"}",
                "{\"code\":1,\"opaque\":2,\"remark\":\"\\u12\"}",
                "{\"code\":1,\"opaque\":2,\"remark\":\"\\uZZZZ\"}",
                "{\"code\":1,\"opaque\":2,\"remark\":\"\\ud83d\\u12",
                "{\"code\":1,\"opaque\":2,\"x\":nul}",
                "{\"code\":1,\"opaque\":2,\"x\":trux}",
                "{\"code\":1,\"opaque\":2,\"x\":[1,]}",
                "{\"code\":1,\"opaque\":2,\"x\":[1 2]}",
                "{\"code\":1,\"opaque\":2,\"x\":\"open\\\"",
                "{\"code\":1,\"opaque\":2,\"extFields\":[]}",
                "{\"code\":1,\"opaque\":2,\"extFields\":\"a\"}",
                "{\"code\":1,\"opaque\":2,\"extFields\":{\"a\"}}",
                "{\"code\":1,\"opaque\":2,\"extFields\":{\"a\":}}",
                "{\"code\":1,\"opaque\":2,\"extFields\":{\"a\":\"1\",}}"
            })
    void brokenHeadersAreRefusedWithAReason(String header) {
        assertThatThrownBy(() -> read(header))
                .isInstanceOf(ProtocolException.class)
                .hasMessageStartingWith("Header ");
    }

    @Test
    void theReasonSaysWhereAndWhat() {
        assertThatThrownBy(() -> read("{\"code\":1;")).hasMessage("Header has byte 0x3b at byte 9, expected '}'");
    }

    @Test
    void nestingIsLimitedInValuesThatAreIgnored() {
        String allowed = "[".repeat(JsonCursor.DEPTH_MAX) + "]".repeat(JsonCursor.DEPTH_MAX);
        String tooDeep = "[".repeat(100_000);

        assertThat(read("{\"code\":1,\"opaque\":2,\"x\":" + allowed + "}").code())
                .isEqualTo(1);
        assertThatThrownBy(() -> read("{\"code\":1,\"opaque\":2,\"x\":" + tooDeep))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("deeper than 16");
    }

    @Test
    void theNumberOfFieldsIsLimited() {
        assertThat(read(withFields(HeaderFields.Builder.COUNT_MAX)).fields().count())
                .isEqualTo(HeaderFields.Builder.COUNT_MAX);
        assertThatThrownBy(() -> read(withFields(HeaderFields.Builder.COUNT_MAX + 1)))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("1024");
    }

    private static String withFields(int count) {
        StringBuilder header = new StringBuilder("{\"code\":1,\"opaque\":2,\"extFields\":{");
        for (int index = 0; index < count; index++) {
            header.append(index == 0 ? "" : ",").append('"').append(index).append("\":\"v\"");
        }
        return header.append("}}").toString();
    }

    private static RemotingCommand read(String header) {
        return Frames.read(Frames.json(header));
    }
}
