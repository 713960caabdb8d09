package io.ternmq.client.session;

import io.ternmq.remoting.protocol.session.ConsumerMembership;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The producers and consumers of one client. Safe for use by any thread. */
final class Members {
    private final Set<String> producers = ConcurrentHashMap.newKeySet();
    private final Map<String, ConsumerMember> consumers = new ConcurrentHashMap<>();

    /** False if there is one of this group already. */
    boolean addProducer(String group) {
        return producers.add(group);
    }

    void removeProducer(String group) {
        producers.remove(group);
    }

    /** False if there is one of this group already. */
    boolean addConsumer(ConsumerMember member) {
        return consumers.putIfAbsent(member.group(), member) == null;
    }

    void removeConsumer(String group) {
        consumers.remove(group);
    }

    Optional<ConsumerMember> consumer(String group) {
        return Optional.ofNullable(consumers.get(group));
    }

    Collection<ConsumerMember> consumers() {
        return List.copyOf(consumers.values());
    }

    List<String> producerGroups() {
        return List.copyOf(producers);
    }

    List<ConsumerMembership> memberships() {
        return consumers.values().stream().map(ConsumerMember::membership).toList();
    }

    boolean isEmpty() {
        return producers.isEmpty() && consumers.isEmpty();
    }
}
