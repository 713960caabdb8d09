package io.ternmq.broker.delay;

import io.ternmq.broker.store.ArrivalListener;
import io.ternmq.broker.store.TopicQueue;
import io.ternmq.common.topic.TopicNames;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Wakes the delivery when a message comes to a level that has none waiting; a level whose head is known wakes by its time.
 * Owns a flag for each level.
 */
public final class DelayArrivals implements ArrivalListener {
    // Raised by the delivery before its last look at a queue, lowered by the dispatcher's thread after the queue has
    // moved on: one of the two sees what arrives.
    private final AtomicIntegerArray isAwaited = new AtomicIntegerArray(DelayLevels.COUNT_MAX);

    private volatile Runnable ringDelivery = () -> {}; // set once at start, before the first level is awaited

    /** Has {@code ring} called from now on. */
    public void listen(Runnable ring) {
        ringDelivery = ring;
    }

    /** There may be something to be delivered. */
    void ring() {
        ringDelivery.run();
    }

    /** The next arrival in a queue is to ring. */
    void await(int queueId) {
        isAwaited.set(queueId, 1);
    }

    @Override
    public void attached(Runnable ring) {
        // Nothing is done on the dispatcher's thread but ring.
    }

    @Override
    public boolean listensTo(String topic) {
        return topic.equals(TopicNames.SCHEDULE);
    }

    @Override
    public void arrived(TopicQueue queue, long queueOffset, long tagsHash) {
        int queueId = queue.queueId();
        if (queueId < DelayLevels.COUNT_MAX && isAwaited.get(queueId) != 0) {
            isAwaited.set(queueId, 0);
            ring();
        }
    }

    @Override
    public int doWork() {
        return 0;
    }
}
