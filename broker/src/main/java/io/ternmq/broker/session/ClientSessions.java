package io.ternmq.broker.session;

import io.ternmq.common.time.Clock;
import io.ternmq.remoting.protocol.session.ClientConnection;
import io.ternmq.remoting.protocol.session.ConsumerMembership;
import io.ternmq.remoting.protocol.session.Heartbeat;
import io.ternmq.remoting.server.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The clients that are connected and the groups that they belong to. Owns these tables: changed under one lock that is
 * held for no I/O, read without it. A client is where its last heartbeat came from, and gone as soon as that connection
 * is closed or has been silent for too long.
 */
public final class ClientSessions {

    /** One connected client; guarded by the lock. */
    private static final class Session {
        private final Set<String> producerGroups = new LinkedHashSet<>();
        private final Set<String> consumerGroups = new LinkedHashSet<>();
        private Client client;
        private long lastHeardNanos;
        private int fingerprint;

        private Session(Client client) {
            this.client = client;
        }
    }

    private final SessionConfig config;
    private final Clock clock;
    private final MembershipListener listener;

    private final Object lock = new Object();
    private final Map<Connection, Session> sessions = new HashMap<>(); // guarded by lock
    private final Map<String, Map<Connection, Client>> producers = new HashMap<>(); // guarded by lock
    private final Map<String, ConsumerMembers> consumers =
            new ConcurrentHashMap<>(); // written under lock, read without

    public ClientSessions(SessionConfig config, Clock clock, MembershipListener listener) {
        this.config = config;
        this.clock = clock;
        this.listener = listener;
    }

    /** What became of a heartbeat. */
    public enum Heard {
        KNOWN,
        /** The broker does not know the subscriptions that the heartbeat leaves out. */
        SUBSCRIPTIONS_WANTED,
        /** As many clients are connected as may. */
        TOO_MANY_CLIENTS
    }

    /**
     * Takes in what a client says it is now. Groups that it named on this connection before and no longer does stay
     * until it leaves them.
     *
     * @param heartbeat of groups that exist, at most so many and with so many subscriptions as the configuration allows
     */
    public Heard heard(Client client, Heartbeat heartbeat) {
        List<ConsumerMembers> changed = new ArrayList<>();
        boolean isNew;
        boolean isComplete;
        synchronized (lock) {
            Session session = sessions.get(client.connection());
            isNew = session == null;
            if (isNew && sessions.size() >= config.clientsMax()) {
                return Heard.TOO_MANY_CLIENTS;
            }
            if (isNew) {
                session = new Session(client);
                sessions.put(client.connection(), session);
            }
            isComplete = !heartbeat.leavesSubscriptionsOut() || session.fingerprint == heartbeat.fingerprint();
            session.client = client;
            session.lastHeardNanos = clock.monotonicNanos();
            if (!heartbeat.leavesSubscriptionsOut()) {
                session.fingerprint = heartbeat.fingerprint();
            }
            joinProducers(session, heartbeat.producerGroups());
            for (ConsumerMembership membership : heartbeat.consumers()) {
                isComplete &= joinConsumers(session, membership, heartbeat.leavesSubscriptionsOut(), changed);
            }
        }
        if (isNew) {
            // After the tables hold it, so that a connection which is closed by now takes it out again.
            client.connection().onClose(() -> closed(client.connection()));
        }
        changed.forEach(listener::changed);
        return isComplete ? Heard.KNOWN : Heard.SUBSCRIPTIONS_WANTED;
    }

    /** Takes a client out of groups that it leaves. */
    public void leave(Connection connection, Optional<String> producerGroup, Optional<String> consumerGroup) {
        List<ConsumerMembers> changed = new ArrayList<>();
        synchronized (lock) {
            Session session = sessions.get(connection);
            if (session == null) {
                return;
            }
            producerGroup.filter(session.producerGroups::remove).ifPresent(group -> dropProducer(group, connection));
            consumerGroup.filter(session.consumerGroups::remove).ifPresent(group -> drop(group, connection, changed));
        }
        changed.forEach(listener::changed);
    }

    /** The members of a consumer group; empty if none is connected. */
    public Optional<ConsumerMembers> consumers(String group) {
        return Optional.ofNullable(consumers.get(group));
    }

    /** The groups of which a member is connected and that subscribe to a topic. */
    public List<String> groupsReading(String topic) {
        return consumers.values().stream()
                .filter(group -> group.subscription(topic).isPresent())
                .map(ConsumerMembers::group)
                .toList();
    }

    /** The clients that send for a group, in the order in which they came. */
    public List<ClientConnection> producers(String group) {
        synchronized (lock) {
            return producers.getOrDefault(group, Map.of()).values().stream()
                    .map(Client::describe)
                    .toList();
        }
    }

    /** Clients that are connected now. */
    public int clients() {
        synchronized (lock) {
            return sessions.size();
        }
    }

    /** Takes out clients that have been silent for too long and closes their connections. */
    public void expire() {
        long now = clock.monotonicNanos();
        List<Connection> silent;
        synchronized (lock) {
            silent = sessions.values().stream()
                    .filter(session ->
                            now - session.lastHeardNanos > config.silenceMax().toNanos())
                    .map(session -> session.client.connection())
                    .toList();
        }
        silent.forEach(connection -> {
            closed(connection);
            connection.close();
        });
    }

    private void closed(Connection connection) {
        List<ConsumerMembers> changed = new ArrayList<>();
        synchronized (lock) {
            Session session = sessions.remove(connection);
            if (session == null) {
                return;
            }
            session.producerGroups.forEach(group -> dropProducer(group, connection));
            session.consumerGroups.forEach(group -> drop(group, connection, changed));
        }
        changed.forEach(listener::changed);
    }

    private void joinProducers(Session session, List<String> groups) {
        for (String group : groups) {
            session.producerGroups.add(group);
            producers
                    .computeIfAbsent(group, name -> new LinkedHashMap<>())
                    .put(session.client.connection(), session.client);
        }
    }

    private boolean joinConsumers(
            Session session, ConsumerMembership membership, boolean isBare, List<ConsumerMembers> changed) {
        String group = membership.group();
        ConsumerMembers present = consumers.get(group);
        if (isBare && present == null) {
            return false;
        }
        ConsumerMembers before = present == null ? ConsumerMembers.none(group) : present;
        ConsumerMembers after = isBare ? before.with(session.client) : before.with(session.client, membership);
        consumers.put(group, after);
        session.consumerGroups.add(group);
        if (!before.has(session.client) || !before.subscribesLike(after)) {
            changed.add(after);
        }
        return true;
    }

    private void dropProducer(String group, Connection connection) {
        producers.computeIfPresent(group, (name, members) -> {
            members.remove(connection);
            return members.isEmpty() ? null : members;
        });
    }

    private void drop(String group, Connection connection, List<ConsumerMembers> changed) {
        consumers.computeIfPresent(group, (name, before) -> {
            ConsumerMembers after = before.without(connection);
            changed.add(after);
            return after.isEmpty() ? null : after;
        });
    }
}
