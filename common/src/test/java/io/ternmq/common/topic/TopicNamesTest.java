package io.ternmq.common.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicNamesTest {

    @ParameterizedTest
    @ValueSource(strings = {"T", "a-Z_0|%", "%RETRY%group", "namespace%topic"})
    void legalNamesHaveNoProblem(String topic) {
        assertThat(TopicNames.problemOf(topic)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a.b", "é", "a/b", "a\u0000", "a\n"})
    void otherCharactersAreAProblem(String topic) {
        assertThat(TopicNames.problemOf(topic))
                .hasValueSatisfying(problem -> assertThat(problem).contains("not allowed"));
    }

    @Test
    void lengthsAreLimited() {
        assertThat(TopicNames.problemOf("")).isPresent();
        assertThat(TopicNames.problemOf("t".repeat(127))).isEmpty();
        assertThat(TopicNames.problemOf("t".repeat(128))).contains("Topic has 128 characters: expected at most 127");
        assertThat(TopicNames.problemOf("%RETRY%" + "g".repeat(248))).isEmpty();
        assertThat(TopicNames.problemOf("%DLQ%" + "g".repeat(251))).isPresent();
        assertThat(GroupNames.problemOf("g".repeat(120))).isEmpty();
        assertThat(GroupNames.problemOf("g".repeat(121))).contains("Group has 121 characters: expected at most 120");
    }

    @Test
    void systemNamesAreKnownByListAndPrefix() {
        assertThat(TopicNames.isSystem("TBW102")).isTrue();
        assertThat(TopicNames.isSystem("rmq_sys_wheel_timer")).isTrue();
        assertThat(TopicNames.isSystem("RMQ_SYS_other")).isFalse();
        assertThat(TopicNames.isClosedToClients("SCHEDULE_TOPIC_XXXX")).isTrue();
        assertThat(TopicNames.isClosedToClients("TBW102")).isFalse();
        assertThat(GroupNames.isSystem("CID_RMQ_SYS_TRANS")).isTrue();
        assertThat(GroupNames.isSystem("TOOLS_CONSUMER")).isTrue();
        assertThat(GroupNames.isSystem("mine")).isFalse();
    }

    @Test
    void derivedNamesLeadBackToTheirGroup() {
        assertThat(TopicNames.retryOf("g")).isEqualTo("%RETRY%g");
        assertThat(TopicNames.deadLetterOf("g")).isEqualTo("%DLQ%g");
        assertThat(TopicNames.groupOf("%RETRY%g")).contains("g");
        assertThat(TopicNames.groupOf("%DLQ%g")).contains("g");
        assertThat(TopicNames.groupOf("T")).isEmpty();
    }

    @Test
    void permissionsAreShownAsOperatorsKnowThem() {
        assertThat(Permission.describe(Permission.READ_WRITE)).isEqualTo("RW-");
        assertThat(Permission.describe(7)).isEqualTo("RWX");
        assertThat(Permission.isValid(7)).isTrue();
        assertThat(Permission.isValid(8)).isFalse();
        assertThat(Permission.isValid(-1)).isFalse();
    }

    @Test
    void unitBitsAreRead() {
        TopicConfig config = new TopicConfig("T", 1, 1, 6, TagMode.SINGLE_TAG, 2, false, Map.of());

        assertThat(config.isUnit()).isFalse();
        assertThat(config.hasUnitSubscription()).isTrue();
    }
}
