package io.ternmq.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ternmq.interop.api.AdminHandle;
import io.ternmq.interop.api.Queue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Who has which queues of a topic, as the members themselves say. */
final class Ownership {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final AdminHandle admin;
    private final String group;
    private final String topic;
    private final int queues;

    Ownership(AdminHandle admin, String group, String topic, int queues) {
        this.admin = admin;
        this.group = group;
        this.topic = topic;
        this.queues = queues;
    }

    /** Waits until there are so many members and each queue has exactly one of them, in neighbouring runs. */
    void awaitMembers(int count) {
        await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .untilAsserted(() -> {
                    Map<String, Set<Queue>> owned = new TreeMap<>(admin.ownedQueues(group, topic));
                    assertThat(owned).hasSize(count);
                    List<Integer> inOrderOfMembers = new ArrayList<>();
                    owned.values()
                            .forEach(of -> of.stream().map(Queue::id).sorted().forEach(inOrderOfMembers::add));
                    assertThat(inOrderOfMembers)
                            .as("%s", owned)
                            .isEqualTo(IntStream.range(0, queues).boxed().toList());
                });
    }
}
