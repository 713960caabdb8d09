package io.ternmq.remoting.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BinaryHeaderTest {
    // code 1, language 0, version 479, opaque 2, flag 0
    private static final String FIXED = "0001" + "00" + "01df" + "00000002" + "00000000";

    @Test
    void remarkAndFieldsAreRead() {
        RemotingCommand command =
                read(FIXED + "00000002" + "6f6b" + "0000000a" + "0001" + "61" + "00000003" + "c3a921");

        assertThat(command.remark()).contains("ok");
        assertThat(command.fields().text("a")).isEqualTo("\u00e9!");
    }

    @Test
    void aTextOfNoBytesIsNone() {
        RemotingCommand command =
                read(FIXED + "00000000" + "0000000e" + "0001" + "61" + "00000000" + "0000" + "00000001" + "78");

        assertThat(command.remark()).isEmpty();
        assertThat(command.fields().count()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0d, NODE_JS", "0e, OTHER", "ff, OTHER", "07, OTHER", "01, CPP"})
    void languageIsANumber(String number, LanguageCode expected) {
        RemotingCommand command = read("0001" + number + "01df" + "00000002" + "00000000" + "00000000" + "00000000");

        assertThat(command.language()).isEqualTo(expected);
    }

    @Test
    void numbersAreSigned() {
        RemotingCommand command = read("ffff" + "00" + "ffff" + "80000000" + "00000001" + "00000000" + "00000000");

        assertThat(command.code()).isEqualTo(-1);
        assertThat(command.version()).isEqualTo(-1);
        assertThat(command.opaque()).isEqualTo(Integer.MIN_VALUE);
        assertThat(command.isAnswer()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "'', no bytes",
        "00010001df0000000200000000000000, cut in the fixed part",
        FIXED + "ffffffff00000000, negative remark length",
        FIXED + "7fffffff00000000, remark beyond the header",
        FIXED + "0000000100000000, remark eats the fields length",
        FIXED + "00000000ffffffff, negative fields length",
        FIXED + "0000000000000001, fields beyond the header",
        FIXED + "000000000000000000, bytes after the fields",
        FIXED + "000000000000000100, cut in a name length",
        FIXED + "0000000000000002ffff, negative name length",
        FIXED + "00000000000000020001, name beyond the fields",
        FIXED + "00000000000000050001610000, cut in a value length",
        FIXED + "0000000000000007000161ffffffff, negative value length",
        FIXED + "00000000000000070001617fffffff, value beyond the fields",
        FIXED + "000000000000000700016100000001, value just beyond the fields"
    })
    void lengthsThatDoNotFitAreRefused(String hex, String why) {
        assertThatThrownBy(() -> read(hex))
                .as(why)
                .isInstanceOf(ProtocolException.class)
                .hasMessageStartingWith("Binary header ");
    }

    @Test
    void whatDoesNotFitIsWrittenAsJson() {
        RemotingCommand request = read(FIXED + "00000000" + "00000000");

        RemotingCommand pop = Frames.read(Frames.write(request.answer(200_050, Optional.empty(), Payload.empty())));

        assertThat(pop.serialization()).isEqualTo(Serialization.JSON);
        assertThat(pop.code()).isEqualTo(200_050);
    }

    private static RemotingCommand read(String headerHex) {
        return Frames.read(Frames.frame(1, Frames.hex(headerHex)));
    }
}
