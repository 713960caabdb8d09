package io.ternmq.namesrv.route;

import io.ternmq.remoting.server.Connection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Who is believed to be alive. Used under the table's lock. */
final class LiveBrokers {
    private final Map<BrokerKey, LiveBroker> brokers = new LinkedHashMap<>();

    int size() {
        return brokers.size();
    }

    Optional<LiveBroker> find(BrokerKey key) {
        return Optional.ofNullable(brokers.get(key));
    }

    void put(LiveBroker broker) {
        brokers.put(BrokerKey.of(broker.broker()), broker);
    }

    Optional<LiveBroker> remove(BrokerKey key) {
        return Optional.ofNullable(brokers.remove(key));
    }

    void renew(BrokerKey key, long nowNanos) {
        brokers.computeIfPresent(key, (same, broker) -> broker.renewedAt(nowNanos));
    }

    List<LiveBroker> removeExpired(long nowNanos) {
        return removeIf(broker -> broker.isExpiredAt(nowNanos));
    }

    List<LiveBroker> removeOn(Connection connection) {
        return removeIf(broker -> broker.connection() == connection);
    }

    private List<LiveBroker> removeIf(Predicate<LiveBroker> gone) {
        List<LiveBroker> removed = new ArrayList<>();
        brokers.values().removeIf(broker -> gone.test(broker) && removed.add(broker));
        return removed;
    }
}
