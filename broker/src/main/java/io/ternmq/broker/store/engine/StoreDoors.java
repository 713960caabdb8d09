package io.ternmq.broker.store.engine;

import io.ternmq.broker.store.AckPolicy;
import io.ternmq.broker.store.AppendInterceptor;
import io.ternmq.broker.store.ArrivalListener;
import io.ternmq.broker.store.Projection;
import java.util.List;

/**
 * What capabilities put into the store's doors.
 *
 * @param interceptors see messages before they are encoded, in this order
 * @param projections are fed after the consume queues, in this order
 * @param listeners hear of messages as they become readable
 * @param policies must be satisfied, beyond the flush mode, before senders are answered
 */
public record StoreDoors(
        List<AppendInterceptor> interceptors,
        List<Projection> projections,
        List<ArrivalListener> listeners,
        List<AckPolicy> policies) {

    public StoreDoors {
        interceptors = List.copyOf(interceptors);
        projections = List.copyOf(projections);
        listeners = List.copyOf(listeners);
        policies = List.copyOf(policies);
    }

    /** Listeners alone. */
    public static StoreDoors listeners(List<ArrivalListener> listeners) {
        return new StoreDoors(List.of(), List.of(), listeners, List.of());
    }
}
