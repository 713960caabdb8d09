package io.ternmq.namesrv.route;

import io.ternmq.remoting.protocol.body.DataVersion;
import io.ternmq.remoting.protocol.route.BrokerIdentity;
import io.ternmq.remoting.server.Connection;
import java.time.Duration;

/**
 * A broker that has registered and is believed to be alive.
 *
 * @param broker who it is
 * @param haServerAddress where its replicas connect to
 * @param version of the topics that it registered last
 * @param lease how long it may be silent
 * @param deadlineNanos monotonic time at which it has been silent for too long
 * @param connection the one that it registered on last
 */
public record LiveBroker(
        BrokerIdentity broker,
        String haServerAddress,
        DataVersion version,
        Duration lease,
        long deadlineNanos,
        Connection connection) {

    LiveBroker renewedAt(long nowNanos) {
        return new LiveBroker(broker, haServerAddress, version, lease, nowNanos + lease.toNanos(), connection);
    }

    boolean isExpiredAt(long nowNanos) {
        return nowNanos - deadlineNanos >= 0;
    }
}
