package io.ternmq.client.consumer.consumption;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.client.consumer.listener.ConsumeOrderlyStatus;
import io.ternmq.client.consumer.listener.MessageListenerOrderly;
import io.ternmq.client.consumer.pulling.ProcessQueue;
import io.ternmq.common.message.MessageProperties;
import io.ternmq.common.message.PropertyString;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.session.ConsumeOutcome.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Consumption in order, stepped by hand: the listener runs on the test's thread. */
class OrderedConsumptionTest {
    private final ConsumptionBench bench = new ConsumptionBench();
    private final List<String> calls = new ArrayList<>();
    private final List<String> idle = new ArrayList<>();
    private boolean isOurs = true;

    @Test
    void messagesAreConsumedOneAfterAnotherAndCommitted() {
        OrderedConsumption consumption = consumption(16, succeeding());

        consumption.offer(bench.puller(), bench.pulled(0, 1, 2));

        assertThat(calls).containsExactly("0", "1", "2");
        assertThat(bench.position()).hasValue(3);
    }

    @Test
    void nothingIsConsumedWhileAnotherMemberHasTheQueueAndAllInOrderAfterwards() {
        OrderedConsumption consumption = consumption(16, succeeding());
        isOurs = false;
        consumption.offer(bench.puller(), bench.pulled(0, 1));
        List<String> before = List.copyOf(calls);

        isOurs = true;
        consumption.goOn(bench.queue());

        assertThat(before).isEmpty();
        assertThat(calls).containsExactly("0", "1");
    }

    @Test
    void whatEndsAfterTheQueueWasLostToAnotherMemberMovesNoOffset() {
        OrderedConsumption consumption = consumption(16, (messages, context) -> {
            isOurs = false;
            return ConsumeOrderlyStatus.SUCCESS;
        });

        consumption.offer(bench.puller(), bench.pulled(0, 1));

        assertThat(bench.position()).isEmpty();
    }

    @Test
    void messageThatFailsComesAgainAfterThePauseAndHoldsUpWhatIsBehindIt() {
        OrderedConsumption consumption = consumption(16, failingTimes(2, -1));

        consumption.offer(bench.puller(), bench.pulled(0, 1));
        List<String> atOnce = List.copyOf(calls);
        bench.scheduler().advance(Duration.ofMillis(999));
        List<String> justBefore = List.copyOf(calls);
        bench.scheduler().advance(Duration.ofSeconds(2));

        assertThat(atOnce).containsExactly("0 fails");
        assertThat(justBefore).containsExactly("0 fails");
        assertThat(calls).containsExactly("0 fails", "0 fails", "0", "1");
        assertThat(bench.position()).hasValue(2);
    }

    @Test
    void pauseThatTheListenerAsksForIsHeededWithinLimits() {
        OrderedConsumption consumption = consumption(16, failingTimes(2, 60_000));

        consumption.offer(bench.puller(), bench.pulled(0));
        bench.scheduler().advance(Duration.ofSeconds(29));
        int before = calls.size();
        bench.scheduler().advance(Duration.ofSeconds(1));

        assertThat(before).isEqualTo(1);
        assertThat(calls).hasSize(2);
    }

    @Test
    void messageWhoseDeliveriesAreUsedUpIsGivenUpAndItsQueueGoesOnAtOnce() {
        OrderedConsumption consumption = consumption(2, (messages, context) -> {
            calls.add(Long.toString(messages.get(0).getQueueOffset()));
            return messages.get(0).getQueueOffset() == 0
                    ? ConsumeOrderlyStatus.SUSPEND_CURRENT_QUEUE_A_MOMENT
                    : ConsumeOrderlyStatus.SUCCESS;
        });

        consumption.offer(bench.puller(), bench.pulled(0, 1));
        bench.scheduler().advance(Duration.ofSeconds(2));

        assertThat(calls).containsExactly("0", "0", "0", "1");
        assertThat(bench.position()).hasValue(2);
        assertThat(bench.sent()).hasSize(1);
        assertThat(bench.sent().get(0).topic()).isEqualTo("%RETRY%G");
        assertThat(bench.sent().get(0).reconsumeTimes()).isEqualTo(3);
        assertThat(bench.sent().get(0).reconsumeTimesMax()).hasValue(2);
        assertThat(PropertyString.find(bench.sent().get(0).properties(), MessageProperties.RETRY_TOPIC))
                .hasValue("T");
    }

