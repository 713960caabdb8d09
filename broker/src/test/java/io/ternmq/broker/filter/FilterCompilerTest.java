package io.ternmq.broker.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.store.MessageFilter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FilterCompilerTest {
    private static final long TAG_A = 2598919; // Java hash of "TagA"
    private static final long TAG_B = 2598920;

    @ParameterizedTest
    @ValueSource(strings = {"*", "", "  ", " * "})
    void starAndBlankLetEverythingPass(String expression) {
        MessageFilter filter = compiled(FilterCompiler.compile("TAG", expression));

        assertThat(filter.mayMatch(TAG_A)).isTrue();
        assertThat(filter.mayMatch(0)).isTrue();
    }

    @Test
    void oneTagPassesOnlyItsOwnHash() {
        MessageFilter filter = compiled(FilterCompiler.compile("TAG", "TagA"));

        assertThat(filter.mayMatch(TAG_A)).isTrue();
        assertThat(filter.mayMatch(TAG_B)).isFalse();
        assertThat(filter.mayMatch(0)).isFalse();
    }

    @Test
    void tagsAreSplitAtDoubleBarsAndTrimmed() {
        MessageFilter filter = compiled(FilterCompiler.compile("", " TagA ||TagB || "));

        assertThat(filter.mayMatch(TAG_A)).isTrue();
        assertThat(filter.mayMatch(TAG_B)).isTrue();
        assertThat(filter.mayMatch("TagC".hashCode())).isFalse();
    }

    @Test
    void hashesAreComparedSignExtended() {
        int negative = "a tag whose hash is below zero, by chance".hashCode();
        MessageFilter filter = compiled(FilterCompiler.compile("TAG", "x", List.of(negative, -1)));

        assertThat(filter.mayMatch(negative)).isTrue();
        assertThat(filter.mayMatch(-1L)).isTrue();
        assertThat(filter.mayMatch(0xFFFFFFFFL)).isFalse();
    }

    @Test
    void hashesOfAHeartbeatAreTakenAsTheyAre() {
        MessageFilter filter = compiled(FilterCompiler.compile("TAG", "whatever", List.of((int) TAG_B)));

        assertThat(filter.mayMatch(TAG_B)).isTrue();
        assertThat(filter.mayMatch(TAG_A)).isFalse();
    }

    @Test
    void barsWithoutATagAreMalformed() {
        FilterOutcome.Refused refused = refused(FilterCompiler.compile("TAG", "|| ||"));

        assertThat(refused.reason()).isEqualTo(FilterOutcome.Refusal.MALFORMED);
        assertThat(refused.detail()).contains("'|| ||'").contains("expected");
    }

    @Test
    void otherTypesAreRefusedByName() {
        FilterOutcome.Refused refused = refused(FilterCompiler.compile("SQL92", "a > 1", List.of()));

        assertThat(refused.reason()).isEqualTo(FilterOutcome.Refusal.TYPE_NOT_SUPPORTED);
        assertThat(refused.detail()).contains("SQL92");
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
