package io.ternmq.namesrv.route;

import io.ternmq.remoting.protocol.route.BrokerIdentity;

/** What makes a broker one and the same: its cluster and its address. Name and id may change. */
record BrokerKey(String cluster, String address) {

    static BrokerKey of(BrokerIdentity broker) {
        return new BrokerKey(broker.cluster(), broker.address());
    }
}
