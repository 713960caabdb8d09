package io.ternmq.client.consumer;

import io.ternmq.client.consumer.pulling.ProcessQueue;
import io.ternmq.client.consumer.pulling.QueuePuller;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * What pullers have found and no poll has taken yet. Owns it; its size is bounded by the limits of the queues. Safe for
 * use by any thread.
 */
final class PolledMessages {
    private final LinkedBlockingQueue<Found> waiting = new LinkedBlockingQueue<>();

    /** Messages of one pull. */
    record Found(QueuePuller from, List<ProcessQueue.Held> messages) {}

    void add(QueuePuller from, List<ProcessQueue.Held> messages) {
        waiting.add(new Found(from, messages));
    }

    /** The messages of one pull whose queue is still ours; empty if the time is up first. */
    List<Found> take(long timeoutNanos) throws InterruptedException {
        Found found = waiting.poll(timeoutNanos, TimeUnit.NANOSECONDS);
        return found == null ? List.of() : List.of(found);
    }

    /** Drops what came from queues that have been given up. */
    void forgetDropped() {
        waiting.removeIf(found -> found.from().processQueue().isDropped());
    }
}
