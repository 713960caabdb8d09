package io.ternmq.remoting.protocol.route;

import io.ternmq.remoting.frame.HeaderFields;

/**
 * Which broker answers at an address; answers our code 61002.
 *
 * @param cluster its cluster
 * @param brokerName its name
 * @param brokerId 0 the master
 * @param run tells this run of the broker from every other run of any broker
 */
public record BrokerInstance(String cluster, String brokerName, long brokerId, String run) {
    static final String RUN = "run";

    private static final String BROKER_ID = "brokerId";

    /** This run of a broker as others know it. */
    public static BrokerInstance of(BrokerIdentity broker, String run) {
        return new BrokerInstance(broker.cluster(), broker.brokerName(), broker.brokerId(), run);
    }

    HeaderFields fields() {
        return HeaderFields.builder()
                .put(BrokerIdentity.CLUSTER, cluster)
                .put(BrokerIdentity.BROKER_NAME, brokerName)
                .put(BROKER_ID, brokerId)
                .put(RUN, run)
                .build();
    }

    static BrokerInstance decode(HeaderFields fields) {
        return new BrokerInstance(
                fields.text(BrokerIdentity.CLUSTER),
                fields.text(BrokerIdentity.BROKER_NAME),
                fields.int64(BROKER_ID),
                fields.text(RUN));
    }
}
