package io.ternmq.namesrv.route;

import io.ternmq.remoting.protocol.route.AdvertisedListeners;
import io.ternmq.remoting.protocol.route.BrokerRoute;
import io.ternmq.remoting.protocol.route.QueueRoute;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The next {@link Routes} while it is being made. Copies a table at its first change; a draft that changes nothing
 * gives back what it was made from. Used under the table's lock.
 *
 * <p>What is new is not compared with nothing: the comparison of a record is made by the JVM at its first use, which takes
 * a good part of what a name server needs for its first broker.
 */
final class RoutesDraft {
    private final Routes before;
    private NavigableMap<String, SortedMap<String, QueueRoute>> topics;
    private SortedMap<String, BrokerRoute> brokers;
    private Map<BrokerKey, AdvertisedListeners> listeners;
    private boolean hasOwnTopics;
    private boolean hasOwnBrokers;
    private boolean hasOwnListeners;

    RoutesDraft(Routes before) {
        this.before = before;
        this.topics = before.topics();
        this.brokers = before.brokers();
        this.listeners = before.listeners();
    }

    Routes done() {
        return hasOwnTopics || hasOwnBrokers || hasOwnListeners ? new Routes(topics, brokers, listeners) : before;
    }

    Optional<BrokerRoute> broker(String name) {
        return Optional.ofNullable(brokers.get(name));
    }

    void putBroker(BrokerRoute broker) {
        BrokerRoute known = brokers.get(broker.brokerName());
        if (known == null || !known.equals(broker)) {
            ownBrokers().put(broker.brokerName(), broker);
        }
    }

    /** Notes the other addresses of a broker, or that it has none. */
    void putListeners(BrokerKey broker, AdvertisedListeners advertised) {
        AdvertisedListeners known = listeners.get(broker);
        if (known == null ? advertised.isEmpty() : known.equals(advertised)) {
            return;
        }
        if (!hasOwnListeners) {
            listeners = new HashMap<>(listeners);
            hasOwnListeners = true;
        }
        if (advertised.isEmpty()) {
            listeners.remove(broker);
        } else {
            listeners.put(broker, advertised);
        }
    }

    /** Forgets an address; with its last address goes a broker name, with its last broker name a topic. */
    void removeAddress(String brokerName, String address) {
        BrokerRoute broker = brokers.get(brokerName);
        if (broker == null || !broker.addresses().containsValue(address)) {
            return;
        }
        SortedMap<Long, String> left = new TreeMap<>(broker.addresses());
        left.values().removeIf(address::equals);
        if (left.isEmpty()) {
            ownBrokers().remove(brokerName);
            removeQueuesOf(brokerName);
            return;
        }
        putBroker(new BrokerRoute(broker.cluster(), brokerName, left, broker.enablesActingMaster(), broker.zone()));
    }

    Optional<QueueRoute> queues(String topic, String brokerName) {
        return Optional.ofNullable(queuesOf(topic).get(brokerName));
    }

    void putQueues(String topic, QueueRoute queues) {
        SortedMap<String, QueueRoute> known = queuesOf(topic);
        QueueRoute same = known.get(queues.brokerName());
        if (same == null || !same.equals(queues)) {
            SortedMap<String, QueueRoute> next = new TreeMap<>(known);
            next.put(queues.brokerName(), queues);
            ownTopics().put(topic, Collections.unmodifiableSortedMap(next));
        }
    }

    void removeQueues(String topic, String brokerName) {
        SortedMap<String, QueueRoute> known = queuesOf(topic);
        if (!known.containsKey(brokerName)) {
            return;
        }
        SortedMap<String, QueueRoute> next = new TreeMap<>(known);
        next.remove(brokerName);
        if (next.isEmpty()) {
            ownTopics().remove(topic);
        } else {
            ownTopics().put(topic, Collections.unmodifiableSortedMap(next));
        }
    }

    void removeTopic(String topic) {
        if (topics.containsKey(topic)) {
            ownTopics().remove(topic);
        }
    }

    /** Changes the queues of all topics that a broker name has; says how many topics those are. */
    int changeQueuesOf(String brokerName, UnaryOperator<QueueRoute> change) {
        List<String> names = topicsOf(brokerName);
        names.forEach(topic -> putQueues(topic, change.apply(queuesOf(topic).get(brokerName))));
        return names.size();
    }

    private void removeQueuesOf(String brokerName) {
        topicsOf(brokerName).forEach(topic -> removeQueues(topic, brokerName));
    }

    private List<String> topicsOf(String brokerName) {
        return topics.entrySet().stream()
                .filter(entry -> entry.getValue().containsKey(brokerName))
                .map(entry -> entry.getKey())
                .toList();
    }

    private SortedMap<String, QueueRoute> queuesOf(String topic) {
        return topics.getOrDefault(topic, Collections.emptySortedMap());
    }

    private NavigableMap<String, SortedMap<String, QueueRoute>> ownTopics() {
        if (!hasOwnTopics) {
            topics = new TreeMap<>(topics);
            hasOwnTopics = true;
        }
        return topics;
    }

    private SortedMap<String, BrokerRoute> ownBrokers() {
        if (!hasOwnBrokers) {
            brokers = new TreeMap<>(brokers);
            hasOwnBrokers = true;
        }
        return brokers;
    }
}
