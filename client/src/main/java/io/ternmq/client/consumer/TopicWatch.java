package io.ternmq.client.consumer;

import io.ternmq.client.route.RouteCache;
import io.ternmq.client.route.TopicRoute;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.common.work.DrainingPool;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells listeners of topics that got or lost queues. Owns what they were told last, and the thread that tells them. */
final class TopicWatch implements AutoCloseable {
    private final RouteCache routes;
    private final DrainingPool teller;
    private final Map<String, Watched> watched = new HashMap<>(); // guarded by this

    /** One topic; {@code queues} is empty until its route is known. */
    private record Watched(TopicMessageQueueChangeListener listener, Optional<Set<MessageQueue>> queues) {}

    TopicWatch(String group, RouteCache routes) {
        this.routes = routes;
        this.teller = new DrainingPool("topic-watch-" + group, 1);
    }

    /** Tells a listener of changes from now on; it replaces the topic's listener before. */
    synchronized void watch(String topic, TopicMessageQueueChangeListener listener) {
        watched.put(topic, new Watched(listener, queuesOf(topic)));
    }

    /** Has the routes of watched topics asked for; what has changed is seen by {@link #look}. */
    synchronized void refresh() {
        Set.copyOf(watched.keySet()).forEach(routes::refreshSoon);
    }

    /** Compares what is known with what was told last. Called by timers and network threads. */
    synchronized void look() {
        watched.replaceAll((topic, before) -> {
            Optional<Set<MessageQueue>> now = queuesOf(topic);
            if (now.isEmpty() || now.equals(before.queues)) {
                return before;
            }
            if (before.queues.isPresent()) {
                teller.execute(() -> before.listener.onChanged(topic, now.get()));
            }
            return new Watched(before.listener, now);
        });
    }

    @Override
    public void close() {
        teller.close();
    }

    private Optional<Set<MessageQueue>> queuesOf(String topic) {
        return routes.known(topic).map(TopicRoute::subscribeQueues).map(Set::copyOf);
    }
}
