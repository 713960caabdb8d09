package io.ternmq.broker.store.engine;

import io.ternmq.broker.store.AckPolicy;
import io.ternmq.broker.store.AppendInterceptor;
import io.ternmq.broker.store.ArrivalListener;
import io.ternmq.broker.store.EntryTag;
import io.ternmq.broker.store.Projection;
import java.util.List;
import java.util.Map;

/**
 * What capabilities put into the store's doors.
 *
 * @param interceptors see messages before they are encoded, in this order
 * @param projections are fed after the consume queues, in this order
 * @param listeners hear of messages as they become readable
 * @param entryTags what queue entries carry beside the places of messages, by topic; the hash of the tag for all others
 * @param policies must be satisfied, beyond the flush mode, before senders are answered
 */
public record StoreDoors(
        List<AppendInterceptor> interceptors,
        List<Projection> projections,
        List<ArrivalListener> listeners,
        Map<String, EntryTag> entryTags,
        List<AckPolicy> policies) {

    public StoreDoors {
        interceptors = List.copyOf(interceptors);
        projections = List.copyOf(projections);
        listeners = List.copyOf(listeners);
        entryTags = Map.copyOf(entryTags);
        policies = List.copyOf(policies);
    }

    /** Listeners alone. */
    public static StoreDoors listeners(List<ArrivalListener> listeners) {
        return new StoreDoors(List.of(), List.of(), listeners, Map.of(), List.of());
    }
}