    @Test
    void messageThatNoBrokerTakesWhenItIsGivenUpComesAgain() {
        bench.refuseSends(ResponseCode.SYSTEM_ERROR);
        OrderedConsumption consumption = consumption(0, failingTimes(1, -1));

        consumption.offer(bench.puller(), bench.pulled(0, 1));
        bench.scheduler().advance(Duration.ofSeconds(1));

        assertThat(calls).containsExactly("0 fails", "0", "1");
    }

    @Test
    void queueThatIsLeftWhileItPausesIsDrainedAndNotConsumedAgain() {
        OrderedConsumption consumption = consumption(16, failingTimes(1, -1));
        consumption.offer(bench.puller(), bench.pulled(0, 1));
        List<String> drained = new ArrayList<>();

        bench.processQueue().drain(() -> drained.add("drained"));
        bench.scheduler().advance(Duration.ofMinutes(1));

        assertThat(drained).containsExactly("drained");
        assertThat(calls).containsExactly("0 fails");
        assertThat(consumption.isBusy(bench.queue())).isFalse();
    }

    @Test
    void listenerAtWorkOnAQueueThatWasGivenUpIsSaidToBeDoneOnlyWhenItIs() {
        List<Boolean> busyInside = new ArrayList<>();
        OrderedConsumption[] self = new OrderedConsumption[1];
        self[0] = consumption(16, (messages, context) -> {
            bench.processQueue().drop();
            busyInside.add(self[0].isBusy(bench.queue()));
            busyInside.add(!idle.isEmpty());
            return ConsumeOrderlyStatus.SUCCESS;
        });

        self[0].offer(bench.puller(), bench.pulled(0, 1));

        assertThat(busyInside).containsExactly(true, false);
        assertThat(idle).containsExactly("T 0");
        assertThat(self[0].isBusy(bench.queue())).isFalse();
    }

    @Test
    void batchIsConsumedAsAWholeOrComesAgainAsAWhole() {
        bench.batchMax(2);
        OrderedConsumption consumption = consumption(16, (messages, context) -> {
            calls.add(messages.get(0).getQueueOffset() + "+" + messages.size());
            return calls.size() == 1
                    ? ConsumeOrderlyStatus.SUSPEND_CURRENT_QUEUE_A_MOMENT
                    : ConsumeOrderlyStatus.SUCCESS;
        });

        consumption.offer(bench.puller(), bench.pulled(0, 1, 2));
        bench.scheduler().advance(Duration.ofSeconds(1));

        assertThat(calls).containsExactly("0+2", "0+2", "2+1");
    }

    @Test
    void operatorsTryShowsWhatTheListenerSays() {
        OrderedConsumption consumption = consumption(16, (messages, context) -> ConsumeOrderlyStatus.ROLLBACK);
        ProcessQueue.Held held = bench.pulled(0).get(0);

        var outcome = consumption.consumeDirectly(bench.queue(), held.message());

        assertThat(outcome)
                .isCompletedWithValueMatching(
                        told -> told.isOrdered() && told.commitsByItself() && told.verdict() == Verdict.CR_ROLLBACK);
    }

    private OrderedConsumption consumption(int timesMax, MessageListenerOrderly listener) {
        bench.reconsumeTimesMax(timesMax);
        return new OrderedConsumption(
                bench.settings(),
                listener,
                bench.rooms(),
                bench.threads(),
                queue -> isOurs,
                queue -> idle.add(queue.getTopic() + " " + queue.getQueueId()));
    }

    private MessageListenerOrderly succeeding() {
        return failingTimes(0, -1);
    }

    private MessageListenerOrderly failingTimes(int times, long pauseMillis) {
        return (messages, context) -> {
            String offset = Long.toString(messages.get(0).getQueueOffset());
            boolean fails = calls.size() < times;
            calls.add(fails ? offset + " fails" : offset);
            context.setSuspendCurrentQueueTimeMillis(pauseMillis);
            return fails ? ConsumeOrderlyStatus.SUSPEND_CURRENT_QUEUE_A_MOMENT : ConsumeOrderlyStatus.SUCCESS;
        };
    }
}
