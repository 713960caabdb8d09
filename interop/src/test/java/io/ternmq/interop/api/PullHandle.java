package io.ternmq.interop.api;

import java.util.Set;

/** A started pull consumer, which leaves queues and offsets to its user. Every method may throw {@link ClientFailure}. */
public interface PullHandle extends AutoCloseable {
    Set<Queue> queues(String topic);

    Pulled pull(Queue queue, String expression, long offset, int maxMessages);

    /** Pulls and lets the broker hold the request, up to its limit, while there is nothing. */
    Pulled pullOrWait(Queue queue, String expression, long offset, int maxMessages);

    /** Writes this group's offset to the broker and waits for its answer. */
    void commit(Queue queue, long offset);

    /** Returns what the broker has for this group, or -1. */
    long committed(Queue queue);

    long minOffset(Queue queue);

    long maxOffset(Queue queue);

    long searchOffset(Queue queue, long timestampMillis);

    long earliestStoreTime(Queue queue);

    @Override
    void close();
}
