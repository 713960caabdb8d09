package io.ternmq.broker;

import io.ternmq.broker.delay.DelayArrivals;
import io.ternmq.broker.delay.DelayLevels;
import io.ternmq.broker.delay.DelayedDelivery;
import io.ternmq.broker.delay.HeldBack;
import io.ternmq.broker.group.ConsumerGroups;
import io.ternmq.broker.group.GroupsFile;
import io.ternmq.broker.offset.ConsumerOffsets;
import io.ternmq.broker.offset.DelayOffsetsFile;
import io.ternmq.broker.offset.OffsetsFile;
import io.ternmq.broker.pull.ParkedPulls;
import io.ternmq.broker.repeat.SendIdentity;
import io.ternmq.broker.repeat.SendsOnce;
import io.ternmq.broker.route.Advertisement;
import io.ternmq.broker.route.NameServerRegistrar;
import io.ternmq.broker.route.RemotingRegistration;
import io.ternmq.broker.session.ClientNotifier;
import io.ternmq.broker.session.ClientSessions;
import io.ternmq.broker.session.QueueLeases;
import io.ternmq.broker.store.AppendOutcome.Refusal;
import io.ternmq.broker.store.engine.LocalMessageStore;
import io.ternmq.broker.store.engine.StoreDoors;
import io.ternmq.broker.store.file.DiskFiles;
import io.ternmq.broker.store.file.StoreFiles;
import io.ternmq.broker.topic.Topics;
import io.ternmq.broker.topic.TopicsFile;
import io.ternmq.broker.traffic.Traffic;
import io.ternmq.common.lifecycle.LifecycleStack;
import io.ternmq.common.time.Clock;
import io.ternmq.common.topic.TopicNames;
import io.ternmq.common.work.BoundedPool;
import io.ternmq.common.work.HousekeepingThread;
import io.ternmq.common.work.SerialExecutor;
import io.ternmq.common.work.Workers;
import io.ternmq.remoting.client.ClientConfig;
import io.ternmq.remoting.client.HostResolver;
import io.ternmq.remoting.client.RemotingClient;
import io.ternmq.remoting.protocol.RequestCode;
import io.ternmq.remoting.protocol.route.BrokerIdentity;
import io.ternmq.remoting.protocol.route.BrokerInstance;
import io.ternmq.remoting.server.RemotingServer;
import io.ternmq.remoting.server.RequestRouter;
import io.ternmq.remoting.transport.EventLoops;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A broker that runs: builds all rooms, in the order in which they start, and owns them until {@link #close}. Several
 * can live in one process. Any thread but a broker's own may start and close it.
 */
public final class Broker implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Broker.class);
    private static final Duration SCAN_EVERY = Duration.ofSeconds(10);

    /** Where clients before 4.5.1 send: so far below the port that they are told. */
    private static final int SECOND_PORT_DISTANCE = 2;

    private final LifecycleStack parts;
    private final IdentityConfig identity;
    private final int port;

    /**
     * Starts a broker whose settings, when they are changed while it runs, are saved beside its registries.
     *
     * @param config with port 0 the system chooses one
     * @throws IOException if it cannot start; the message names the setting, address or file. What had started is closed
     */
    public static Broker start(BrokerConfig config, Clock clock) throws IOException {
        return start(config, configDirectory(config).resolve("broker.properties"), clock);
    }

    /**
     * Starts a broker.
     *
     * @param settingsFile where settings are saved when they are changed while it runs
     */
    public static Broker start(BrokerConfig config, Path settingsFile, Clock clock) throws IOException {
        return start(config, settingsFile, new DiskFiles(), clock);
    }

    /** As above, with the files of its store somewhere else than on this machine's disks. */
    static Broker start(BrokerConfig config, Path settingsFile, StoreFiles files, Clock clock) throws IOException {
        LifecycleStack parts = new LifecycleStack();
        try (ReservedPort reserved =
                ReservedPort.on(config.server().host(), config.server().port())) {
            return new Broker(parts, config, reserved.port(), new SettingsFile(settingsFile), files, clock);
        } catch (IOException | RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    private Broker(
            LifecycleStack parts,
            BrokerConfig config,
            int port,
            SettingsFile settingsFile,
            StoreFiles files,
            Clock clock)
            throws IOException {
        this.parts = parts;
        this.identity = config.identity();
        this.port = port;
        LiveSettings settings = new LiveSettings(config, settingsFile, clock);
        Path registries = configDirectory(config);

        // Threads; none starts before it is needed.
        EventLoops loops = parts.push("network threads", new EventLoops());
        BoundedPool admin = new BoundedPool(
                "admin", config.threads().admins(), config.threads().adminsWaitingMax());
        BoundedPool readers = new BoundedPool(
                "store-reader", config.threads().readers(), config.threads().readsWaitingMax());
        HousekeepingThread housekeeping = new HousekeepingThread("housekeeping");

        // Registries are read before the store opens and written only while it holds the directory's lock.
        Topics topics = Topics.load(
                new TopicsFile(registries.resolve("topics.json"), clock),
                new SerialExecutor(admin, config.threads().adminsWaitingMax()),
                () -> settings.current().topics(),
                clock);
        ConsumerGroups groups = ConsumerGroups.load(
                new GroupsFile(registries.resolve("subscriptionGroup.json"), clock),
                new SerialExecutor(admin, config.threads().adminsWaitingMax()),
                () -> settings.current().groups(),
                clock);
        ConsumerOffsets offsets = new ConsumerOffsets(config.offsets().offsetsMax());
        OffsetsFile offsetsFile = OffsetsFile.load(registries.resolve("consumerOffset.json"), offsets, clock);

        // The store, with the pulls that wait for it on its dispatcher's thread, and the way of messages held back.
        DelayLevels delayLevels = config.delays().levels();
        DelayArrivals delayArrivals = new DelayArrivals();
        ParkedPulls parked = new ParkedPulls(clock, config.pull().waitingMax());
        InetSocketAddress storeHost = new InetSocketAddress(resolved(identity.address()), portOf(address()));
        LocalMessageStore store = parts.push(
                "store",
                LocalMessageStore.open(
                        config.store(),
                        files,
                        storeHost,
                        clock,
                        new StoreDoors(
                                List.of(new HeldBack(delayLevels)),
                                List.of(),
                                List.of(parked, delayArrivals),
                                Map.of(TopicNames.SCHEDULE, delayLevels::dueMillis),
                                List.of())));
        parts.push("consumer offsets", offsetsFile::save);
        parts.push("admin threads", admin);
        parts.push("reader threads", readers);
        topics.listen(new TopicRemains(offsets, store));
        DelayOffsetsFile delayOffsets = new DelayOffsetsFile(registries.resolve("delayOffset.json"), clock);
        RegistryRepair.lowerOffsets(offsetsFile, delayOffsets, store);
        SystemTopics.ensure(topics, groups, identity, config.topics(), delayLevels.count());
        RegistryRepair.restoreTopics(topics, store);

        // Clients.
        ClientSessions sessions = new ClientSessions(
                config.sessions(),
                clock,
                new ClientNotifier(groups, () -> settings.current().sessions().isNotifying()));
        QueueLeases leases = new QueueLeases(
                clock, config.sessions().leaseLifetime(), config.sessions().leasesMax());
        Traffic traffic = new Traffic(clock, ZoneId.systemDefault());
        SendsOnce sendsOnce = new SendsOnce(store, config.repeats(), readers, clock);
        sendsOnce.recall(
                topic -> topics.find(topic).filter(SendIdentity::isKeyed).isPresent());

        DelayedDelivery delivery = parts.push(
                "delayed delivery",
                DelayedDelivery.start(
                        delayLevels, delayArrivals, store, topics::find, delayOffsets, Workers.threads(clock)));

        // Periodic work.
        parts.push("housekeeping", housekeeping);
        traffic.sampleOn(housekeeping);
        Duration saveInterval = config.offsets().saveInterval();
        housekeeping.every(saveInterval, saveInterval, "save consumer offsets", offsetsFile::save);
        Duration delaySaveInterval = config.delays().saveInterval();
        housekeeping.every(delaySaveInterval, delaySaveInterval, "save delay offsets", delivery::save);
        housekeeping.every(SCAN_EVERY, SCAN_EVERY, "expire clients", sessions::expire);
        housekeeping.every(SCAN_EVERY, SCAN_EVERY, "expire queue leases", leases::expire);

        BrokerIdentity self = new BrokerIdentity(identity.cluster(), identity.name(), identity.id(), address());
        Advertisement advertisement = new Advertisement(
                self,
                identity.replicaAddress() + ":" + identity.replicaPort(),
                identity.listeners(),
                BrokerInstance.of(self, runOf(clock)));

        // Listeners.
        RequestRouter router = BrokerRoutes.over(new Rooms(
                settings,
                storeHost,
                clock,
                admin,
                readers,
                topics,
                groups,
                offsets,
                store,
                sendsOnce,
                delivery,
                parked,
                sessions,
                leases,
                traffic,
                advertisement.instance()));
        RemotingServer server =
                parts.push("server", RemotingServer.start(config.server().withPort(port), router, loops, clock));
        parts.push("waiting pulls", () -> {
            server.leave(); // nobody new, before those that wait are sent away
            parked.close();
        });
        if (config.isSecondPortServed()) {
            listenAlso(server, router);
        }

        // Last of all the name servers: only a broker that can serve is advertised.
        RemotingClient client = parts.push(
                "client",
                new RemotingClient(ClientConfig.defaults(), RequestRouter.none(), loops, clock, HostResolver.system()));
        NameServerRegistrar registrar = new NameServerRegistrar(
                config.route(),
                new RemotingRegistration(
                        client,
                        advertisement,
                        topics,
                        () -> settings.current().topics().permission(),
                        config.route()),
                clock,
                housekeeping,
                () -> store.state()
                        .refusal()
                        .filter(refused -> refused.reason() == Refusal.WRITER_FAILED)
                        .isEmpty());
        topics.listen(registrar);
        settings.onChange((before, after) -> {
            if (before.topics().permission() != after.topics().permission()) {
                registrar.registerAll();
            }
        });
        parts.push("registration", registrar);
        registrar.start();
        registrar.awaitFirstAnswers();
    }

    /** The port that clients connect to. */
    public int port() {
        return port;
    }

    /** What clients and name servers are told: {@code host:port}. */
    public String address() {
        return identity.advertised(port);
    }

    /** Leaves the name servers, answers what is under way, and closes all rooms in reverse. Further calls do nothing. */
    @Override
    public void close() {
        parts.close();
    }

    private void listenAlso(RemotingServer server, RequestRouter router) {
        RequestRouter withoutPulls = router.without(
                RequestCode.PULL_MESSAGE,
                RequestCode.LITE_PULL_MESSAGE,
                RequestCode.POP_MESSAGE,
                RequestCode.PEEK_MESSAGE,
                RequestCode.NOTIFICATION,
                RequestCode.POLLING_INFO);
        int secondPort = port - SECOND_PORT_DISTANCE;
        try {
            server.listenAlso(secondPort, withoutPulls);
        } catch (IOException e) {
            log.warn(
                    "Second port is not served; clients before 4.5.1 cannot send here. port={} key={} reason={}",
                    secondPort,
                    BrokerConfig.SECOND_PORT_SERVED.key(),
                    e.getMessage());
        }
    }

    private static Path configDirectory(BrokerConfig config) {
        return config.store().root().resolve("config");
    }

    private static int portOf(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    /** Tells this run from all others: brokers in containers share process ids, but not the moment of their start. */
    private static String runOf(Clock clock) {
        return Long.toHexString(clock.wallMillis()) + "-" + Long.toHexString(clock.monotonicNanos()) + "-"
                + ProcessHandle.current().pid();
    }

    private static InetAddress resolved(String host) throws IOException {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new IOException(
                    "Host " + host + " of setting " + IdentityConfig.ADDRESS.key() + " or, without it, of the first of "
                            + IdentityConfig.LISTENERS.key()
                            + " is not valid: expected an address or a name that this machine can resolve",
                    e);
        }
    }
}
