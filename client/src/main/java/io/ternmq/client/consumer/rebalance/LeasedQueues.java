package io.ternmq.client.consumer.rebalance;

import io.ternmq.client.route.TopicRoute;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.common.topic.GroupNames;
import io.ternmq.remoting.protocol.session.LockRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims queues by leases at their brokers, so that one member begins with a queue when the one before has committed what
 * it consumed. Owns the leases of this member; they are renewed until given back. Its state belongs to the timer thread,
 * but for the set of leases held, which shutdown reads.
 *
 * <p>The leases are those of ordered consumption, under a group name of their own: every broker of this protocol has them,
 * and members of other makes neither take nor heed them. So nobody waits for a member of another make. Nor for one that is
 * gone: every member that knew it ends its leases in its name. For a member that lives and does not give back, the wait
 * is bounded, and then messages may be repeated, as ever.
 */
public final class LeasedQueues implements QueueClaims {
    private static final Logger log = LoggerFactory.getLogger(LeasedQueues.class);
    private static final Duration RENEWAL = Duration.ofSeconds(20); // brokers end leases after 60 s

    /** Rounds of sharing out, which are as far apart, carry the renewals along; others than those renew nothing again. */
    private static final Duration RENEWAL_MIN = Duration.ofSeconds(15);

    private static final Duration RETRY_PAUSE = Duration.ofMillis(50);

    private final ClaimRooms rooms;
    private final String leaseGroup;
    private final Map<MessageQueue, Claim> claims = new LinkedHashMap<>(); // those that wait
    private final Set<MessageQueue> held =
            ConcurrentHashMap.newKeySet(); // claimed, also where the lease is not ours yet
    private final Set<MessageQueue> returned = new HashSet<>(); // those that brokers are to be told of in the same turn
    private final Map<String, Set<String>> members = new HashMap<>(); // by topic
    private long renewedNanos; // when the leases were renewed last, or this began
    private boolean isAsking; // whether a turn is due that asks for the waiting ones

    private record Claim(long deadlineNanos, CompletableFuture<Void> granted) {}

    public LeasedQueues(ClaimRooms rooms) {
        this.rooms = rooms;
        this.leaseGroup = GroupNames.HAND_OVER_PREFIX + rooms.group();
        this.renewedNanos = rooms.clock().monotonicNanos();
    }

    public void start() {
        rooms.scheduler().every(RENEWAL, RENEWAL, "renew queue leases", this::renewIfDue);
    }

    @Override
    public void roundBegins() {
        renewIfDue();
    }

    @Override
    public void membersAre(String topic, Set<String> clientIds) {
        Set<String> before =
                Optional.ofNullable(members.put(topic, Set.copyOf(clientIds))).orElse(Set.of());
        Set<String> gone = new HashSet<>(before);
        gone.removeAll(clientIds);
        gone.remove(rooms.clientId()); // missed by a broker that is told again of it
        if (!gone.isEmpty()) {
            // Of all queues of the topic: whoever gets them may have come after the one that is gone, and not know of
            // it.
            List<MessageQueue> queues =
                    rooms.routes().known(topic).map(TopicRoute::subscribeQueues).orElse(List.of());
            byMaster(queues).forEach((address, there) -> gone.forEach(member -> unlock(address, member, there)));
        }
    }

    @Override
    public CompletionStage<Void> claim(MessageQueue queue) {
        Set<String> sharers = members.get(queue.getTopic());
        if (sharers == null) {
            return CompletableFuture.completedFuture(null); // assigned by hand, not shared out
        }
        Duration wait = sharers.equals(Set.of(rooms.clientId())) ? Duration.ZERO : rooms.waitMax();
        Claim claim = new Claim(rooms.clock().monotonicNanos() + wait.toNanos(), new CompletableFuture<>());
        claims.put(queue, claim);
        askAfter(Duration.ZERO);
        return claim.granted;
    }

    @Override
    public void giveBack(MessageQueue queue) {
        claims.remove(queue);
        if (held.remove(queue)) {
            if (returned.isEmpty()) {
                rooms.scheduler().after(Duration.ZERO, "give queues back", this::tellReturned);
            }
            returned.add(queue);
        }
    }

