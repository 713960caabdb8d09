package io.ternmq.broker.store;

import io.ternmq.common.work.Worker;

/**
 * Hears of every message that has become readable, and lives on the dispatcher's thread: all methods are called by it
 * alone, so what a listener keeps needs no lock, and nothing can arrive between its look at a queue and its wait. It is
 * stepped before it hears of arrivals and after.
 */
public interface ArrivalListener extends Worker {

    /**
     * Called once before the first arrival.
     *
     * @param ring makes the dispatcher's thread call {@link #doWork()} soon; may be called by any thread
     */
    void attached(Runnable ring);

    /** Whether it is to hear of a topic's messages; asked once for each queue, before its first. */
    default boolean listensTo(String topic) {
        return true;
    }

    /**
     * A message became readable. Must not block and must not throw.
     *
     * @param queueOffset its offset
     * @param tagsHash hash of its tag, 0 without one
     */
    void arrived(TopicQueue queue, long queueOffset, long tagsHash);

    /**
     * Whether somebody waits for what may arrive, or has waited since this was asked last, and is to hear of it without
     * delay.
     */
    default boolean takeAwaited() {
        return false;
    }
}
