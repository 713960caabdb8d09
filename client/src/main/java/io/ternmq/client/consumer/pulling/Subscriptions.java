package io.ternmq.client.consumer.pulling;

import io.ternmq.common.time.Clock;
import io.ternmq.remoting.protocol.body.SubscriptionData;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What a consumer wants to read, by topic. Safe for use by any thread. */
public final class Subscriptions {
    private final Clock clock;
    private final Map<String, SubscriptionData> byTopic = new ConcurrentHashMap<>();

    public Subscriptions(Clock clock) {
        this.clock = clock;
    }

    /** Sets or replaces the subscription to a topic; the newer one counts at brokers. */
    public void put(String topic, String type, String expression) {
        byTopic.put(topic, SubscriptionData.of(topic, expression, type, clock.wallMillis()));
    }

    /** Wants all messages of a topic. */
    public void putAll(String topic) {
        put(topic, SubscriptionData.TAG, SubscriptionData.ALL);
    }

    public void remove(String topic) {
        byTopic.remove(topic);
    }

    public Optional<SubscriptionData> find(String topic) {
        return Optional.ofNullable(byTopic.get(topic));
    }

    public Set<String> topics() {
        return Set.copyOf(byTopic.keySet());
    }

    public List<SubscriptionData> all() {
        return List.copyOf(byTopic.values());
    }
}
