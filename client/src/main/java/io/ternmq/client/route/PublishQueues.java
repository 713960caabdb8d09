package io.ternmq.client.route;

import io.ternmq.common.message.MessageQueue;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The writable queues of a topic and whose turn it is. The list never changes, the turn moves on with each choice. */
public final class PublishQueues {
    private final List<PublishQueue> queues;
    private final List<MessageQueue> names;
    private final boolean severalBrokers;
    private final AtomicInteger turn; // any sender moves it on; handed from each route of the topic to the next

    PublishQueues(List<PublishQueue> queues, AtomicInteger turn) {
        this.queues = List.copyOf(queues);
        this.names = this.queues.stream().map(PublishQueue::queue).toList();
        this.severalBrokers =
                names.stream().map(MessageQueue::getBrokerName).distinct().count() > 1;
        this.turn = turn;
    }

    public boolean isEmpty() {
        return queues.isEmpty();
    }

    /** In the order of broker names and queue ids. */
    public List<MessageQueue> names() {
        return names;
    }

    /** Whether there is another broker to go to when one fails. */
    public boolean areOnSeveralBrokers() {
        return severalBrokers;
    }

    /** The queue whose turn it is. The list must not be empty. */
    public PublishQueue next() {
        return queues.get(Math.floorMod(turn.getAndIncrement(), queues.size()));
    }

    /** The queue whose turn it is among those of other brokers, if there are any, else among all. */
    public PublishQueue nextAvoiding(String brokerName) {
        if (severalBrokers) {
            for (int looked = 0; looked < queues.size(); looked++) {
                PublishQueue candidate = next();
                if (!candidate.queue().getBrokerName().equals(brokerName)) {
                    return candidate;
                }
            }
        }
        return next();
    }

    /**
     * The queue of this name. One that the route does not show is given as well if its broker is in the route: the broker
     * knows which queues it has, and refuses the others.
     */
    public Optional<PublishQueue> find(MessageQueue name) {
        int index = names.indexOf(name);
        if (index >= 0) {
            return Optional.of(queues.get(index));
        }
        return queues.stream()
                .filter(shown -> shown.queue().getTopic().equals(name.getTopic())
                        && shown.queue().getBrokerName().equals(name.getBrokerName()))
                .findFirst()
                .map(shown -> new PublishQueue(name, shown.address()));
    }

    AtomicInteger turn() {
        return turn;
    }
}
