package io.ternmq.broker.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.store.TopicQueue;
import org.junit.jupiter.api.Test;

class QueueTailsTest {
    private final QueueTails tails = new QueueTails();

    @Test
    void aQueueNotSeenYetBeginsAtZero() {
        assertThat(tails.next("T", 0)).isZero();
        tails.advance("T", 0, 5);
        assertThat(tails.next("T", 1)).isZero();
        assertThat(tails.next("T", 1_000_000)).isZero();
        assertThat(tails.next("U", 0)).isZero();
    }

    @Test
    void eachQueueOfEachTopicGoesOnByItself() {
        for (int queueId : new int[] {0, 7, 8, 100, 3, 65_535}) {
            tails.advance("T", queueId, queueId + 1L);
            tails.advance("U", queueId, queueId + 2L);
        }

        for (int queueId : new int[] {0, 7, 8, 100, 3, 65_535}) {
            assertThat(tails.next("T", queueId)).isEqualTo(queueId + 1L);
            assertThat(tails.next("U", queueId)).isEqualTo(queueId + 2L);
        }
    }

    @Test
    void aQueueFoundAtStartGoesOnWhereItEnded() {
        tails.seed(new TopicQueue("T", 9), 1_234_567_890_123L);

        assertThat(tails.next("T", 9)).isEqualTo(1_234_567_890_123L);
    }

    @Test
    void aDroppedTopicBeginsAnewAndOthersStay() {
        tails.advance("T", 0, 5);
        tails.advance("U", 0, 6);

        tails.drop("T");

        assertThat(tails.next("T", 0)).isZero();
        assertThat(tails.next("U", 0)).isEqualTo(6);
    }
}
