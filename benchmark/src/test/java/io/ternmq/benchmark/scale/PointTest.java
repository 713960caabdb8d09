package io.ternmq.benchmark.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.benchmark.scale.Point.Axis;
import io.ternmq.benchmark.scale.Point.Queue;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class PointTest {
    @Test
    void thereAreAsManyQueuesAsSaidInTopicsOfEight() {
        Point point = new Point(Axis.QUEUES, 20);

        assertThat(point.queues()).hasSize(20).doesNotHaveDuplicates();
        assertThat(point.queues())
                .filteredOn(queue -> queue.topic().equals("Scale-1"))
                .hasSize(8);
        assertThat(point.queues())
                .filteredOn(queue -> queue.topic().equals("Scale-2"))
                .extracting(Queue::id)
                .containsExactly(0, 1, 2, 3);
        assertThat(point.connections()).isOne();
    }

    @Test
    void oneQueueIsATopicOfOne() {
        assertThat(new Point(Axis.QUEUES, 1).queues()).containsExactly(new Queue("Scale-0", 0));
    }

    @Test
    void connectionsGrowBesideTheUsualQueues() {
        Point point = new Point(Axis.CONNECTIONS, 100);

        assertThat(point.connections()).isEqualTo(100);
        assertThat(new HashSet<>(point.queues())).hasSize(Point.USUAL_QUEUES);
    }
}
