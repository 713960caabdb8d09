package io.ternmq.client.consumer.rebalance;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.common.message.MessageQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AllocateMessageQueueAveragelyTest {
    private static final List<String> CLIENTS = List.of("10.0.0.1@1", "10.0.0.2@1", "10.0.0.3@1");

    private final AllocateMessageQueueAveragely strategy = new AllocateMessageQueueAveragely();

    @Test
    void eightQueuesAmongThreeMembersAreSharedAsOfficialMembersShareThem() {
        assertThat(idsOf(CLIENTS.get(0), 8)).containsExactly(0, 1, 2);
        assertThat(idsOf(CLIENTS.get(1), 8)).containsExactly(3, 4, 5);
        assertThat(idsOf(CLIENTS.get(2), 8)).containsExactly(6, 7);
    }

    @Test
    void withFewerQueuesThanMembersTheLastGetNone() {
        assertThat(idsOf(CLIENTS.get(0), 2)).containsExactly(0);
        assertThat(idsOf(CLIENTS.get(1), 2)).containsExactly(1);
        assertThat(idsOf(CLIENTS.get(2), 2)).isEmpty();
    }

    @Test
    void strangerGetsNone() {
        assertThat(idsOf("10.0.0.9@1", 8)).isEmpty();
    }

    @Test
    void everyQueueHasExactlyOneOwnerWhateverTheNumbers() {
        for (int queues = 1; queues < 20; queues++) {
            for (int clients = 1; clients < 10; clients++) {
                List<String> members =
                        IntStream.range(0, clients).mapToObj(id -> "c" + id).toList();
                List<MessageQueue> all = queues(queues);
                List<MessageQueue> shared = new ArrayList<>();
                members.forEach(member -> shared.addAll(strategy.allocate("G", member, all, members)));

                assertThat(shared).as("%d queues, %d clients", queues, clients).isEqualTo(all);
            }
        }
    }

    private List<Integer> idsOf(String client, int queues) {
        return strategy.allocate("G", client, queues(queues), CLIENTS).stream()
                .map(MessageQueue::getQueueId)
                .toList();
    }

    private static List<MessageQueue> queues(int count) {
        return IntStream.range(0, count)
                .mapToObj(id -> new MessageQueue("TopicTest", "broker-a", id))
                .toList();
    }
}
