package io.ternmq.client.route;

import io.ternmq.common.message.MessageQueue;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** The writable queues of a topic and whose turn it is. The list never changes, the turn moves on with each choice. */
public final class PublishQueues {
    private final List<PublishQueue> queues;
    private final List<MessageQueue> names;
    private final List<String> brokerNames;
    private final AtomicInteger turn; // any sender moves it on; handed from each route of the topic to the next

    PublishQueues(List<PublishQueue> queues, AtomicInteger turn) {
        this.queues = List.copyOf(queues);
        this.names = this.queues.stream().map(PublishQueue::queue).toList();
        this.brokerNames =
                names.stream().map(MessageQueue::getBrokerName).distinct().toList();
        this.turn = turn;
    }

    public boolean isEmpty() {
        return queues.isEmpty();
    }

    /** In the order of broker names and queue ids. */
    public List<MessageQueue> names() {
        return names;
    }

    /** Each broker that has a queue, once. */
    public List<String> brokerNames() {
        return brokerNames;
    }

    /** Whether there is another broker to go to when one fails. */
    public boolean areOnSeveralBrokers() {
        return brokerNames.size() > 1;
    }

    /** The queue whose turn it is. The list must not be empty. */
    public PublishQueue next() {
        return queues.get(Math.floorMod(turn.getAndIncrement(), queues.size()));
    }

    /** The queue whose turn it is among those of brokers that are wanted; empty if no queue is. */
    public Optional<PublishQueue> nextOf(Predicate<String> isWanted) {
        int first = turn.getAndIncrement();
        for (int passed = 0; passed < queues.size(); passed++) {
            PublishQueue candidate = queues.get(Math.floorMod(first + passed, queues.size()));
            if (isWanted.test(candidate.queue().getBrokerName())) {
                if (passed > 0) {
                    turn.addAndGet(passed); // whose turn was passed over does not get it next
                }
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
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
