package io.ternmq.namesrv.route;

import io.ternmq.remoting.protocol.route.BrokerRoute;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How brokers look from one port of the name server: whoever asks there is told the addresses that brokers advertise for
 * that listener, and for brokers without one the address that they have registered.
 *
 * @param listener name of the listener; empty for the port that every name server has
 */
public record ListenerView(Optional<String> listener) {

    /** The port that every name server has. */
    public static ListenerView main() {
        return new ListenerView(Optional.empty());
    }

    BrokerRoute of(BrokerRoute broker, Routes routes) {
        if (listener.isEmpty() || routes.listeners().isEmpty()) {
            return broker;
        }
        SortedMap<Long, String> seen = new TreeMap<>();
        broker.addresses().forEach((id, address) -> seen.put(id, of(new BrokerKey(broker.cluster(), address), routes)));
        return new BrokerRoute(
                broker.cluster(), broker.brokerName(), seen, broker.enablesActingMaster(), broker.zone());
    }

    String of(BrokerKey broker, Routes routes) {
        return Optional.ofNullable(routes.listeners().get(broker))
                .flatMap(listeners -> listeners.addressFor(listener))
                .orElse(broker.address());
    }
}
