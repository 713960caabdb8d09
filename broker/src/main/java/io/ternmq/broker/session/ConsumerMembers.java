package io.ternmq.broker.session;

import io.ternmq.remoting.protocol.body.SubscriptionData;
import io.ternmq.remoting.protocol.session.ConsumeType;
import io.ternmq.remoting.protocol.session.ConsumerMembership;
import io.ternmq.remoting.protocol.session.GroupModel;
import io.ternmq.remoting.protocol.session.StartFrom;
import io.ternmq.remoting.server.Connection;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The members of one consumer group that are connected now, and what the group reads. Immutable; a change makes a new
 * one. All members must subscribe alike: the group has one table of subscriptions, which is what the last of them said,
 * and of which the newest version counts. What a member said is kept beside it only where it is something else.
 */
public final class ConsumerMembers {
    private final String group;
    private final ConsumeType type;
    private final GroupModel model;
    private final StartFrom startFrom;
    private final SubscriptionTable subscriptions;
    private final Map<Connection, Client> members;
    private final Map<Connection, SubscriptionTable> dissenters; // members that said something else than the table

    private ConsumerMembers(
            String group,
            ConsumeType type,
            GroupModel model,
            StartFrom startFrom,
            SubscriptionTable subscriptions,
            Map<Connection, Client> members,
            Map<Connection, SubscriptionTable> dissenters) {
        this.group = group;
        this.type = type;
        this.model = model;
        this.startFrom = startFrom;
        this.subscriptions = subscriptions;
        this.members = members;
        this.dissenters = dissenters;
    }

    /** A group of which nothing is known yet. */
    static ConsumerMembers none(String group) {
        return new ConsumerMembers(
                group,
                ConsumeType.CONSUME_PASSIVELY,
                GroupModel.CLUSTERING,
                StartFrom.CONSUME_FROM_LAST_OFFSET,
                SubscriptionTable.EMPTY,
                Map.of(),
                Map.of());
    }

    public String group() {
        return group;
    }

    public ConsumeType type() {
        return type;
    }

    public GroupModel model() {
        return model;
    }

    public StartFrom startFrom() {
        return startFrom;
    }

    /** What the group reads of a topic; empty if it has not subscribed to it. */
    public Optional<SubscriptionData> subscription(String topic) {
        return subscriptions.find(topic);
    }

    public Collection<SubscriptionData> subscriptions() {
        return subscriptions.all();
    }

    public Collection<Client> members() {
        return members.values();
    }

    /** Each client once, although it may have come back before its old connection was given up. */
    public List<String> clientIds() {
        return members.values().stream().map(Client::clientId).distinct().toList();
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    boolean has(Client client) {
        return client.equals(members.get(client.connection()));
    }

    boolean has(Connection connection) {
        return members.containsKey(connection);
    }

    /** Whether all members said the same. */
    boolean isOfOneMind() {
        return dissenters.isEmpty();
    }

    /** Whether the table is the same one; versions count too. */
    boolean subscribesLike(ConsumerMembers other) {
        return subscriptions == other.subscriptions;
    }

    /** What a member said; empty if there is none on this connection. */
    Optional<SubscriptionTable> saidBy(Connection connection) {
        return members.containsKey(connection)
                ? Optional.of(dissenters.getOrDefault(connection, subscriptions))
                : Optional.empty();
    }

    /** A member that said something else than {@code client} does; its own earlier connections do not count. */
    Optional<Conflict> conflictOf(Client client, SubscriptionTable said) {
        for (Client member : members.values()) {
            SubscriptionTable theirs = dissenters.getOrDefault(member.connection(), subscriptions);
            if (!member.clientId().equals(client.clientId()) && !theirs.readsLike(said)) {
                return Optional.of(new Conflict(
                        group,
                        client.clientId(),
                        said.whereUnlike(theirs),
                        member.clientId(),
                        theirs.whereUnlike(said)));
            }
            if (dissenters.isEmpty() && !member.clientId().equals(client.clientId())) {
                return Optional.empty(); // the others say the same
            }
        }
        return Optional.empty();
    }

    /** The group with a member that has said what it subscribes to; this very group if that is nothing new. */
    ConsumerMembers with(Client client, ConsumerMembership membership, SubscriptionTable said) {
        SubscriptionTable next = subscriptions.replacedBy(said);
        Map<Connection, SubscriptionTable> nextDissenters = dissentersAfter(client.connection(), next, said);
        if (next == subscriptions
                && nextDissenters == dissenters
                && has(client)
                && type == membership.type()
                && model == membership.model()
                && startFrom == membership.startFrom()) {
            return this;
        }
        return new ConsumerMembers(
                group,
                membership.type(),
                membership.model(),
                membership.startFrom(),
                next,
                withMember(client),
                nextDissenters);
    }

    /** The group with a member that subscribes as it did before; this very group if that is nothing new. */
    ConsumerMembers with(Client client) {
        return has(client)
                ? this
                : new ConsumerMembers(group, type, model, startFrom, subscriptions, withMember(client), dissenters);
    }

    ConsumerMembers without(Connection connection) {
        Map<Connection, Client> others = new LinkedHashMap<>(members);
        others.remove(connection);
        Map<Connection, SubscriptionTable> otherDissenters = dissenters;
        if (dissenters.containsKey(connection)) {
            otherDissenters = new HashMap<>(dissenters);
            otherDissenters.remove(connection);
        }
        return new ConsumerMembers(group, type, model, startFrom, subscriptions, others, otherDissenters);
    }

    private Map<Connection, Client> withMember(Client client) {
        if (has(client)) {
            return members;
        }
        Map<Connection, Client> all = new LinkedHashMap<>(members);
        all.put(client.connection(), client);
        return all;
    }

    private Map<Connection, SubscriptionTable> dissentersAfter(
            Connection speaker, SubscriptionTable next, SubscriptionTable said) {
        boolean isSpeakerOfOneMind = next.readsLike(said);
        if (dissenters.isEmpty() && isSpeakerOfOneMind && next.readsLike(subscriptions)) {
            return dissenters; // nearly always
        }
        Map<Connection, SubscriptionTable> after = new HashMap<>();
        for (Connection member : members.keySet()) {
            SubscriptionTable theirs = dissenters.getOrDefault(member, subscriptions);
            if (member != speaker && !theirs.readsLike(next)) {
                after.put(member, theirs);
            }
        }
        if (!isSpeakerOfOneMind) {
            after.put(speaker, said);
        }
        return after.equals(dissenters) ? dissenters : after;
    }
}
