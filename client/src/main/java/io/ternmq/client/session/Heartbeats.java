package io.ternmq.client.session;

import io.ternmq.client.gateway.SessionGateway;
import io.ternmq.client.route.RouteCache;
import io.ternmq.client.route.TopicRoute;
import io.ternmq.remoting.protocol.session.Heartbeat;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells brokers that this client lives and what it does. Owns the knowledge which brokers have heard of it. Safe for use
 * by any thread; never blocks.
 */
public final class Heartbeats {
    private static final Logger log = LoggerFactory.getLogger(Heartbeats.class);

    private final String clientId;
    private final Members members;
    private final RouteCache routes;
    private final SessionGateway gateway;
    private final Duration timeout;
    // By address: complete once the broker has heard of all members; absent if it has not, or may have forgotten.
    private final ConcurrentMap<String, CompletableFuture<Void>> heard = new ConcurrentHashMap<>();
    private final Set<String> silent = ConcurrentHashMap.newKeySet(); // those whose failure was logged

    Heartbeats(String clientId, Members members, RouteCache routes, SessionGateway gateway, Duration timeout) {
        this.clientId = clientId;
        this.members = members;
        this.routes = routes;
        this.gateway = gateway;
        this.timeout = timeout;
    }

    /** Completes once this broker has heard of all members; sends a heartbeat only if it has not. */
    public CompletionStage<Void> reach(String address) {
        CompletableFuture<Void> begun = new CompletableFuture<>();
        CompletableFuture<Void> known = heard.putIfAbsent(address, begun);
        if (known != null) {
            return known;
        }
        return send(address, begun);
    }

    /** The broker may have forgotten this client: its connection was lost, or it said so. */
    public void forget(String address) {
        heard.remove(address);
    }

    /** Tells every broker again, for what is told has changed or time has passed. Never fails. */
    public CompletionStage<Void> sendToAll() {
        CompletableFuture<?>[] sent = targets().stream()
                .map(this::renew)
                .map(stage -> stage.exceptionally(logged -> null))
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(sent);
    }

    /** Tells brokers that have not heard yet. */
    void sendToNew() {
        targets().forEach(this::reach);
    }

    /** Brokers that have heard of this client. */
    List<String> reached() {
        return List.copyOf(heard.keySet());
    }

    private CompletableFuture<Void> renew(String address) {
        CompletableFuture<Void> begun = new CompletableFuture<>();
        heard.put(address, begun);
        return send(address, begun);
    }

    private CompletableFuture<Void> send(String address, CompletableFuture<Void> begun) {
        Heartbeat heartbeat = new Heartbeat(clientId, members.producerGroups(), members.memberships(), 0, false);
        CompletionStage<Void> sent = gateway.heartbeat(address, heartbeat, timeout);
        sent.whenComplete((done, failure) -> {
            if (failure == null) {
                if (silent.remove(address)) {
                    log.info("Broker hears heartbeats again. address={}", address);
                }
                begun.complete(null);
            } else {
                heard.remove(address, begun);
                if (silent.add(address)) {
                    log.warn("Broker does not hear heartbeats. address={} cause={}", address, failure.getMessage());
                }
                begun.completeExceptionally(failure);
            }
        });
        return begun;
    }

    // Replicas need to know consumers, which may read from them, but not producers.
    private Set<String> targets() {
        if (members.isEmpty()) {
            return Set.of();
        }
        boolean mastersOnly = members.memberships().isEmpty();
        Set<String> addresses = new TreeSet<>();
        Map<String, SortedMap<Long, String>> brokers = routes.brokers();
        for (SortedMap<Long, String> broker : brokers.values()) {
            broker.forEach((id, address) -> {
                if (!mastersOnly || id == TopicRoute.MASTER) {
                    addresses.add(address);
                }
            });
        }
        silent.retainAll(addresses);
        return addresses;
    }
}
