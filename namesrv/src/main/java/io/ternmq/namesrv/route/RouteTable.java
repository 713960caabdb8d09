package io.ternmq.namesrv.route;

import io.ternmq.common.topic.Permission;
import io.ternmq.remoting.protocol.body.DataVersion;
import io.ternmq.remoting.protocol.route.AdvertisedListeners;
import io.ternmq.remoting.protocol.route.BrokerIdentity;
import io.ternmq.remoting.protocol.route.QueueRoute;
import io.ternmq.remoting.protocol.route.RegisterBrokerRequest;
import io.ternmq.remoting.server.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The brokers that are alive and the topics they serve. Sole owner of both. Readers take the snapshot and never wait;
 * those who change it take turns. Safe for use by any thread.
 *
 * <p>Who is alive and what is served change together: a broker that registers anew on another connection while its old
 * one closes must end up registered, whichever of the two comes first.
 */
public final class RouteTable {
    private static final Duration LEASE_MAX = Duration.ofDays(1);

    private final RegistrationLimits limits;
    private final Duration leaseDefault;
    private final ReentrantLock lock = new ReentrantLock(); // for live, and for replacing routes
    private final LiveBrokers live = new LiveBrokers();
    private volatile Routes routes = Routes.none(); // written under the lock, read by all

    /**
     * Begins empty.
     *
     * @param leaseDefault for brokers that do not say how long they may be silent
     */
    public RouteTable(RegistrationLimits limits, Duration leaseDefault) {
        this.limits = limits;
        this.leaseDefault = leaseDefault;
    }

    Routes routes() {
        return routes;
    }

    /** How many brokers are registered. */
    public int brokers() {
        return locked(live::size);
    }

    RegistrationOutcome register(RegisterBrokerRequest request, Connection connection, long nowNanos) {
        Optional<String> problem = limits.problemOf(request);
        if (problem.isPresent()) {
            return RegistrationOutcome.refused(problem.get());
        }
        return locked(() -> registerLocked(request, connection, nowNanos));
    }

    /** Forgets a broker that says that it leaves; one that nobody knows is forgotten already. */
    Optional<LiveBroker> unregister(BrokerIdentity broker) {
        return locked(() -> {
            Optional<LiveBroker> gone = live.remove(BrokerKey.of(broker));
            gone.ifPresent(one -> removeRoutes(List.of(one)));
            return gone;
        });
    }

    /** Forgets the brokers whose leases have run out, and says which. */
    public List<LiveBroker> removeExpired(long nowNanos) {
        return locked(() -> removeRoutes(live.removeExpired(nowNanos)));
    }

    /** Forgets the brokers that registered on {@code connection} last, and says which. */
    public List<LiveBroker> removeOn(Connection connection) {
        return locked(() -> removeRoutes(live.removeOn(connection)));
    }

    void renew(BrokerIdentity broker, long nowNanos) {
        locked(() -> {
            live.renew(BrokerKey.of(broker), nowNanos);
            return null;
        });
    }

    /** Who registered as {@code broker} last, if it is believed to be alive. */
    public Optional<LiveBroker> find(BrokerIdentity broker) {
        return locked(() -> live.find(BrokerKey.of(broker)));
    }

    /** What clients that ask at a listener are told of one broker. */
    public String addressOf(BrokerIdentity broker, ListenerView view) {
        return view.of(BrokerKey.of(broker), routes);
    }

    Optional<DataVersion> versionOf(BrokerIdentity broker) {
        return locked(() -> live.find(BrokerKey.of(broker)).map(LiveBroker::version));
    }

    /** Makes a broker name's topics writable or not; says how many topics it has. The broker may say otherwise later. */
    int setWritable(String brokerName, boolean isWritable) {
        UnaryOperator<QueueRoute> change = queues ->
                queues.withPermission(isWritable ? Permission.READ_WRITE : queues.permission() & ~Permission.WRITE);
        return changing(draft -> draft.changeQueuesOf(brokerName, change));
    }

