package io.ternmq.client.consumer.rebalance;

import io.ternmq.common.message.MessageQueue;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all strategies ask of their arguments, as members of other makes do. Stateless. */
final class Membership {
    private static final Logger log = LoggerFactory.getLogger(Membership.class);

    private Membership() {}

    /**
     * Where a member stands among the others.
     *
     * @return -1 if it is not among them, as after a broker lost its connection: then it gets no queues
     * @throws IllegalArgumentException if there is no member asked for, no queue, or no member at all
     */
    static int indexOf(String currentCID, String consumerGroup, List<MessageQueue> mqAll, List<String> cidAll) {
        if (currentCID == null || currentCID.isEmpty()) {
            throw new IllegalArgumentException("No member is named: currentCID is null or empty");
        }
        if (mqAll == null || mqAll.isEmpty()) {
            throw new IllegalArgumentException("There is no queue to share out: mqAll is null or empty");
        }
        if (cidAll == null || cidAll.isEmpty()) {
            throw new IllegalArgumentException("There is no member to share out to: cidAll is null or empty");
        }
        int index = cidAll.indexOf(currentCID);
        if (index < 0) {
            log.info(
                    "Not among the members of the group. group={} clientId={} of={}",
                    consumerGroup,
                    currentCID,
                    cidAll);
        }
        return index;
    }
}
