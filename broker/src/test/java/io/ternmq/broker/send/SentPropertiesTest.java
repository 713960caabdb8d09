package io.ternmq.broker.send;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SentPropertiesTest {

    @Test
    void ordinaryPropertiesAreStoredAsSentWithTheBrokersBehind() {
        SentProperties properties = SentProperties.scan(pairs("KEYS=k1", "UNIQ_KEY=U1", "WAIT=true", "TAGS=TagA"));

        assertThat(properties.uniqueKey()).contains("U1");
        assertThat(properties.waitsForConfirmation()).isTrue();
        assertThat(properties.isHalfMessage()).isFalse();
        assertThat(properties.wronglyHeldBackBy()).isEmpty();
        assertThat(properties.stored(pairs("CLUSTER=c")))
                .isEqualTo(pairs("KEYS=k1", "UNIQ_KEY=U1", "WAIT=true", "TAGS=TagA", "CLUSTER=c"));
    }

    @Test
    void missingLastSeparatorIsAdded() {
        SentProperties properties = SentProperties.scan("KEYS\u0001k1");

        assertThat(properties.stored(pairs("CLUSTER=c"))).isEqualTo(pairs("KEYS=k1", "CLUSTER=c"));
    }

    @Test
    void emptyStringGetsTheBrokersAlone() {
        assertThat(SentProperties.scan("").stored(pairs("CLUSTER=c"))).isEqualTo(pairs("CLUSTER=c"));
    }

    @Test
    void pairsOfTheBrokersOwnAreReplacedAndReceiptsDropped() {
        SentProperties properties =
                SentProperties.scan(pairs("CLUSTER=old", "A=1", "TRACE_ON=false", "POP_CK=x", "MSG_REGION=r", "B=2"));

        assertThat(properties.stored(pairs("CLUSTER=c"))).isEqualTo(pairs("A=1", "B=2", "CLUSTER=c"));
    }

    @Test
    void waitFalseAsksForAnAnswerWithoutConfirmation() {
        assertThat(SentProperties.scan(pairs("WAIT=false")).waitsForConfirmation())
                .isFalse();
        assertThat(SentProperties.scan(pairs("WAIT=no")).waitsForConfirmation()).isTrue();
    }

    @Test
    void halfMessagesAreRecognized() {
        assertThat(SentProperties.scan(pairs("TRAN_MSG=true")).isHalfMessage()).isTrue();
        assertThat(SentProperties.scan(pairs("TRAN_MSG=false")).isHalfMessage()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELAY=x",
                "DELAY=3.5",
                "DELAY=99999999999",
                "TIMER_DELAY_SEC=1",
                "TIMER_DELAY_MS=1",
                "TIMER_DELIVER_MS=9",
                "TIMER_DEL_UNIQKEY=T+1"
            })
    void messagesHeldBackInAWayThatIsNotKnownAreRecognizedByTheirPair(String pair) {
        assertThat(SentProperties.scan(pairs("A=1", pair)).wronglyHeldBackBy()).contains(pair);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELAY=0", "DELAY=00", "DELAY=-1", "TIMER=5", "DELAYED=1"})
    void othersAreNotHeldBack(String pair) {
        assertThat(SentProperties.scan(pairs(pair)).wronglyHeldBackBy()).isEmpty();
        assertThat(SentProperties.scan(pairs(pair)).delayLevel()).isZero();
    }

    @Test
    void delayLevelIsRead() {
        SentProperties properties = SentProperties.scan(pairs("A=1", "DELAY=18", "TAGS=a"));

        assertThat(properties.delayLevel()).isEqualTo(18);
        assertThat(properties.wronglyHeldBackBy()).isEmpty();
        assertThat(properties.stored("")).isEqualTo(pairs("A=1", "DELAY=18", "TAGS=a"));
    }

    @Test
    void delayLevelWinsOverATimeWhichIsDropped() {
        SentProperties properties = SentProperties.scan(pairs("TIMER_DELAY_SEC=5", "A=1", "DELAY=2"));

        assertThat(properties.delayLevel()).isEqualTo(2);
        assertThat(properties.wronglyHeldBackBy()).isEmpty();
        assertThat(properties.stored("")).isEqualTo(pairs("A=1", "DELAY=2"));
    }

    @Test
    void laterDuplicateWins() {
        SentProperties properties = SentProperties.scan(pairs("UNIQ_KEY=old", "DELAY=3", "UNIQ_KEY=new", "DELAY=0"));

        assertThat(properties.uniqueKey()).contains("new");
        assertThat(properties.delayLevel()).isZero();
    }

    @Test
    void levelZeroDoesNotHideATimer() {
        assertThat(SentProperties.scan(pairs("TIMER_DELAY_SEC=5", "DELAY=0")).wronglyHeldBackBy())
                .contains("TIMER_DELAY_SEC=5");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\u0001", "\u0002\u0002", "\u0001v\u0002", "n\u0001\u0002", "no separator", "\u0002n\u0001v"})
    void malformedPiecesAreKeptAndDoNoHarm(String sent) {
        SentProperties properties = SentProperties.scan(sent);

        assertThat(properties.uniqueKey()).isEmpty();
        assertThat(properties.stored(pairs("CLUSTER=c"))).startsWith(sent).endsWith(pairs("CLUSTER=c"));
    }

    private static String pairs(String... pairs) {
        StringBuilder text = new StringBuilder();
        for (String pair : pairs) {
            text.append(pair.replaceFirst("=", "\u0001")).append('\u0002');
        }
        return text.toString();
    }
}
