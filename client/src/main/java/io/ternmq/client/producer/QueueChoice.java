package io.ternmq.client.producer;

import io.ternmq.client.fault.FaultTable;
import io.ternmq.client.route.PublishQueue;
import io.ternmq.client.route.PublishQueues;
import java.util.List;
import java.util.Optional;

/**
 * Chooses among the queues of a topic, each in its turn: not that of the broker that just failed, nor of one that is held
 * off; if there is none such, that of the least bad broker. Stateless.
 */
final class QueueChoice {
    private final FaultTable faults;
    private final boolean avoidsFaults;

    /** @param avoidsFaults whether what the table knows counts */
    QueueChoice(FaultTable faults, boolean avoidsFaults) {
        this.faults = faults;
        this.avoidsFaults = avoidsFaults;
    }

    /** @param queues at least one */
    PublishQueue next(PublishQueues queues, Optional<String> failedBroker) {
        if (!queues.areOnSeveralBrokers()) {
            return queues.next();
        }
        return queues.nextOf(broker -> !isFailed(broker, failedBroker) && (!avoidsFaults || faults.isUsable(broker)))
                .or(() -> leastBad(queues, failedBroker))
                .orElseGet(queues::next);
    }

    private Optional<PublishQueue> leastBad(PublishQueues queues, Optional<String> failedBroker) {
        List<String> others = queues.brokerNames().stream()
                .filter(broker -> !isFailed(broker, failedBroker))
                .toList();
        return faults.leastBad(others).flatMap(least -> queues.nextOf(least::equals));
    }

    private static boolean isFailed(String broker, Optional<String> failedBroker) {
        return failedBroker.isPresent() && failedBroker.get().equals(broker);
    }
}
