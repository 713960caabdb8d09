package io.ternmq.broker.offset;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.offset.ConsumerOffsets.CommitOutcome;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ConsumerOffsetsTest {
    private final ConsumerOffsets offsets = new ConsumerOffsets(3);

    @Test
    void unknownQueueHasNoOffset() {
        assertThat(offsets.committed("G", "T", 0)).isEmpty();
    }

    @Test
    void latestCommitWinsAlsoASmallerOne() {
        offsets.commit("G", "T", 0, 10);
        offsets.commit("G", "T", 0, 4);

        assertThat(offsets.committed("G", "T", 0)).hasValue(4);
        assertThat(offsets.committed("G", "T", 1)).isEmpty();
        assertThat(offsets.committed("H", "T", 0)).isEmpty();
    }

    @Test
    void lowerCommitsAreCounted() {
        offsets.commit("G", "T", 0, 10);
        offsets.commit("G", "T", 0, 10);
        offsets.commit("G", "T", 0, 12);
        assertThat(offsets.lowered()).isZero();

        offsets.commit("G", "T", 0, 4);
        offsets.commit("G", "T", 0, 3);

        assertThat(offsets.lowered()).isEqualTo(2);
    }

    @Test
    void resetCountsAtOnceAndAgainstCommitsUntilItIsTaken() {
        offsets.commit("G", "T", 0, 10);

        offsets.reset("G", "T", 0, 4);

        assertThat(offsets.committed("G", "T", 0)).hasValue(4);
        assertThat(offsets.commit("G", "T", 0, 11)).isEqualTo(CommitOutcome.RESET_WAITS);
        assertThat(offsets.committed("G", "T", 0)).hasValue(4);
        assertThat(offsets.commit("H", "T", 0, 1)).isEqualTo(CommitOutcome.COMMITTED);
        assertThat(offsets.commit("G", "T", 1, 1)).isEqualTo(CommitOutcome.COMMITTED);
        assertThat(offsets.takeReset("G", "T", 1)).isEmpty();

        assertThat(offsets.takeReset("G", "T", 0)).hasValue(4);
        assertThat(offsets.takeReset("G", "T", 0)).isEmpty();
        assertThat(offsets.commit("G", "T", 0, 5)).isEqualTo(CommitOutcome.COMMITTED);
    }

    @Test
    void laterResetReplacesAnEarlierOneAndARemovedGroupHasNone() {
        offsets.reset("G", "T", 0, 4);
        offsets.reset("G", "T", 0, 7);
        assertThat(offsets.takeReset("G", "T", 0)).hasValue(7);
        assertThat(offsets.takeReset("G", "T", 0)).isEmpty();

        offsets.reset("G", "T", 0, 4);
        offsets.removeGroup("G");

        assertThat(offsets.takeReset("G", "T", 0)).isEmpty();
        assertThat(offsets.commit("G", "T", 0, 1)).isEqualTo(CommitOutcome.COMMITTED);
    }

    @Test
    void fullTableTakesNoResetOfANewQueue() {
        offsets.commit("G", "T", 0, 1);
        offsets.commit("G", "T", 1, 1);
        offsets.commit("H", "T", 0, 1);

        assertThat(offsets.reset("H", "T", 1, 0)).isEqualTo(CommitOutcome.TABLE_FULL);

        assertThat(offsets.takeReset("H", "T", 1)).isEmpty();
        assertThat(offsets.reset("H", "T", 0, 0)).isEqualTo(CommitOutcome.COMMITTED);
    }

    @Test
    void copyHasWhatTheOtherGroupHas() {
        offsets.commit("G", "T", 0, 5);

        assertThat(offsets.copy("G", "H", "T")).isEqualTo(CommitOutcome.COMMITTED);
        assertThat(offsets.copy("G", "H", "U")).isEqualTo(CommitOutcome.COMMITTED);

        assertThat(offsets.committed("H", "T", 0)).hasValue(5);
        assertThat(offsets.groupsOf("T")).containsExactly("G", "H");
        offsets.commit("G", "T", 1, 6);
        assertThat(offsets.copy("G", "Full", "T")).isEqualTo(CommitOutcome.TABLE_FULL);
    }

    @Test
    void atTheLimitOnlyKnownQueuesMoveOn() {
        offsets.commit("G", "T", 0, 1);
        offsets.commit("G", "T", 1, 1);
        offsets.commit("H", "T", 0, 1);

        assertThat(offsets.commit("H", "T", 1, 1)).isEqualTo(CommitOutcome.TABLE_FULL);
        assertThat(offsets.commit("G", "T", 1, 2)).isEqualTo(CommitOutcome.COMMITTED);
        assertThat(offsets.committed("H", "T", 1)).isEmpty();

        offsets.removeGroup("G");
        assertThat(offsets.commit("H", "T", 1, 1)).isEqualTo(CommitOutcome.COMMITTED);
    }

    @Test
    void removedTopicIsForgottenForAllGroups() {
        offsets.commit("G", "T", 0, 1);
        offsets.commit("H", "T", 0, 1);
        offsets.commit("G", "U", 0, 1);

        offsets.removeTopic("T");

        assertThat(offsets.snapshot()).isEqualTo(Map.of("U@G", Map.of(0, 1L)));
        assertThat(offsets.topicsOf("G")).containsExactly("U");
    }

    @Test
    void changeIsTakenOnce() {
        assertThat(offsets.takeChanged()).isFalse();

        offsets.commit("G", "T", 0, 1);

        assertThat(offsets.takeChanged()).isTrue();
        assertThat(offsets.takeChanged()).isFalse();
        offsets.removeGroup("G");
        assertThat(offsets.takeChanged()).isTrue();
    }

    @Test
    void keysReadAsTheyAreWritten() {
        assertThat(GroupTopic.parse("%RETRY%G@G")).contains(new GroupTopic("G", "%RETRY%G"));
        assertThat(GroupTopic.parse("T@G@H")).isEmpty();
        assertThat(GroupTopic.parse("@G")).isEmpty();
        assertThat(GroupTopic.parse("T@")).isEmpty();
        assertThat(GroupTopic.parse("T")).isEmpty();
    }
}
