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
        private int fingerprint; // the client's own, of heartbeats of the second version
        private long repeatable = Fingerprint.NONE; // of the last heartbeat, if the same again would change nothing
        private final Map<String, SubscriptionTable> refused = new HashMap<>(); // by group: with what it was not let in

        private Session(Client client) {
            this.client = client;
        }
    }

    /** Subscriptions of which one copy is kept. */
    private static final int SHARED_MAX = 100_000;

    private final SessionConfig config;
    private final Clock clock;
    private final MembershipListener listener;
    private final SubscriptionConflicts conflicts = new SubscriptionConflicts();

    private final Object lock = new Object();
    private final Map<Connection, Session> sessions = new HashMap<>(); // guarded by lock
    private final Map<String, Map<Connection, Client>> producers = new HashMap<>(); // guarded by lock
    private final Map<String, ConsumerMembers> consumers =
            new ConcurrentHashMap<>(); // written under lock, read without
    private final SubscriptionPool pool = new SubscriptionPool(SHARED_MAX); // guarded by lock

    public ClientSessions(SessionConfig config, Clock clock, MembershipListener listener) {
        this.config = config;
        this.clock = clock;
        this.listener = listener;
    }

    /**
     * Takes in what a client says it is now. Groups that it named on this connection before and no longer does stay
     * until it leaves them.
     *
     * @param heartbeat of groups that exist, at most so many and with so many subscriptions as the configuration allows
     */
    public Heard heard(Client client, Heartbeat heartbeat) {
        List<ConsumerMembers> changed = new ArrayList<>();
        Dispute dispute = new Dispute();
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
            session.repeatable = Fingerprint.NONE;
            session.lastHeardNanos = clock.monotonicNanos();
            if (!heartbeat.leavesSubscriptionsOut()) {
                session.fingerprint = heartbeat.fingerprint();
            }
            joinProducers(session, heartbeat.producerGroups());
            for (ConsumerMembership membership : heartbeat.consumers()) {
                isComplete &= heartbeat.leavesSubscriptionsOut()
                        ? rejoin(session, membership.group(), changed)
                        : join(session, membership, dispute, changed);
            }
        }
        if (isNew) {
            // After the tables hold it, so that a connection which is closed by now takes it out again.
            client.connection().onClose(() -> closed(client.connection()));
        }
        changed.forEach(listener::changed);
        dispute.found.forEach(conflicts::warn);
        dispute.newlyRefused.forEach(conflicts::refuse);
        if (!dispute.refused.isEmpty()) {
            return Heard.conflicting("Members of a group must subscribe alike (rejectConflictingSubscriptions): "
                    + dispute.refused.get(0).text());
        }
        return isComplete ? Heard.KNOWN : Heard.SUBSCRIPTIONS_WANTED;
    }

    /** What a heartbeat has brought up; told after the lock has been given back. */
    private static final class Dispute {
        private final List<Conflict> found = new ArrayList<>();
        private final List<Conflict> refused = new ArrayList<>();
        private final List<Conflict> newlyRefused = new ArrayList<>();
    }

    /**
     * Notes the fingerprint of the heartbeat that a client has just been heard with.
     *
     * @see #heardAgain
     */
    void noteRepeatable(Connection connection, long fingerprint) {
        synchronized (lock) {
            Session session = sessions.get(connection);
            if (session != null) {
                session.repeatable = fingerprint;
            }
        }
    }

    /**
     * Takes in a heartbeat that is known by its fingerprint alone, which saves reading it: a thousand subscriptions take
     * longer to read than all else about them. While a group is not of one mind each heartbeat matters, and is read.
     *
     * @return empty if the heartbeat must be read
     */
    Optional<Again> heardAgain(Connection connection, long fingerprint) {
        synchronized (lock) {
            Session session = sessions.get(connection);
            if (session == null || session.repeatable != fingerprint || fingerprint == Fingerprint.NONE) {
                return Optional.empty();
            }
            for (String group : session.consumerGroups) {
                ConsumerMembers members = consumers.get(group);
                if (members == null || !members.has(connection) || !members.isOfOneMind()) {
                    return Optional.empty();
                }
            }
            session.lastHeardNanos = clock.monotonicNanos();
            return Optional.of(new Again(List.copyOf(session.consumerGroups), session.fingerprint == 0));
        }
    }

    /**
     * A client that said the same again.
     *
     * @param groups consumer groups that it belongs to
     * @param isFirstVersion whether it always lists its subscriptions
     */
    record Again(List<String> groups, boolean isFirstVersion) {}

    /** Members of groups that read differently, as far as they were seen. */
    public SubscriptionConflicts conflicts() {
        return conflicts;
    }

    /** Takes a client out of groups that it leaves. */
    public void leave(Connection connection, Optional<String> producerGroup, Optional<String> consumerGroup) {
        List<ConsumerMembers> changed = new ArrayList<>();
        synchronized (lock) {
            Session session = sessions.get(connection);
            if (session == null) {
                return;
            }
            session.repeatable = Fingerprint.NONE;
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

    /** With a heartbeat that leaves subscriptions out; false if they are not known. */
    private boolean rejoin(Session session, String group, List<ConsumerMembers> changed) {
        ConsumerMembers before = consumers.get(group);
        if (before == null) {
            return false;
        }
        replace(session, before, before.with(session.client), changed);
        return true;
    }

    private boolean join(
            Session session, ConsumerMembership membership, Dispute dispute, List<ConsumerMembers> changed) {
        String group = membership.group();
        ConsumerMembers before = consumers.getOrDefault(group, ConsumerMembers.none(group));
        SubscriptionTable said = SubscriptionTable.of(pool.shared(membership.subscriptions()));
        boolean isSaidBefore = before.saidBy(session.client.connection())
                .filter(said::readsLike)
                .isPresent();
        Optional<Conflict> conflict = isSaidBefore ? Optional.empty() : before.conflictOf(session.client, said);
        if (conflict.isPresent() && config.isConflictRejected()) {
            dispute.refused.add(conflict.get());
            SubscriptionTable refusedBefore = session.refused.put(group, said);
            if (refusedBefore == null || !refusedBefore.readsLike(said)) {
                dispute.newlyRefused.add(conflict.get());
            }
            return true;
        }
        conflict.ifPresent(dispute.found::add);
        session.refused.remove(group);
        replace(session, before, before.with(session.client, membership, said), changed);
        return true;
    }

    private void replace(
            Session session, ConsumerMembers before, ConsumerMembers after, List<ConsumerMembers> changed) {
        session.consumerGroups.add(after.group());
        if (after != before) {
            consumers.put(after.group(), after);
        }
        if (!before.has(session.client) || !before.subscribesLike(after)) {
            changed.add(after);
        }
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
