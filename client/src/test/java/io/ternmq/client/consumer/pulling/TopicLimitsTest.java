package io.ternmq.client.consumer.pulling;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TopicLimitsTest {
    private static final QueueLimits OF_QUEUE = new QueueLimits(1_000, 1_000_000, 2_000);

    @Test
    void withoutLimitsOfItsOwnATopicsQueuesKeepTheirs() {
        assertThat(new TopicLimits(OF_QUEUE, -1, -1).among(4)).isEqualTo(OF_QUEUE);
    }

    @Test
    void limitsOfTheTopicAreSharedOutAmongTheQueuesThatTheConsumerHas() {
        assertThat(new TopicLimits(OF_QUEUE, 4_000, 800).among(8)).isEqualTo(new QueueLimits(500, 100, 2_000));
    }

    @Test
    void everyQueueMayHoldAtLeastOneMessage() {
        assertThat(new TopicLimits(OF_QUEUE, 3, 3).among(8)).isEqualTo(new QueueLimits(1, 1, 2_000));
    }
}
