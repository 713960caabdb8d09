package io.ternmq.broker.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TopicQueueTest {
    private final TopicQueue queue = new TopicQueue("orders", 3);

    @Test
    void sameTopicAndIdAreTheSameQueue() {
        TopicQueue same = new TopicQueue(new String("orders".toCharArray()), 3);

        assertThat(queue).isEqualTo(same).hasSameHashCodeAs(same);
    }

    @Test
    void anotherTopicOrIdIsAnotherQueue() {
        assertThat(queue)
                .isNotEqualTo(new TopicQueue("orders", 4))
                .isNotEqualTo(new TopicQueue("payments", 3))
                .isNotEqualTo(null)
                .isNotEqualTo("orders-3");
    }

    @Test
    void neighboursDoNotShareAHash() {
        assertThat(queue.hashCode()).isNotEqualTo(new TopicQueue("orders", 4).hashCode());
    }
}