    @Override
    public CompletionStage<Void> giveBackAll() {
        return CompletableFuture.allOf(byMaster(held).entrySet().stream()
                .map(entry -> unlock(entry.getKey(), rooms.clientId(), entry.getValue())
                        .toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new));
    }

    @Override
    public Duration waitMax() {
        return rooms.waitMax();
    }

    private void askAfter(Duration pause) {
        if (!isAsking) {
            isAsking = true;
            rooms.scheduler().after(pause, "claim queues", this::ask);
        }
    }

    private void ask() {
        isAsking = false;
        Map<String, List<MessageQueue>> byMaster = byMaster(claims.keySet());
        Set<MessageQueue> unreachable = new HashSet<>(claims.keySet());
        byMaster.values().forEach(unreachable::removeAll);
        unreachable.forEach(this::grant); // the start offset cannot be asked for either, and that is tried again
        byMaster.forEach((address, queues) -> rooms.sessions()
                .lock(address, request(rooms.clientId(), queues), rooms.timeout())
                .whenComplete((locked, failure) -> rooms.scheduler()
                        .after(Duration.ZERO, "claim queues", () -> answered(address, queues, locked, failure))));
    }

    private void answered(String address, List<MessageQueue> asked, Set<MessageQueue> locked, Throwable failure) {
        if (failure != null) {
            log.debug("No leases: queues are begun with at once. address={} cause={}", address, failure.getMessage());
        }
        long now = rooms.clock().monotonicNanos();
        List<MessageQueue> unwanted = new ArrayList<>();
        for (MessageQueue queue : asked) {
            Claim claim = claims.get(queue);
            boolean isLocked = failure == null && locked.contains(queue);
            if (claim == null) {
                if (isLocked && !held.contains(queue)) {
                    unwanted.add(queue); // given back while it was asked for
                }
            } else if (isLocked || failure != null) {
                grant(queue);
            } else if (claim.deadlineNanos - now <= 0) {
                log.info(
                        "Queue was not given back in time: begun with all the same. group={} queue={} waitMaxMillis={}",
                        rooms.group(),
                        queue,
                        rooms.waitMax().toMillis());
                grant(queue);
            } else {
                askAfter(RETRY_PAUSE);
            }
        }
        if (!unwanted.isEmpty()) {
            unlock(address, rooms.clientId(), unwanted);
        }
    }

    private void grant(MessageQueue queue) {
        Claim claim = claims.remove(queue);
        if (claim != null) {
            held.add(queue);
            claim.granted.complete(null);
        }
    }

    private void tellReturned() {
        byMaster(returned).forEach((address, queues) -> unlock(address, rooms.clientId(), queues));
        returned.clear();
    }

    private void renewIfDue() {
        long now = rooms.clock().monotonicNanos();
        if (now - renewedNanos >= RENEWAL_MIN.toNanos()) {
            renewedNanos = now;
            renew();
        }
    }

    private void renew() {
        byMaster(held)
                .forEach((address, queues) -> rooms.sessions()
                        .lock(address, request(rooms.clientId(), queues), rooms.timeout())
                        .whenComplete((locked, failure) -> {
                            if (failure != null) {
                                log.debug("Leases not renewed. address={} cause={}", address, failure.getMessage());
                            }
                        }));
    }

    // One that is lost runs out by itself, and until then only delays the next owner.
    private CompletionStage<Void> unlock(String address, String clientId, List<MessageQueue> queues) {
        return rooms.sessions()
                .unlock(address, request(clientId, queues), rooms.timeout())
                .handle((done, failure) -> {
                    if (failure != null) {
                        log.debug("Leases not ended. address={} cause={}", address, failure.getMessage());
                    }
                    return null;
                });
    }

    private LockRequest request(String clientId, List<MessageQueue> queues) {
        return new LockRequest(leaseGroup, clientId, queues, true);
    }

    private Map<String, List<MessageQueue>> byMaster(Collection<MessageQueue> queues) {
        Map<String, List<MessageQueue>> byMaster = new HashMap<>();
        for (MessageQueue queue : queues) {
            rooms.routes()
                    .known(queue.getTopic())
                    .flatMap(route -> route.addressOf(queue.getBrokerName(), TopicRoute.MASTER))
                    .ifPresent(address -> byMaster.computeIfAbsent(address, name -> new ArrayList<>())
                            .add(queue));
        }
        return byMaster;
    }
}
