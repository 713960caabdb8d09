package io.ternmq.broker.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.store.TopicQueue;
import org.junit.jupiter.api.Test;

class QueueTailsTest {
    private final QueueTails tails = new QueueTails();

    @Test
    void aQueueNotSeenYetBeginsAtZero() {
        assertThat(next("T", 0)).isZero();
        advance("T", 0, 5);
        assertThat(next("T", 1)).isZero();
        assertThat(next("T", 1_000_000)).isZero();
        assertThat(next("U", 0)).isZero();
    }

    @Test
    void eachQueueOfEachTopicGoesOnByItself() {
        for (int queueId : new int[] {0, 7, 8, 100, 3, 65_535}) {
            advance("T", queueId, queueId + 1L);
            advance("U", queueId, queueId + 2L);
        }

        for (int queueId : new int[] {0, 7, 8, 100, 3, 65_535}) {
            assertThat(next("T", queueId)).isEqualTo(queueId + 1L);
            assertThat(next("U", queueId)).isEqualTo(queueId + 2L);
        }
    }

    @Test
    void aQueueFoundAtStartGoesOnWhereItEnded() {
        tails.seed(new TopicQueue("T", 9), 1_234_567_890_123L);

        assertThat(next("T", 9)).isEqualTo(1_234_567_890_123L);
    }

    @Test
    void aDroppedTopicBeginsAnewAndOthersStay() {
        advance("T", 0, 5);
        advance("U", 0, 6);

        tails.drop("T");

        assertThat(next("T", 0)).isZero();
        assertThat(next("U", 0)).isEqualTo(6);
    }

    private long next(String topic, int queueId) {
        return tails.of(topic, queueId)[queueId];
    }

    private void advance(String topic, int queueId, long next) {
        tails.of(topic, queueId)[queueId] = next;
    }
}
