package io.ternmq.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** That the checker catches what it is there for: each violation is planted once. */
class OrderCheckerTest {
    private final OrderChecker checker = new OrderChecker();

    @Test
    void orderWithFailuresAndStepsBackIsNoViolation() {
        consume("a", 0);
        fail("a", 1);
        consume("a", 1);
        consume("a", 2);
        consume("b", 1); // the next owner begins where the last one committed
        consume("b", 2);
        consume("b", 3);

        assertThat(checker.violations()).isEmpty();
        assertThat(checker.repeats()).isEqualTo(2);
        assertThat(checker.hasConsumed(1, 4)).isTrue();
    }

    @Test
    void messageThatIsSkippedIsCaught() {
        consume("a", 0);
        consume("a", 2);

        assertThat(checker.violations()).containsExactly("q/2 begins at a before 1");
    }

    @Test
    void messageThatOvertakesOneThatFailedIsCaught() {
        fail("a", 0);
        consume("a", 1);

        assertThat(checker.violations()).containsExactly("q/1 begins at a before 0");
    }

    @Test
    void twoListenersAtWorkOnOneQueueAreCaught() {
        consume("a", 0);
        checker.begin("a", "q", 1);
        checker.begin("b", "q", 1);

        assertThat(checker.violations()).containsExactly("q/1 begins at b while a is at work");
    }

    @Test
    void repeatOutOfOrderIsCaught() {
        consume("a", 0);
        consume("a", 1);
        consume("a", 2);
        consume("b", 0);
        consume("b", 2);

        assertThat(checker.violations()).containsExactly("q/2 is repeated at b before 1");
    }

    @Test
    void queueThatIsNotConsumedToItsEndIsSeen() {
        consume("a", 0);
        fail("a", 1);

        assertThat(checker.hasConsumed(1, 2)).isFalse();
        assertThat(checker.hasConsumed(2, 1)).isFalse();
        assertThat(checker.hasConsumed(1, 1)).isTrue();
    }

    private void consume(String who, int number) {
        checker.begin(who, "q", number);
        checker.end(who, "q", number, true);
    }

    private void fail(String who, int number) {
        checker.begin(who, "q", number);
        checker.end(who, "q", number, false);
    }
}
