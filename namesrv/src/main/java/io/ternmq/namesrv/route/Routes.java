package io.ternmq.namesrv.route;

import io.ternmq.common.topic.TopicConfig;
import io.ternmq.remoting.protocol.route.AdvertisedListeners;
import io.ternmq.remoting.protocol.route.BrokerRoute;
import io.ternmq.remoting.protocol.route.ClusterInfo;
import io.ternmq.remoting.protocol.route.QueueRoute;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * All brokers and topics at one moment. Immutable; what it hands out is unmodifiable.
 *
 * @param topics queues by topic and broker name
 * @param brokers by broker name
 * @param listeners other addresses of the brokers that have any
 */
record Routes(
        NavigableMap<String, SortedMap<String, QueueRoute>> topics,
        SortedMap<String, BrokerRoute> brokers,
        Map<BrokerKey, AdvertisedListeners> listeners) {
    private static final Routes NONE = new Routes(new TreeMap<>(), new TreeMap<>(), Map.of());

    Routes {
        topics = Collections.unmodifiableNavigableMap(topics);
        brokers = Collections.unmodifiableSortedMap(brokers);
        listeners = Collections.unmodifiableMap(listeners);
    }

    static Routes none() {
        return NONE;
    }

    /** Where a topic is served; empty if nobody knows it or all brokers that had it are gone. */
    Optional<TopicPlaces> find(String topic) {
        SortedMap<String, QueueRoute> queues = topics.get(topic);
        if (queues == null) {
            return Optional.empty();
        }
        List<BrokerRoute> found = queues.values().stream()
                .flatMap(queue -> Optional.ofNullable(brokers.get(queue.brokerName())).stream())
                .filter(broker -> !broker.addresses().isEmpty())
                .toList();
        return found.isEmpty() ? Optional.empty() : Optional.of(new TopicPlaces(List.copyOf(queues.values()), found));
    }

    ClusterInfo clusterInfo(ListenerView view) {
        SortedMap<String, List<String>> clusters = new TreeMap<>();
        SortedMap<String, BrokerRoute> seen = new TreeMap<>();
        brokers.forEach((name, broker) -> {
            clusters.computeIfAbsent(broker.cluster(), cluster -> new ArrayList<>())
                    .add(name);
            seen.put(name, view.of(broker, this));
        });
        return new ClusterInfo(seen, clusters);
    }

    List<String> topicNames() {
        return List.copyOf(topics.keySet());
    }

    List<String> topicNamesOf(String cluster) {
        return names(entry -> entry.getValue().keySet().stream()
                .anyMatch(name ->
                        brokers.containsKey(name) && brokers.get(name).cluster().equals(cluster)));
    }

    /** Topics with a flag on any broker that {@code wanted} accepts; see {@link TopicConfig}. */
    List<String> topicNamesWithFlag(IntPredicate wanted) {
        return names(entry -> entry.getValue().values().stream().anyMatch(queue -> wanted.test(queue.sysFlag())));
    }

    /** Names of clusters and brokers: each is a topic that the system made. */
    List<String> systemNames() {
        return Stream.concat(brokers.values().stream().map(BrokerRoute::cluster), brokers.keySet().stream())
                .distinct()
                .toList();
    }

    /** Some broker's address, if there is a broker. */
    Optional<String> anyAddress(ListenerView view) {
        return brokers.values().stream()
                .flatMap(broker -> view.of(broker, this).addresses().values().stream())
                .findFirst();
    }

    private List<String> names(Predicate<Map.Entry<String, SortedMap<String, QueueRoute>>> wanted) {
        return topics.entrySet().stream().filter(wanted).map(Map.Entry::getKey).toList();
    }

    /**
     * A topic's queues and the brokers that hold them.
     *
     * @param queues one entry for each broker name
     * @param brokers those of the names that are registered
     */
    record TopicPlaces(List<QueueRoute> queues, List<BrokerRoute> brokers) {}
}
