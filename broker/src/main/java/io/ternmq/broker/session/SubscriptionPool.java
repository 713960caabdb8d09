package io.ternmq.broker.session;

import io.ternmq.remoting.protocol.body.SubscriptionData;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One copy of what many subscriptions say alike: topic, expression, tags. Only versions differ from member to member.
 * Owns the copies; used under its owner's lock.
 */
final class SubscriptionPool {
    private static final long NO_VERSION = 0;

    private final int keptMax;
    private final Map<SubscriptionData, SubscriptionData> kept = new HashMap<>(); // by itself, without version

    /** @param keptMax copies kept; at the limit all are dropped, which costs memory and nothing else */
    SubscriptionPool(int keptMax) {
        this.keptMax = keptMax;
    }

    /** The same subscriptions, sharing their parts with those shared before. */
    List<SubscriptionData> shared(List<SubscriptionData> subscriptions) {
        return subscriptions.stream().map(this::shared).toList();
    }

    private SubscriptionData shared(SubscriptionData subscription) {
        if (kept.size() >= keptMax) {
            kept.clear();
        }
        SubscriptionData bare = subscription.withVersion(NO_VERSION);
        SubscriptionData first = kept.putIfAbsent(bare, bare);
        return (first == null ? bare : first).withVersion(subscription.version());
    }
}
