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
import io.ternmq.namesrv.reach.CheckAddressProcessor;
import io.ternmq.namesrv.reach.DialBack;
import io.ternmq.namesrv.reach.RemotingDialler;
import io.ternmq.namesrv.route.ListenerView;
import io.ternmq.namesrv.route.RegistrationProcessor;
import io.ternmq.namesrv.route.RouteAdminProcessor;
import io.ternmq.namesrv.route.RouteProcessor;
import io.ternmq.namesrv.route.RouteTable;
import io.ternmq.namesrv.route.TopicListProcessor;
import io.ternmq.remoting.client.ClientConfig;
import io.ternmq.remoting.client.HostResolver;
import io.ternmq.remoting.client.RemotingClient;
import io.ternmq.remoting.server.Lane;
import io.ternmq.remoting.server.RemotingServer;
import io.ternmq.remoting.server.RequestRouter;
import io.ternmq.remoting.transport.EventLoops;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A running name server: composition root, and owner of all its rooms. Several may run in one process. Methods may be
 * called by any thread but an event loop's.
 */
public final class NameServer implements AutoCloseable {
    private static final int REGISTRATIONS_WAITING_MAX = 4096;
    private static final int ADMIN_WAITING_MAX = 256;
    private static final int CHECKS_WAITING_MAX = 64;

    private final LifecycleStack parts;
    private final RemotingServer server;
    private final Map<String, Integer> ports;

    private NameServer(LifecycleStack parts, RemotingServer server, Map<String, Integer> ports) {
        this.parts = parts;
        this.server = server;
        this.ports = ports;
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
            NameServerRooms rooms = rooms(config, parts, loops, clock);
            RemotingServer server = parts.push(
                    "server",
                    RemotingServer.start(config.server(), router(rooms, ListenerView.main(), clock), loops, clock));
            Map<String, Integer> ports = new LinkedHashMap<>();
            for (Map.Entry<String, Integer> listener :
                    config.listeners().ports().entrySet()) {
                ListenerView view = new ListenerView(Optional.of(listener.getKey()));
                ports.put(listener.getKey(), server.listenAlso(listener.getValue(), router(rooms, view, clock)));
            }
            return new NameServer(parts, server, ports);
        } catch (IOException | RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    private static NameServerRooms rooms(NameServerConfig config, LifecycleStack parts, EventLoops loops, Clock clock)
            throws IOException {
        RunningConfig running = new RunningConfig(config.given(), config.configStorePath());
        KvTable kv = KvTable.open(new AtomicFile(config.kvConfigPath()), config.kv());
        RouteTable table = new RouteTable(config.registration(), config.lease());

        Scheduler housekeeping = parts.push("housekeeping", new HousekeepingThread("namesrv-housekeeping"));
        BrokerLeases leases = parts.push("leases", new BrokerLeases(table, clock, housekeeping, config.scanInterval()));
        RemotingClient client = parts.push(
                "client",
                new RemotingClient(ClientConfig.defaults(), RequestRouter.none(), loops, clock, HostResolver.system()));
        return new NameServerRooms(
                running,
                kv,
                new KvOrderConfig(kv),
                table,
                leases,
                new DialBack(new RemotingDialler(client)),
                lane(parts, "registration", REGISTRATIONS_WAITING_MAX),
                lane(parts, "admin", ADMIN_WAITING_MAX),
                lane(parts, "checks", CHECKS_WAITING_MAX));
    }

    /** What is answered on one port. */
    private static RequestRouter router(NameServerRooms rooms, ListenerView view, Clock clock) {
        RouteTable table = rooms.table();
        RunningConfig running = rooms.running();
        RequestRouter.Builder router = RequestRouter.builder();
        new RouteProcessor(table, rooms.order(), running::options, view).addTo(router);
        new RegistrationProcessor(table, rooms.order(), running::options, rooms.leases()::watch, clock)
                .addTo(router, rooms.registration());
        new RouteAdminProcessor(table).addTo(router, rooms.registration());
        new CheckAddressProcessor(table, rooms.dialBack(), view).addTo(router, rooms.checks());
        new TopicListProcessor(table, running::options, view).addTo(router, rooms.admin());
        new KvProcessor(rooms.kv()).addTo(router, rooms.admin());
        new ConfigProcessor(running).addTo(router, rooms.admin());
        return router.build();
    }

    private static Lane lane(LifecycleStack parts, String name, int waitingMax) {
        return new Lane(name, parts.push(name, new BoundedPool("namesrv-" + name, 1, waitingMax)));
    }

    /** Where it listens, as chosen by the system if port 0 was configured. */
    public int port() {
        return server.port();
    }

    /** Where it listens for clients of the named listener; empty if that is not configured. */
    public OptionalInt port(String listener) {
        Integer port = ports.get(listener);
        return port == null ? OptionalInt.empty() : OptionalInt.of(port);
    }

    /** Stops within two seconds: answers what is being asked, then closes all connections. A second call does nothing. */
    @Override
    public void close() {
        parts.close();
    }
}
