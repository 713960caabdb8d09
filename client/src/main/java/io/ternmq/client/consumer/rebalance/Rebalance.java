package io.ternmq.client.consumer.rebalance;

import io.ternmq.client.route.TopicRoute;
import io.ternmq.common.message.MessageQueue;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shares the queues of each topic out among the members of the group: who they are is asked of a broker, the sharing is
 * computed, alike by every member. Its state belongs to the timer thread, on which all of it runs.
 */
public final class Rebalance {
    private static final Logger log = LoggerFactory.getLogger(Rebalance.class);
    private static final Duration INTERVAL = Duration.ofSeconds(20);
    private static final Duration INTERVAL_UNSETTLED = Duration.ofSeconds(1);
    private static final int MISSING_MAX = 2;

    private final RebalanceRooms rooms;
    private final Assignments assignments;
    private final Map<String, Integer> missing = new HashMap<>(); // by topic: how often we were not among the members
    private final AtomicBoolean isAsked = new AtomicBoolean(); // raised by anybody, lowered as the next round begins
    private final AtomicBoolean isUnsettled = new AtomicBoolean(); // raised by steps, lowered by the timer thread
    private volatile boolean isStopped; // set once, at shutdown or when queues are given by hand

    /** Takes what was shared out. Called by the timer thread. */
    public interface Assignments {
        /** These queues of the topic are this member's now, and no others. */
        void assign(String topic, Set<MessageQueue> queues);

        /** These are the members that the topic's queues are about to be shared out among. */
        void membersAre(String topic, Set<String> clientIds);

        /** Only these topics are still subscribed. Called as each round begins, before anything is asked. */
        void keepTopics(Set<String> topics);
    }

    public Rebalance(RebalanceRooms rooms, Assignments assignments) {
        this.rooms = rooms;
        this.assignments = assignments;
    }

    public void start() {
        rooms.scheduler().every(INTERVAL, INTERVAL, "rebalance", this::shareOut);
        rooms.scheduler().every(INTERVAL_UNSETTLED, INTERVAL_UNSETTLED, "rebalance if unsettled", () -> {
            if (isUnsettled.getAndSet(false)) {
                shareOut();
            }
        });
        soon();
    }

    /** Shares out again at once; calls that come before it begins are one. May be called by any thread. */
    public void soon() {
        if (!isStopped && isAsked.compareAndSet(false, true)) {
            rooms.scheduler().after(Duration.ZERO, "rebalance", () -> {
                isAsked.set(false);
                shareOut();
            });
        }
    }

    /** Shares out again within a second. May be called by any thread. */
    public void unsettled() {
        isUnsettled.set(true);
    }

    public void stop() {
        isStopped = true;
    }

    private void shareOut() {
        if (isStopped) {
            return;
        }
        Set<String> topics = rooms.subscriptions().topics();
        assignments.keepTopics(topics);
        Map<String, CompletionStage<List<String>>> members =
                new HashMap<>(); // by broker, which is asked once for all topics
        topics.forEach(topic -> shareOut(topic, members));
    }

    private void shareOut(String topic, Map<String, CompletionStage<List<String>>> asked) {
        Optional<TopicRoute> route = rooms.routes().known(topic);
        if (route.isEmpty() || route.get().fromTemplate()) {
            CompletionStage<Optional<TopicRoute>> looked = rooms.routes().find(topic);
            looked.thenAccept(found -> unsettled()); // a topic that does not exist yet may come to be
            return;
        }
        if (rooms.isBroadcast()) {
            assignments.assign(topic, new LinkedHashSet<>(route.get().subscribeQueues()));
            return;
        }
        Optional<String> address = anyBroker(route.get());
        if (address.isEmpty()) {
            unsettled();
            return;
        }
        asked.computeIfAbsent(address.get(), this::askForMembers)
                .whenComplete((members, failure) -> rooms.scheduler().after(Duration.ZERO, "rebalance " + topic, () -> {
                    if (failure == null) {
                        shareOut(topic, address.get(), members);
                    } else {
                        log.debug("Members not known. topic={} cause={}", topic, failure.getMessage());
                        rooms.heartbeats().forget(address.get());
                        unsettled();
                    }
                }));
    }

    private CompletionStage<List<String>> askForMembers(String address) {
        return rooms.heartbeats()
                .reach(address)
                .thenCompose(heard -> rooms.sessions().members(address, rooms.group(), rooms.timeout()));
    }

    private void shareOut(String topic, String address, List<String> members) {
        if (isStopped || members.isEmpty()) { // none at all: the broker is about to hear of us
            return;
        }
        List<String> sorted = members.stream().sorted().distinct().toList();
        if (!sorted.contains(rooms.clientId())) {
            // The broker may have lost our connection a moment ago: tell it again before others are given our queues.
            rooms.heartbeats().forget(address);
            unsettled();
            if (missing.merge(topic, 1, Integer::sum) < MISSING_MAX) {
                return;
            }
        } else {
            missing.remove(topic);
        }
        List<MessageQueue> queues =
                rooms.routes().known(topic).map(TopicRoute::subscribeQueues).orElse(List.of());
        assignments.membersAre(topic, Set.copyOf(sorted));
        allocate(topic, queues, sorted).ifPresent(mine -> assignments.assign(topic, new LinkedHashSet<>(mine)));
    }

    // What a strategy of the application throws must not keep the other topics from being shared out.
    private Optional<List<MessageQueue>> allocate(String topic, List<MessageQueue> queues, List<String> members) {
        if (queues.isEmpty()) {
            return Optional.of(List.of()); // strategies need not bear that
        }
        try {
            return Optional.of(rooms.strategy().allocate(rooms.group(), rooms.clientId(), queues, members));
        } catch (RuntimeException e) {
            log.error(
                    "Queues cannot be shared out: they stay as they are. group={} topic={} strategy={}",
                    rooms.group(),
                    topic,
                    rooms.strategy().getName(),
                    e);
            return Optional.empty();
        }
    }

    // Masters hear of every member; a replica only of those that have found it.
    private Optional<String> anyBroker(TopicRoute route) {
        List<String> names = route.subscribeQueues().stream()
                .map(MessageQueue::getBrokerName)
                .distinct()
                .toList();
        if (names.isEmpty()) {
            return Optional.empty();
        }
        int first = rooms.choices().applyAsInt(names.size());
        for (int looked = 0; looked < names.size(); looked++) {
            SortedMap<Long, String> broker = route.brokers().get(names.get((first + looked) % names.size()));
            if (broker != null && !broker.isEmpty()) {
                return Optional.of(broker.get(broker.firstKey()));
            }
        }
        return Optional.empty();
    }
}
