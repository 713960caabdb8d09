package io.ternmq.client.session;

import io.ternmq.client.ClientConfig;
import io.ternmq.client.exception.ClientErrorCode;
import io.ternmq.client.exception.MQClientException;
import io.ternmq.client.gateway.Connections;
import io.ternmq.client.gateway.Gateways;
import io.ternmq.client.route.NameServers;
import io.ternmq.client.route.RouteCache;
import io.ternmq.common.lifecycle.LifecycleStack;
import io.ternmq.common.message.UniqueIds;
import io.ternmq.common.time.Clock;
import io.ternmq.common.work.HousekeepingThread;
import io.ternmq.common.work.Scheduler;
import io.ternmq.remoting.protocol.session.UnregisterClientRequest;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one producer or consumer stands on: connections, routes, heartbeats, a timer thread. Owns them; nothing is
 * shared with another instance, so clients of several clusters, or several of one, live in one process without meeting.
 */
public final class ClientInstance implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ClientInstance.class);
    private static final Duration UNREGISTER_WAIT_MAX = Duration.ofSeconds(1);
    private static final Duration FIRST_REFRESH = Duration.ofSeconds(1);
    private static final Duration LOSS_REFRESH = Duration.ofSeconds(2);

    private final SessionSettings settings;
    private final Clock clock;
    private final Random random;
    private final Members members = new Members();
    private final Scheduler scheduler;
    private final Connections connections;
    private final Gateways gateways;
    private final RouteCache routes;
    private final Heartbeats heartbeats;
    private final UniqueIds uniqueIds;
    private final LifecycleStack parts = new LifecycleStack();

    private ClientInstance(SessionSettings settings, Clock clock, Random random) {
        this.settings = settings;
        this.clock = clock;
        this.random = random;
        this.uniqueIds = new UniqueIds(
                settings.address().getAddress(),
                ProcessHandle.current().pid(),
                random.nextInt(),
                clock,
                ZoneId.systemDefault());
        this.connections = parts.push("connections", Connections.of(new InboundCalls(members)));
        HousekeepingThread housekeeping = parts.push("timers", new HousekeepingThread("client-housekeeping"));
        this.scheduler = housekeeping;
        this.gateways = Gateways.over(connections);
        NameServers nameServers = new NameServers(
                gateways.routes(), settings.nameServers(), random.nextInt(), settings.callTimeout(), clock);
        this.routes = new RouteCache(nameServers, random::nextInt);
        this.heartbeats =
                new Heartbeats(settings.clientId(), members, routes, gateways.sessions(), settings.callTimeout());
    }

    /**
     * Starts an instance.
     *
     * @throws MQClientException if the configuration cannot be used
     */
    public static ClientInstance start(ClientConfig config) throws MQClientException {
        return start(config, false);
    }

    /**
     * Starts an instance.
     *
     * @param keepsName whether a client without an instance name is to have the same name the next time
     * @throws MQClientException if the configuration cannot be used
     */
    public static ClientInstance start(ClientConfig config, boolean keepsName) throws MQClientException {
        Clock clock = Clock.system();
        Random random = new Random(clock.wallMillis() ^ clock.monotonicNanos());
        ClientInstance instance = new ClientInstance(SessionSettings.of(config, clock, keepsName), clock, random);
        instance.begin();
        return instance;
    }

    private void begin() {
        routes.onChange(() -> {
            heartbeats.sendToNew();
            members.consumers().forEach(ConsumerMember::shareOutAgain);
        });
        scheduler.every(FIRST_REFRESH, settings.routeInterval(), "refresh routes", routes::refreshAll);
        scheduler.every(LOSS_REFRESH, LOSS_REFRESH, "refresh routes that lost a broker", routes::refreshAfterLoss);
        scheduler.every(FIRST_REFRESH, settings.heartbeatInterval(), "heartbeat", heartbeats::sendToAll);
        log.info("Client started. clientId={} nameServers={}", settings.clientId(), settings.nameServers());
    }

    public String clientId() {
        return settings.clientId();
    }

    public Duration callTimeout() {
        return settings.callTimeout();
    }

    public Clock clock() {
        return clock;
    }

    /** For choices that need not be the same twice. */
    public Random random() {
        return random;
    }

    public Scheduler scheduler() {
        return scheduler;
    }

    public Gateways gateways() {
        return gateways;
    }

    /** Runs a task once the calling network thread has handed out the answers it has read; elsewhere at once. */
    public Executor afterRound() {
        return connections::afterRound;
    }

    public RouteCache routes() {
        return routes;
    }

    public Heartbeats heartbeats() {
        return heartbeats;
    }

    public UniqueIds uniqueIds() {
        return uniqueIds;
    }

    /**
     * Has brokers told of a producer group from now on.
     *
     * @throws MQClientException if this process has such a producer under the same client id and name servers
     */
    public void joinProducer(String group) throws MQClientException {
        if (!ProducerClaims.take(claimOf(group))) {
            throw new MQClientException(
                    ClientErrorCode.UNKNOWN,
                    "A producer of group " + group + " runs in this process under client id " + settings.clientId()
                            + " already: give one of them another instanceName or group");
        }
        members.addProducer(group);
        heartbeats.sendToNew();
    }

    /** Has brokers told of a consumer from now on, and waits until those known have heard; a silent one for a while. */
    public void joinConsumer(ConsumerMember member) throws InterruptedException {
        members.addConsumer(member);
        await(heartbeats.sendToAll().toCompletableFuture(), settings.callTimeout(), "heartbeat");
    }

    /** Tells brokers that a producer group is gone; waits a short time for them to hear it. */
    public void leaveProducer(String group) {
        ProducerClaims.giveBack(claimOf(group));
        members.removeProducer(group);
        unregister(new UnregisterClientRequest(settings.clientId(), Optional.of(group), Optional.empty()));
    }

    /** Tells brokers that a consumer is gone, so that others take its queues; waits a short time for them to hear it. */
    public void leaveConsumer(String group) {
        members.removeConsumer(group);
        unregister(new UnregisterClientRequest(settings.clientId(), Optional.empty(), Optional.of(group)));
    }

    @Override
    public void close() {
        parts.close();
        log.info("Client closed. clientId={}", settings.clientId());
    }

    // By the name servers it started with: those of a running client may change, its claim must not.
    private ProducerClaims.Claim claimOf(String group) {
        return new ProducerClaims.Claim(settings.nameServers(), settings.clientId(), group);
    }

    private void unregister(UnregisterClientRequest leaving) {
        List<CompletableFuture<Void>> told = heartbeats.reached().stream()
                .map(address -> gateways.sessions()
                        .unregister(address, leaving, UNREGISTER_WAIT_MAX)
                        .toCompletableFuture())
                .toList();
        try {
            await(
                    CompletableFuture.allOf(told.toArray(CompletableFuture<?>[]::new)),
                    UNREGISTER_WAIT_MAX,
                    "unregistration");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // Brokers that do not hear find out by themselves, from the connection or from missing heartbeats.
    private static void await(CompletableFuture<Void> done, Duration timeout, String what) throws InterruptedException {
        try {
            done.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            log.debug("Not every broker heard. what={} cause={}", what, e.toString());
        }
    }
}
