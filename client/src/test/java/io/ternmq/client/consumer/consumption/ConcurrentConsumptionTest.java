package io.ternmq.client.consumer.consumption;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import io.ternmq.client.consumer.listener.MessageListenerConcurrently;
import io.ternmq.client.consumer.pulling.ProcessQueue;
import io.ternmq.remoting.protocol.ResponseCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Consumption in no order, stepped by hand: the listener runs on the test's thread. */
class ConcurrentConsumptionTest {
    private final ConsumptionBench bench = new ConsumptionBench();
    private final List<Long> calls = new ArrayList<>();

    @Test
    void messageInTheListenerForTooLongIsGivenBackOnceAndTheQueuesProgressGoesOn() {
        ConcurrentConsumption[] self = new ConcurrentConsumption[1];
        self[0] = consumption((messages, context) -> {
            bench.clock().advance(Duration.ofMinutes(15));
            self[0].giveBackOverdue(List.of(bench.puller()));
            self[0].giveBackOverdue(List.of(bench.puller()));
            return ConsumeConcurrentlyStatus.RECONSUME_LATER; // too late: it is with somebody else
        });

        self[0].offer(bench.puller(), bench.pulled(0));

        assertThat(bench.sentBack()).hasSize(1);
        assertThat(bench.sentBack().get(0).delayLevel()).isEqualTo(3);
        assertThat(bench.position()).hasValue(1);
    }

    @Test
    void messageThatIsNotOverdueOrInNoListenerStays() {
        ConcurrentConsumption[] self = new ConcurrentConsumption[1];
        self[0] = consumption((messages, context) -> {
            bench.clock().advance(Duration.ofMinutes(15).minusMillis(1));
            self[0].giveBackOverdue(List.of(bench.puller()));
            return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
        });
        List<ProcessQueue.Held> held = bench.pulled(0, 1);

        self[0].offer(bench.puller(), held.subList(0, 1));
        bench.clock().advance(Duration.ofHours(1));
        self[0].giveBackOverdue(List.of(bench.puller()));

        assertThat(bench.sentBack()).isEmpty();
    }

    @Test
    void onlyWhatIsBehindTheAckIndexIsDeliveredAgainAtTheLevelAskedFor() {
        bench.batchMax(4);
        ConcurrentConsumption consumption = consumption((messages, context) -> {
            context.setAckIndex(1);
            context.setDelayLevelWhenNextConsume(5);
            return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
        });

        consumption.offer(bench.puller(), bench.pulled(0, 1, 2));

        assertThat(bench.sentBack()).hasSize(1);
        assertThat(bench.sentBack().get(0).delayLevel()).isEqualTo(5);
        assertThat(bench.sentBack().get(0).position()).isEqualTo(bench.positionInLog(2));
    }

    @Test
    void broadcastMessageThatFailsIsNotDeliveredAgain() {
        bench.broadcast();
        ConcurrentConsumption consumption =
                consumption((messages, context) -> ConsumeConcurrentlyStatus.RECONSUME_LATER);

        consumption.offer(bench.puller(), bench.pulled(0));

        assertThat(bench.sentBack()).isEmpty();
        assertThat(bench.sent()).isEmpty();
        assertThat(bench.position()).hasValue(1);
    }

    @Test
    void messageThatNoBrokerTakesForLaterIsConsumedAgainHereAfterFiveSeconds() {
        bench.refuseSends(ResponseCode.SYSTEM_ERROR);
        ConcurrentConsumption consumption = consumption((messages, context) -> {
            calls.add((long) messages.get(0).getReconsumeTimes());
            return calls.size() == 1
                    ? ConsumeConcurrentlyStatus.RECONSUME_LATER
                    : ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
        });

        consumption.offer(bench.puller(), bench.pulled(0));
        bench.scheduler().advance(Duration.ofMillis(4_999));
        int before = calls.size();
        bench.scheduler().advance(Duration.ofMillis(1));

        assertThat(before).isEqualTo(1);
        assertThat(calls).containsExactly(0L, 1L);
        assertThat(bench.position()).hasValue(1);
    }

    private ConcurrentConsumption consumption(MessageListenerConcurrently listener) {
        return new ConcurrentConsumption(bench.settings(), listener, bench.rooms(), bench.threads());
    }
}
