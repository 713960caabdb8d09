package io.ternmq.remoting.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class RecentTextsTest {
    private final RecentTexts texts = new RecentTexts();

    @Test
    void aTextIsFoundAtThePlaceWhereTheLastHeaderOfThatCodeHadIt() {
        begin(310);
        String first = read("group-of-mine");
        read("orders");
        begin(11);
        read("group-of-others");

        begin(310);
        assertThat(remembered("group-of-mine\",")).isEqualTo("group-of-mine".length());
        assertThat(texts.recall()).isSameAs(first);
        assertThat(remembered("orders")).isEqualTo("orders".length());
    }

    @Test
    void anotherTextIsNotTakenForTheOneRemembered() {
        begin(310);
        read("orders");

        begin(310);
        assertThat(remembered("order")).isNegative();
        assertThat(remembered("Orders")).isNegative();
        assertThat(remembered("")).isNegative();
    }

    @Test
    void whatIsPassedKeepsItsPlace() {
        begin(310);
        read("orders");
        texts.pass();
        read("true");

        begin(310);
        texts.recall();
        texts.pass();
        assertThat(remembered("true")).isEqualTo(4);
    }

    @Test
    void textsThatHardlyComeAgainAreNotKept() {
        for (String id : new String[] {"7F0000010AB424C63A9A2F5BC0DE0001", "1700000000000", "x".repeat(65)}) {
            begin(310);
            read(id);

            begin(310);
            assertThat(remembered(id)).as(id).isNegative();
        }
    }

    @Test
    void noTextThatHoldsAQuoteOrABackslashIsRememberedForAPlace() {
        for (String text : new String[] {"a\"b", "a\\b"}) {
            begin(310);
            assertThat(read(text)).isEqualTo(text);

            begin(310);
            assertThat(remembered(text)).as(text).isNegative();
        }
    }

    @Test
    void textsBeyondTheLastPlaceAreReadAsWell() {
        for (int round = 0; round < 2; round++) {
            begin(310);
            for (int place = 0; place < 2 * RecentTexts.PLACES; place++) {
                String text = "t" + place;
                assertThat(remembered(text)).isEqualTo(round == 1 && place < RecentTexts.PLACES ? text.length() : -1);
                assertThat(read(text)).isEqualTo(text);
            }
        }
    }

    @Test
    void textsAreFoundByContentWhateverTheirPlace() {
        byte[] topic = "topic".getBytes(StandardCharsets.UTF_8);
        byte[] accented = "caf\u00e9".getBytes(StandardCharsets.UTF_8);

        String first = texts.byContent(topic, 0, topic.length);

        assertThat(first).isEqualTo("topic");
        assertThat(texts.byContent(topic.clone(), 0, topic.length)).isSameAs(first);
        assertThat(texts.byContent(accented, 0, accented.length)).isEqualTo("caf\u00e9");
        assertThat(texts.byContent(topic, 2, 0)).isEmpty();
    }

    private void begin(int code) {
        texts.begin();
        texts.ofCode(code);
    }

    private int remembered(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return texts.remembered(bytes, 0, bytes.length);
    }

    private String read(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return texts.ascii(bytes, 0, bytes.length);
    }
}
