package io.ternmq.namesrv.route;

import io.ternmq.remoting.protocol.route.BrokerIdentity;

/**
 * What makes a broker one and the same: its cluster and its address. Name and id may change.
 *
 * <p>Compared by methods of its own, since the JVM makes those of a record at their first use, while a first broker waits.
 */
record BrokerKey(String cluster, String address) {
    @Override
    public boolean equals(Object other) {
        return other instanceof BrokerKey key && cluster.equals(key.cluster) && address.equals(key.address);
    }

    @Override
    public int hashCode() {
        return 31 * cluster.hashCode() + address.hashCode();
    }

    static BrokerKey of(BrokerIdentity broker) {
        return new BrokerKey(broker.cluster(), broker.address());
    }
}
