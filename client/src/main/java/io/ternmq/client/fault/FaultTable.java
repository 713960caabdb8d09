package io.ternmq.client.fault;

import io.ternmq.common.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * What a producer has learned about its brokers, by broker name. Owns it. Safe for use by any thread; never blocks. Brokers
 * that left every route are forgotten by the detector.
 */
public final class FaultTable {
    private final HoldOffs holdOffs;
    private final Clock clock;
    private final ConcurrentMap<String, BrokerHealth> brokers = new ConcurrentHashMap<>();

    public FaultTable(HoldOffs holdOffs, Clock clock) {
        this.holdOffs = holdOffs;
        this.clock = clock;
    }

    /** What is known of a broker, to be told more. */
    public BrokerHealth of(String brokerName) {
        BrokerHealth known = brokers.get(brokerName);
        return known == null ? brokers.computeIfAbsent(brokerName, name -> new BrokerHealth(holdOffs, clock)) : known;
    }

    /** Whether nothing speaks against sending to a broker now. */
    public boolean isUsable(String brokerName) {
        BrokerHealth known = brokers.get(brokerName);
        return known == null || !known.isHeldOff();
    }

    /** Of brokers that are all held off, the one to go to nevertheless. */
    public Optional<String> leastBad(Collection<String> brokerNames) {
        return brokerNames.stream().min(Comparator.comparing(name -> of(name).badness()));
    }

    /** Brokers that were not reached last time. */
    List<String> away() {
        return brokers.entrySet().stream()
                .filter(entry -> entry.getValue().isAway())
                .map(Map.Entry::getKey)
                .toList();
    }

    void forget(String brokerName) {
        brokers.remove(brokerName);
    }
}