    /** Forgets a topic, everywhere or on the brokers of one cluster. */
    void deleteTopic(String topic, Optional<String> cluster) {
        changing(draft -> {
            if (cluster.isEmpty()) {
                draft.removeTopic(topic);
            } else {
                routes.brokers().values().stream()
                        .filter(broker -> broker.cluster().equals(cluster.get()))
                        .forEach(broker -> draft.removeQueues(topic, broker.brokerName()));
            }
            return topic;
        });
    }

    /**
     * Makes a topic known on brokers that are registered; others are left out.
     *
     * @return why nothing was done, if nothing was
     */
    Optional<String> addTopic(String topic, List<QueueRoute> queues) {
        Optional<String> problem = limits.problemOfTopic(topic)
                .or(() -> queues.stream()
                        .flatMap(queue ->
                                limits.problemOfQueues(topic, queue.readQueues(), queue.writeQueues()).stream())
                        .findFirst());
        if (problem.isEmpty()) {
            changing(draft -> {
                queues.stream()
                        .filter(queue -> draft.broker(queue.brokerName()).isPresent())
                        .forEach(queue -> draft.putQueues(topic, queue));
                return topic;
            });
        }
        return problem;
    }

    private RegistrationOutcome registerLocked(RegisterBrokerRequest request, Connection connection, long nowNanos) {
        BrokerKey key = BrokerKey.of(request.broker());
        Optional<LiveBroker> before = live.find(key);
        if (before.isEmpty() && live.size() >= limits.brokersMax()) {
            return RegistrationOutcome.refused("There are " + live.size() + " brokers, which is the limit: broker "
                    + request.broker().brokerName() + " at " + request.broker().address() + " is not taken");
        }
        RoutesDraft draft = new RoutesDraft(routes);
        before.filter(one -> !one.broker().brokerName().equals(request.broker().brokerName()))
                .ifPresent(renamed -> removeFrom(draft, renamed));
        RegistrationOutcome outcome = new Registration(request, draft, live).apply();
        switch (outcome.verdict()) {
            case ACCEPTED -> {
                routes = draft.done();
                live.put(new LiveBroker(
                        request.broker(),
                        request.haServerAddress(),
                        request.topics().version(),
                        lease(request),
                        nowNanos + lease(request).toNanos(),
                        connection));
            }
            case SUPERSEDED -> live.remove(key).ifPresent(one -> removeRoutes(List.of(one)));
            case REFUSED -> {}
        }
        return outcome;
    }

    private Duration lease(RegisterBrokerRequest request) {
        long millis = request.leaseMillis().orElse(leaseDefault.toMillis());
        return millis <= 0 ? leaseDefault : Duration.ofMillis(Math.min(millis, LEASE_MAX.toMillis()));
    }

    private List<LiveBroker> removeRoutes(List<LiveBroker> gone) {
        RoutesDraft draft = new RoutesDraft(routes);
        gone.forEach(broker -> removeFrom(draft, broker));
        routes = draft.done();
        return gone;
    }

    private static void removeFrom(RoutesDraft draft, LiveBroker gone) {
        String name = gone.broker().brokerName();
        draft.removeAddress(name, gone.broker().address());
        draft.putListeners(BrokerKey.of(gone.broker()), AdvertisedListeners.none());
        // The replica that acts as master from now on would not be heard: its topics have not changed.
        draft.broker(name)
                .filter(left ->
                        left.enablesActingMaster() && left.masterAddress().isEmpty())
                .ifPresent(left -> draft.changeQueuesOf(
                        name, queues -> queues.withPermission(queues.permission() & ~Permission.WRITE)));
    }

    private <T> T changing(Function<RoutesDraft, T> change) {
        return locked(() -> {
            RoutesDraft draft = new RoutesDraft(routes);
            T result = change.apply(draft);
            routes = draft.done();
            return result;
        });
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
