package io.ternmq.client.route;

import io.ternmq.client.exception.MQClientException;
import io.ternmq.client.route.NameServers.Asked;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The routes of the topics that a client uses. Owns them; keeps what it last heard when name servers fail or forget,
 * for brokers may serve on. Safe for use by any thread; never blocks.
 */
public final class RouteCache {
    /** Topics remembered; beyond that those not in use are forgotten, and then routes are asked for each time. */
    static final int TOPICS_MAX = 10_000;

    private static final Logger log = LoggerFactory.getLogger(RouteCache.class);
    private static final int IDLE_ROUNDS_MAX = 20;

    /** Rounds in which a route that lost a broker is asked for again. */
    static final int MISSED_ROUNDS_MAX = 150;

    /** Routes that one such round asks for at most. */
    static final int MISSED_TOPICS_MAX = 100;

    private final NameServers nameServers;
    private final RouteDiagnosis diagnosis;
    private final IntSupplier firstTurns;
    private final ConcurrentMap<String, Entry> entries = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, CompletableFuture<Asked>> questions = new ConcurrentHashMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** What is known of one topic. */
    private static final class Entry {
        private volatile TopicRoute route; // whoever heard something newer sets it
        private final Optional<Template> template;
        private volatile boolean isUsed = true; // users set it, the refresh clears it
        private int idleRounds; // of the refresh alone
        // Brokers that have left the route not long ago; who heard something newer sets it, the refresh gives up.
        private volatile Set<String> missed = Set.of();
        private int missedRounds; // of the refresh after a loss alone

        private Entry(TopicRoute route, Optional<Template> template) {
            this.route = route;
            this.template = template;
        }
    }

    /**
     * Knows nothing yet.
     *
     * @param firstTurns gives each topic a queue to begin with, so that producers do not all begin with the first
     */
    public RouteCache(NameServers nameServers, IntSupplier firstTurns) {
        this.nameServers = nameServers;
        this.diagnosis = new RouteDiagnosis(nameServers.gateway());
        this.firstTurns = firstTurns;
    }

    /** Runs {@code listener} after each change of a route, on a network thread. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    public Optional<TopicRoute> known(String topic) {
        Entry entry = entries.get(topic);
        if (entry == null) {
            return Optional.empty();
        }
        if (!entry.isUsed) {
            entry.isUsed = true;
        }
        return Optional.of(entry.route);
    }

    /** The route of a topic, if it is known and has a queue that can be written. */
    public Optional<TopicRoute> knownForPublish(String topic) {
        return known(topic).filter(route -> !route.publishQueues().isEmpty());
    }

    /** Asks for the route of a topic now; empty if no name server knows it. Never fails. */
    public CompletionStage<Optional<TopicRoute>> find(String topic) {
        return question(topic).thenApply(asked -> {
            asked.route().ifPresent(heard -> learn(topic, heard));
            return asked.route().isPresent() ? known(topic) : Optional.empty();
        });
    }

    /**
     * Asks where to write a topic now; one that does not exist goes where the template is.
     *
     * @return fails with an {@link MQClientException} that says what each name server answered
     */
    public CompletionStage<TopicRoute> findForPublish(String topic, Template template) {
        CompletableFuture<TopicRoute> result = new CompletableFuture<>();
        question(topic).thenAccept(asked -> {
            asked.route().ifPresent(heard -> learn(topic, heard));
            Optional<TopicRoute> route =
                    asked.route().map(heard -> read(topic, heard)).filter(RouteCache::isWritable);
            if (route.isPresent()) {
                result.complete(route.get());
            } else if (asked.route().isPresent()) {
                result.completeExceptionally(
                        RouteFailures.notWritable(topic, asked.route().get()));
            } else {
                findTemplate(topic, template, asked, result);
            }
        });
        return result;
    }

    /** Asks for a topic's route again because a broker refused or failed; forgets it if it is gone for sure. */
    public void refreshSoon(String topic) {
        question(topic).thenAccept(asked -> {
            if (asked.route().isPresent()) {
                learn(topic, asked.route().get());
            } else if (asked.areAllSure()) {
                entries.computeIfPresent(topic, (name, entry) -> entry.route.fromTemplate() ? entry : null);
            }
        });
    }

    /** Asks for the routes of all topics in use; forgets those that were not used for a while. One caller at a time. */
    public void refreshAll() {
        entries.forEach((topic, entry) -> {
            entry.idleRounds = entry.isUsed ? 0 : entry.idleRounds + 1;
            entry.isUsed = false;
            if (entry.idleRounds > IDLE_ROUNDS_MAX) {
                entries.remove(topic, entry);
            } else {
                refresh(topic, entry);
            }
        });
    }

