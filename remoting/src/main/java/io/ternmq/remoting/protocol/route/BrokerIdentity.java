package io.ternmq.remoting.protocol.route;

import io.ternmq.remoting.frame.HeaderFields;

/**
 * Which broker speaks.
 *
 * @param cluster its cluster
 * @param brokerName its name, shared by a master and its replicas
 * @param brokerId 0 the master
 * @param address {@code host:port} as announced to clients
 */
public record BrokerIdentity(String cluster, String brokerName, long brokerId, String address) {
    static final String CLUSTER = "clusterName";
    static final String BROKER_NAME = "brokerName";

    private static final String BROKER_ID = "brokerId";
    private static final String ADDRESS = "brokerAddr";

    HeaderFields.Builder fields() {
        return HeaderFields.builder()
                .put(BROKER_NAME, brokerName)
                .put(ADDRESS, address)
                .put(CLUSTER, cluster)
                .put(BROKER_ID, brokerId);
    }

    static BrokerIdentity decode(HeaderFields fields) {
        return new BrokerIdentity(
                fields.text(CLUSTER), fields.text(BROKER_NAME), fields.int64(BROKER_ID), fields.text(ADDRESS));
    }

    /** For requests that may leave the id out. */
    static BrokerIdentity decodeLenient(HeaderFields fields) {
        return new BrokerIdentity(
                fields.text(CLUSTER),
                fields.text(BROKER_NAME),
                fields.int64(BROKER_ID, BrokerRoute.MASTER_ID),
                fields.text(ADDRESS));
    }
}
