package io.ternmq.interop.api;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/** A started lite pull consumer, used by one thread. Every method may throw {@link ClientFailure}. */
public interface LitePullHandle extends AutoCloseable {
    void subscribe(String topic, String expression);

    /** Subscribes to what meets a condition on properties. */
    void subscribeBySql(String topic, String condition);

    void assign(Collection<Queue> queues);

    Set<Queue> assignment();

    Collection<Queue> queues(String topic);

    List<Received> poll(long timeoutMillis);

    void seek(Queue queue, long offset);

    void seekToBegin(Queue queue);

    void seekToEnd(Queue queue);

    void pause(Collection<Queue> queues);

    void resume(Collection<Queue> queues);

    void commit();

    long committed(Queue queue);

    long offsetForTimestamp(Queue queue, long timestampMillis);

    @Override
    void close();
}