    /**
     * Asks for the routes that lost a broker not long ago: it may be back any time, and the next {@link #refreshAll} may be
     * far. Gives up after {@link #MISSED_ROUNDS_MAX} rounds. One caller at a time.
     */
    public void refreshAfterLoss() {
        int asked = 0;
        for (Map.Entry<String, Entry> each : entries.entrySet()) {
            Entry entry = each.getValue();
            if (entry.missed.isEmpty()) {
                entry.missedRounds = 0;
            } else if (entry.missedRounds >= MISSED_ROUNDS_MAX) {
                entry.missed = Set.of();
            } else if (asked < MISSED_TOPICS_MAX) {
                asked++;
                entry.missedRounds++;
                refresh(each.getKey(), entry);
            }
        }
    }

    /** All brokers of all known routes: addresses by name and id. */
    public Map<String, SortedMap<Long, String>> brokers() {
        Map<String, SortedMap<Long, String>> brokers = new TreeMap<>();
        entries.values().forEach(entry -> brokers.putAll(entry.route.brokers()));
        return brokers;
    }

    /** Asks other name servers from now on, at once about all topics in use; at least one, {@code host:port}. */
    public void useNameServers(List<String> addresses) {
        if (!addresses.equals(nameServers.addresses())) {
            nameServers.replace(addresses);
            log.info("Name servers changed. nameServers={}", addresses);
            entries.forEach(this::refresh);
        }
    }

    public List<String> nameServerAddresses() {
        return nameServers.addresses();
    }

    private void refresh(String topic, Entry entry) {
        question(topic).thenAccept(asked -> {
            if (asked.route().isPresent()) {
                learn(topic, asked.route().get());
            } else if (entry.template.isPresent() && asked.areAllSure()) {
                Template template = entry.template.get();
                question(template.topic())
                        .thenAccept(again -> again.route().ifPresent(heard -> learnTemplate(topic, template, heard)));
            }
        });
    }

    private void findTemplate(String topic, Template template, Asked asked, CompletableFuture<TopicRoute> result) {
        question(template.topic()).thenAccept(again -> {
            Optional<TopicRoute> route = again.route()
                    .map(heard -> learnTemplate(topic, template, heard))
                    .filter(RouteCache::isWritable);
            if (route.isPresent()) {
                result.complete(route.get());
            } else {
                diagnosis.explain(topic, template, asked, again).thenAccept(result::completeExceptionally);
            }
        });
    }

    // Many sends may want the same route at once: one question serves them all.
    private CompletionStage<Asked> question(String topic) {
        CompletableFuture<Asked> mine = new CompletableFuture<>();
        CompletableFuture<Asked> underWay = questions.putIfAbsent(topic, mine);
        if (underWay != null) {
            return underWay;
        }
        nameServers.ask(topic).thenAccept(asked -> {
            questions.remove(topic, mine);
            mine.complete(asked);
        });
        return mine;
    }

    private TopicRoute read(String topic, io.ternmq.remoting.protocol.route.TopicRoute heard) {
        return RouteReader.read(topic, heard, turnOf(topic));
    }

    private void learn(String topic, io.ternmq.remoting.protocol.route.TopicRoute heard) {
        learn(topic, read(topic, heard), Optional.empty());
    }

    private TopicRoute learnTemplate(
            String topic, Template template, io.ternmq.remoting.protocol.route.TopicRoute heard) {
        TopicRoute route = RouteReader.readTemplate(topic, template, heard, turnOf(topic));
        learn(topic, route, Optional.of(template));
        return route;
    }

    private void learn(String topic, TopicRoute route, Optional<Template> template) {
        Entry known = entries.get(topic);
        if (known != null && known.route.leadsWhere(route)) {
            return;
        }
        if (known == null && entries.size() >= TOPICS_MAX && !forgetUnused()) {
            return;
        }
        if (known != null && known.template.equals(template)) {
            known.missed = missedBy(known, route);
            known.route = route;
        } else {
            entries.put(topic, new Entry(route, template));
        }
        log.info(
                "Route learned. topic={} brokers={} writeQueues={} readQueues={} fromTemplate={}",
                topic,
                route.brokers(),
                route.publishQueues().names().size(),
                route.subscribeQueues().size(),
                route.fromTemplate());
        listeners.forEach(Runnable::run);
    }

    private static Set<String> missedBy(Entry known, TopicRoute route) {
        Set<String> missed = new HashSet<>(known.missed);
        missed.addAll(known.route.brokers().keySet());
        missed.removeAll(route.brokers().keySet());
        return Set.copyOf(missed);
    }

    private boolean forgetUnused() {
        List<String> unused = new ArrayList<>();
        entries.forEach((topic, entry) -> {
            if (!entry.isUsed) {
                unused.add(topic);
            }
        });
        unused.forEach(entries::remove);
        return entries.size() < TOPICS_MAX;
    }

    private AtomicInteger turnOf(String topic) {
        Entry known = entries.get(topic);
        return known == null
                ? new AtomicInteger(firstTurns.getAsInt())
                : known.route.publishQueues().turn();
    }

    private static boolean isWritable(TopicRoute route) {
        return !route.publishQueues().isEmpty();
    }
}
