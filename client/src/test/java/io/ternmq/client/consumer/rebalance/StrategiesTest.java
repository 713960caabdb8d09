package io.ternmq.client.consumer.rebalance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ternmq.common.message.MessageQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The strategies by example; module interop compares them with those of other makes on thousands of inputs. */
class StrategiesTest {
    private static final List<String> MEMBERS = List.of("a-1", "a-2", "b-1");

    @Test
    void circleDealsInTurns() {
        var strategy = new AllocateMessageQueueAveragelyByCircle();

        assertThat(ids(strategy.allocate("G", "a-2", queues("x", 8), MEMBERS))).containsExactly(1, 4, 7);
        assertThat(strategy.allocate("G", "stranger", queues("x", 8), MEMBERS)).isEmpty();
    }

    @Test
    void machineRoomSharesOutItsOwnQueuesAndWhatIsLeftLiesBehind() {
        var strategy = new AllocateMessageQueueByMachineRoom();
        strategy.setConsumeridcs(Set.of("a"));
        List<MessageQueue> queues = new ArrayList<>(queues("a@x", 7));
        queues.addAll(queues("b@x", 7));

        assertThat(strategy.allocate("G", "a-1", queues, MEMBERS))
                .containsExactly(queues.get(0), queues.get(1), queues.get(6));
        assertThat(strategy.allocate("G", "b-1", queues, MEMBERS)).containsExactly(queues.get(4), queues.get(5));
    }

    @Test
    void nearbyGivesQueuesToMembersInTheirRoomAndThoseOfEmptyRoomsToAll() {
        var strategy = new AllocateMachineRoomNearby(new AllocateMessageQueueAveragely(), new ByFirstLetter());
        List<MessageQueue> queues = new ArrayList<>(queues("a", 2));
        queues.addAll(queues("b", 2));
        queues.addAll(queues("c", 3));

        assertThat(strategy.allocate("G", "a-1", queues, MEMBERS)).containsExactly(queues.get(0), queues.get(4));
        assertThat(strategy.allocate("G", "b-1", queues, MEMBERS))
                .containsExactly(queues.get(2), queues.get(3), queues.get(6));
    }

    @Test
    void memberOrQueueInNoRoomIsRefused() {
        var strategy = new AllocateMachineRoomNearby(new AllocateMessageQueueAveragely(), new ByFirstLetter());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> strategy.allocate("G", "a-1", queues("", 1), MEMBERS))
                .withMessageContaining("brokerName=,");
    }

    @Test
    void configurationCountsWhoeverElseIsInTheGroup() {
        var strategy = new AllocateMessageQueueByConfig();
        strategy.setMessageQueueList(queues("x", 2));

        assertThat(strategy.allocate("G", "a-1", queues("y", 8), MEMBERS)).isEqualTo(queues("x", 2));
    }

    @Test
    void consistentHashGivesEveryQueueOneOwner() {
        var strategy = new AllocateMessageQueueConsistentHash();
        List<MessageQueue> given = new ArrayList<>();
        MEMBERS.forEach(member -> given.addAll(strategy.allocate("G", member, queues("x", 32), MEMBERS)));

        assertThat(given).containsExactlyInAnyOrderElementsOf(queues("x", 32));
    }

    @Test
    void strategiesRefuseArgumentsThatAreMissing() {
        var strategy = new AllocateMessageQueueAveragely();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> strategy.allocate("G", "", queues("x", 1), MEMBERS))
                .withMessageContaining("currentCID");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> strategy.allocate("G", "a-1", List.of(), MEMBERS))
                .withMessageContaining("mqAll");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> strategy.allocate("G", "a-1", queues("x", 1), List.of()))
                .withMessageContaining("cidAll");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AllocateMessageQueueConsistentHash(-1))
                .withMessageContaining("virtualNodeCnt=-1");
    }

    private static List<MessageQueue> queues(String broker, int count) {
        return IntStream.range(0, count)
                .mapToObj(id -> new MessageQueue("T", broker, id))
                .toList();
    }

    private static List<Integer> ids(List<MessageQueue> queues) {
        return queues.stream().map(MessageQueue::getQueueId).toList();
    }

    /** The first letter of a name is its room. */
    private static final class ByFirstLetter implements AllocateMachineRoomNearby.MachineRoomResolver {
        @Override
        public String brokerDeployIn(MessageQueue messageQueue) {
            String name = messageQueue.getBrokerName();
            return name.isEmpty() ? "" : name.substring(0, 1);
        }

        @Override
        public String consumerDeployIn(String clientID) {
            return clientID.substring(0, 1);
        }
    }
}
