package io.ternmq.broker.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.store.MessageFilter;
import io.ternmq.broker.store.Records;
import io.ternmq.common.config.Settings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FilterCompilerTest {
    private static final long TAG_A = 2598919; // Java hash of "TagA"
    private static final long TAG_B = 2598920;

    private Settings settings = Settings.empty();
    private final FilterCompiler filters = new FilterCompiler(() -> FilterConfig.from(settings));

    @ParameterizedTest
    @ValueSource(strings = {"*", "", "  ", " * "})
    void starAndBlankLetEverythingPass(String expression) {
        MessageFilter filter = compiled(filters.compile("TAG", expression));

        assertThat(filter.mayMatch(TAG_A)).isTrue();
        assertThat(filter.mayMatch(0)).isTrue();
    }

    @Test
    void oneTagPassesOnlyItsOwnHash() {
        MessageFilter filter = compiled(filters.compile("TAG", "TagA"));

        assertThat(filter.mayMatch(TAG_A)).isTrue();
        assertThat(filter.mayMatch(TAG_B)).isFalse();
        assertThat(filter.mayMatch(0)).isFalse();
    }

    @Test
    void tagsAreSplitAtDoubleBarsAndTrimmed() {
        MessageFilter filter = compiled(filters.compile("", " TagA ||TagB || "));

        assertThat(filter.mayMatch(TAG_A)).isTrue();
        assertThat(filter.mayMatch(TAG_B)).isTrue();
        assertThat(filter.mayMatch("TagC".hashCode())).isFalse();
    }

    @Test
    void hashesAreComparedSignExtended() {
        int negative = "a tag whose hash is below zero, by chance".hashCode();
        MessageFilter filter = compiled(filters.compile("TAG", "x", List.of(negative, -1)));

        assertThat(filter.mayMatch(negative)).isTrue();
        assertThat(filter.mayMatch(-1L)).isTrue();
        assertThat(filter.mayMatch(0xFFFFFFFFL)).isFalse();
    }

    @Test
    void hashesOfAHeartbeatAreTakenAsTheyAre() {
        MessageFilter filter = compiled(filters.compile("TAG", "whatever", List.of((int) TAG_B)));

        assertThat(filter.mayMatch(TAG_B)).isTrue();
        assertThat(filter.mayMatch(TAG_A)).isFalse();
    }

    @Test
    void barsWithoutATagAreMalformed() {
        FilterOutcome.Refused refused = refused(filters.compile("TAG", "|| ||"));

        assertThat(refused.reason()).isEqualTo(FilterOutcome.Refusal.MALFORMED);
        assertThat(refused.detail()).contains("'|| ||'").contains("expected");
    }

    @Test
    void otherTypesAreRefusedByName() {
        FilterOutcome.Refused refused = refused(filters.compile("REGEX", "a", List.of()));

        assertThat(refused.reason()).isEqualTo(FilterOutcome.Refusal.TYPE_NOT_SUPPORTED);
        assertThat(refused.detail()).contains("REGEX");
    }

    @Test
    void conditionReadsEveryRecordWhateverItsTag() {
        MessageFilter filter = compiled(filters.compile("SQL92", "a > 1", List.of()));

        assertThat(filter.readsRecord()).isTrue();
        assertThat(filter.mayMatch(TAG_A)).isTrue();
        assertThat(filter.mayMatch(0)).isTrue();
        assertThat(filter.matches(Records.with(Map.of("a", "2")))).isTrue();
        assertThat(filter.matches(Records.with(Map.of("a", "1")))).isFalse();
        assertThat(filter.matches(Records.with(Map.of()))).isFalse();
    }

    @Test
    void conditionIsCompiledOnce() {
        assertThat(compiled(filters.compile("SQL92", "a > 1"))).isSameAs(compiled(filters.compile("SQL92", "a > 1")));
    }

    @Test
    void badConditionIsRefusedWithPlaceAndReason() {
        FilterOutcome.Refused refused = refused(filters.compile("SQL92", "a > 1 AND b >"));

        assertThat(refused.reason()).isEqualTo(FilterOutcome.Refusal.MALFORMED);
        assertThat(refused.detail()).contains("at character 14: expected a name", "found the end");
    }

    @Test
    void conditionsAreRefusedWhileTheSettingIsOff() {
        settings = settings.with("enablePropertyFilter", "false");
        FilterOutcome.Refused refused = refused(filters.compile("SQL92", "a > 1"));

        assertThat(refused.reason()).isEqualTo(FilterOutcome.Refusal.TYPE_NOT_SUPPORTED);
        assertThat(refused.detail())
                .contains("does not support consumer to filter message by SQL92", "enablePropertyFilter");
    }

    @Test
    void theMoreAConditionLooksAtTheFewerMessagesAreLookedAtInOneRead() {
        MessageFilter brief = compiled(filters.compile("SQL92", "a IS NULL"));
        MessageFilter longest = compiled(filters.compile("SQL92", "a = 1 OR ".repeat(511) + "a = 1"));

        assertThat(brief.lookedAtMax()).isEqualTo(1024);
        assertThat(longest.lookedAtMax()).isEqualTo(31);
    }

    @Test
    void messageThatComesAgainIsLookedAtWithTheConditionOfItsTopic() {
        MessageFilter condition = compiled(filters.compile("SQL92", "a > 1"));
        MessageFilter filter = FilterCompiler.forRetries(
                MessageFilter.ALL, topic -> topic.equals("T") ? condition : MessageFilter.ALL);

        assertThat(filter.readsRecord()).isTrue();
        assertThat(filter.matches(Records.with(Map.of("RETRY_TOPIC", "T", "a", "2"))))
                .isTrue();
        assertThat(filter.matches(Records.with(Map.of("RETRY_TOPIC", "T", "a", "1"))))
                .isFalse();
        assertThat(filter.matches(Records.with(Map.of("RETRY_TOPIC", "U", "a", "1"))))
                .isTrue();
        assertThat(filter.matches(Records.with(Map.of("a", "1")))).isTrue();
    }

    private static MessageFilter compiled(FilterOutcome outcome) {
        return outcome.fold(FilterOutcome.Compiled::filter, refused -> {
            throw new AssertionError(refused);
        });
    }

    private static FilterOutcome.Refused refused(FilterOutcome outcome) {
        return outcome.fold(
                compiled -> {
                    throw new AssertionError(compiled);
                },
                refused -> refused);
    }
}
