package io.ternmq.namesrv.liveness;

import io.ternmq.common.time.Clock;
import io.ternmq.common.work.Scheduler;
import io.ternmq.namesrv.route.LiveBroker;
import io.ternmq.namesrv.route.RouteTable;
import io.ternmq.remoting.server.Connection;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the leases of brokers: at once when the connection closes on which a broker registered, else when it has been
 * silent for as long as its lease allows. Owns the set of watched connections. Safe for use by any thread.
 */
public final class BrokerLeases implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(BrokerLeases.class);

    private final RouteTable table;
    private final Clock clock;
    private final Set<Connection> watched = ConcurrentHashMap.newKeySet(); // connections compare by identity
    private final Scheduler.Task scan;

    /**
     * Begins to look at leases.
     *
     * @param scanInterval how often leases are looked at; a silent broker stays that much longer at most
     */
    public BrokerLeases(RouteTable table, Clock clock, Scheduler scheduler, Duration scanInterval) {
        this.table = table;
        this.clock = clock;
        this.scan = scheduler.every(scanInterval, scanInterval, "broker leases", this::endExpired);
    }

    /** Sees to it that brokers go with their connection; called after each registration, watches each connection once. */
    public void watch(Connection connection) {
        if (watched.add(connection)) {
            connection.onClose(() -> {
                watched.remove(connection);
                table.removeOn(connection).forEach(gone -> report("its connection closed", gone));
            });
        }
    }

    @Override
    public void close() {
        scan.cancel();
    }

    private void endExpired() {
        for (LiveBroker gone : table.removeExpired(clock.monotonicNanos())) {
            report("it has been silent for " + gone.lease().toMillis() + " ms", gone);
            gone.connection().close();
        }
    }

    private static void report(String why, LiveBroker gone) {
        log.warn(
                "Broker taken out, {}. cluster={} broker={} id={} address={}",
                why,
                gone.broker().cluster(),
                gone.broker().brokerName(),
                gone.broker().brokerId(),
                gone.broker().address());
    }
}
