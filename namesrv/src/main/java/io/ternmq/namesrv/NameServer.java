package io.ternmq.namesrv;

import io.ternmq.common.file.AtomicFile;
import io.ternmq.common.lifecycle.LifecycleStack;
import io.ternmq.common.time.Clock;
import io.ternmq.common.work.BoundedPool;
import io.ternmq.common.work.HousekeepingThread;
import io.ternmq.common.work.Scheduler;
import io.ternmq.namesrv.kv.KvProcessor;
import io.ternmq.namesrv.kv.KvTable;
import io.ternmq.namesrv.liveness.BrokerLeases;
import io.ternmq.namesrv.route.OrderConfig;
import io.ternmq.namesrv.route.RegistrationProcessor;
import io.ternmq.namesrv.route.RouteAdminProcessor;
import io.ternmq.namesrv.route.RouteProcessor;
import io.ternmq.namesrv.route.RouteTable;
import io.ternmq.namesrv.route.TopicListProcessor;
import io.ternmq.remoting.server.Lane;
import io.ternmq.remoting.server.RemotingServer;
import io.ternmq.remoting.server.RequestRouter;
import io.ternmq.remoting.transport.EventLoops;
import java.io.IOException;

/**
 * A running name server: composition root, and owner of all its rooms. Several may run in one process. Methods may be
 * called by any thread but an event loop's.
 */
public final class NameServer implements AutoCloseable {
    private static final int REGISTRATIONS_WAITING_MAX = 4096;
    private static final int ADMIN_WAITING_MAX = 256;

    private final LifecycleStack parts;
    private final RemotingServer server;

    private NameServer(LifecycleStack parts, RemotingServer server) {
        this.parts = parts;
        this.server = server;
    }

    /**
     * Starts a name server with network threads of its own; when this returns it can be asked.
     *
     * @throws IOException if it cannot listen or its file cannot be used; the message names the port or the file
     */
    public static NameServer start(NameServerConfig config) throws IOException {
        LifecycleStack parts = new LifecycleStack();
        EventLoops loops = parts.push("event loops", new EventLoops());
        return start(config, parts, loops, Clock.system());
    }

    /**
     * Starts a name server on network threads that the caller shares out and closes later.
     *
     * @throws IOException if it cannot listen or its file cannot be used; the message names the port or the file
     */
    public static NameServer start(NameServerConfig config, EventLoops shared, Clock clock) throws IOException {
        return start(config, new LifecycleStack(), shared, clock);
    }

    private static NameServer start(NameServerConfig config, LifecycleStack parts, EventLoops loops, Clock clock)
            throws IOException {
        try {
            RequestRouter router = router(config, parts, clock);
            return new NameServer(
                    parts, parts.push("server", RemotingServer.start(config.server(), router, loops, clock)));
        } catch (IOException | RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    private static RequestRouter router(NameServerConfig config, LifecycleStack parts, Clock clock) throws IOException {
        RunningConfig running = new RunningConfig(config.given(), config.configStorePath());
        KvTable kv = KvTable.open(new AtomicFile(config.kvConfigPath()), config.kv());
        OrderConfig order = new KvOrderConfig(kv);
        RouteTable table = new RouteTable(config.registration(), config.lease());

        Scheduler housekeeping = parts.push("housekeeping", new HousekeepingThread("namesrv-housekeeping"));
        BrokerLeases leases = parts.push("leases", new BrokerLeases(table, clock, housekeeping, config.scanInterval()));
        // One thread, because a broker's requests must take effect in the order in which they came.
        Lane registration = lane(parts, "registration", REGISTRATIONS_WAITING_MAX);
        Lane admin = lane(parts, "admin", ADMIN_WAITING_MAX);

        RequestRouter.Builder router = RequestRouter.builder();
        new RouteProcessor(table, order, running::options).addTo(router);
        new RegistrationProcessor(table, order, running::options, leases::watch, clock).addTo(router, registration);
        new RouteAdminProcessor(table).addTo(router, registration);
        new TopicListProcessor(table, running::options).addTo(router, admin);
        new KvProcessor(kv).addTo(router, admin);
        new ConfigProcessor(running).addTo(router, admin);
        return router.build();
    }

    private static Lane lane(LifecycleStack parts, String name, int waitingMax) {
        return new Lane(name, parts.push(name, new BoundedPool("namesrv-" + name, 1, waitingMax)));
    }

    /** Where it listens, as chosen by the system if port 0 was configured. */
    public int port() {
        return server.port();
    }

    /** Stops within two seconds: answers what is being asked, then closes all connections. A second call does nothing. */
    @Override
    public void close() {
        parts.close();
    }
}
