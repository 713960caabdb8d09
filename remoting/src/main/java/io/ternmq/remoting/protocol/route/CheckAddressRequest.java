package io.ternmq.remoting.protocol.route;

import io.ternmq.remoting.frame.HeaderFields;

/**
 * A registered broker asks whether clients can reach it; our code 61001. What is dialled is the address that it has
 * registered for the listener that this request comes in on.
 *
 * @param broker who asks, on the connection that it has registered on
 * @param run what it answers when it is asked who it is; see {@link BrokerInstance}
 */
public record CheckAddressRequest(BrokerIdentity broker, String run) {

    HeaderFields fields() {
        return broker.fields().put(BrokerInstance.RUN, run).build();
    }

    static CheckAddressRequest decode(HeaderFields fields) {
        return new CheckAddressRequest(BrokerIdentity.decode(fields), fields.text(BrokerInstance.RUN));
    }

    /** What has to answer at the address. */
    public BrokerInstance instance() {
        return BrokerInstance.of(broker, run);
    }
}
