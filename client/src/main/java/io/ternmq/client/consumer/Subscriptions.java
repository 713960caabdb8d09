package io.ternmq.client.consumer;

import io.ternmq.common.time.Clock;
import io.ternmq.remoting.protocol.body.SubscriptionData;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What a consumer wants to read, by topic. Safe for use by any thread. */
final class Subscriptions {
    private final Clock clock;
    private final Map<String, SubscriptionData> byTopic = new ConcurrentHashMap<>();

    Subscriptions(Clock clock) {
        this.clock = clock;
    }

    /** Sets or replaces the subscription to a topic; the newer one counts at brokers. */
    void put(String topic, MessageSelector selector) {
        byTopic.put(topic, SubscriptionData.of(topic, selector.expression(), selector.type(), clock.wallMillis()));
    }

    void remove(String topic) {
        byTopic.remove(topic);
    }

    Optional<SubscriptionData> find(String topic) {
        return Optional.ofNullable(byTopic.get(topic));
    }

    Set<String> topics() {
        return Set.copyOf(byTopic.keySet());
    }

    List<SubscriptionData> all() {
        return List.copyOf(byTopic.values());
    }
}
