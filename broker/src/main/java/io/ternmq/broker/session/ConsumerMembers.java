package io.ternmq.broker.session;

import io.ternmq.remoting.protocol.body.SubscriptionData;
import io.ternmq.remoting.protocol.session.ConsumeType;
import io.ternmq.remoting.protocol.session.ConsumerMembership;
import io.ternmq.remoting.protocol.session.GroupModel;
import io.ternmq.remoting.protocol.session.StartFrom;
import io.ternmq.remoting.server.Connection;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The members of one consumer group that are connected now, and what the group reads. Immutable; a change makes a new
 * one. All members must subscribe alike: the group has one table of subscriptions, of which the newest version counts.
 */
public final class ConsumerMembers {
    private final String group;
    private final ConsumeType type;
    private final GroupModel model;
    private final StartFrom startFrom;
    private final Map<String, SubscriptionData> subscriptions; // by topic
    private final Map<Connection, Client> members;

    private ConsumerMembers(
            String group,
            ConsumeType type,
            GroupModel model,
            StartFrom startFrom,
            Map<String, SubscriptionData> subscriptions,
            Map<Connection, Client> members) {
        this.group = group;
        this.type = type;
        this.model = model;
        this.startFrom = startFrom;
        this.subscriptions = subscriptions;
        this.members = members;
    }

    /** A group of which nothing is known yet. */
    static ConsumerMembers none(String group) {
        return new ConsumerMembers(
                group,
                ConsumeType.CONSUME_PASSIVELY,
                GroupModel.CLUSTERING,
                StartFrom.CONSUME_FROM_LAST_OFFSET,
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
        return Optional.ofNullable(subscriptions.get(topic));
    }

    public Collection<SubscriptionData> subscriptions() {
        return subscriptions.values();
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

    boolean subscribesLike(ConsumerMembers other) {
        return subscriptions.equals(other.subscriptions);
    }

    /** The group with a member that has said what it subscribes to. */
    ConsumerMembers with(Client client, ConsumerMembership membership) {
        return new ConsumerMembers(
                group,
                membership.type(),
                membership.model(),
                membership.startFrom(),
                merged(membership.subscriptions()),
                withMember(client));
    }

    /** The group with a member that subscribes as the group does already. */
    ConsumerMembers with(Client client) {
        return new ConsumerMembers(group, type, model, startFrom, subscriptions, withMember(client));
    }

    ConsumerMembers without(Connection connection) {
        Map<Connection, Client> others = new LinkedHashMap<>(members);
        others.remove(connection);
        return new ConsumerMembers(group, type, model, startFrom, subscriptions, others);
    }

    private Map<Connection, Client> withMember(Client client) {
        Map<Connection, Client> all = new LinkedHashMap<>(members);
        all.put(client.connection(), client);
        return all;
    }

    // A topic that the newest heartbeat does not name is no longer read; of the others the newer version counts.
    private Map<String, SubscriptionData> merged(List<SubscriptionData> said) {
        Map<String, SubscriptionData> table = new LinkedHashMap<>();
        for (SubscriptionData subscription : said) {
            SubscriptionData present = subscriptions.get(subscription.topic());
            boolean isNewer = present == null || subscription.version() > present.version();
            table.put(subscription.topic(), isNewer ? subscription : present);
        }
        return table;
    }
}
