package io.ternmq.broker.session;

import io.ternmq.common.message.MessageQueue;
import io.ternmq.common.time.Clock;
import io.ternmq.common.topic.GroupNames;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which member of a group consumes a queue in order, and for how long without renewal. Owns these leases, under one lock
 * that is held for no I/O; they are not saved, since clients renew them every 20 s. Safe for use by any thread.
 *
 * <p>Members that hand queues over to each other lease those, too, under names of their own. Such leases leave half of the
 * room to ordered consumption: beyond the other half they are granted without being kept, and nobody waits for anybody.
 */
public final class QueueLeases {

    private record Lease(String clientId, long untilNanos) {}

    private final Clock clock;
    private final Duration lifetime;
    private final int leasesMax;
    private final Map<String, Map<MessageQueue, Lease>> byGroup = new HashMap<>(); // guarded by this
    private int held; // guarded by this; leases in all groups
    private int handedOver; // guarded by this; those among them of members that hand queues over

    /**
     * @param lifetime how long a lease lasts without renewal
     * @param leasesMax leases at one time, in all groups; at the limit only leases held already can be renewed
     */
    public QueueLeases(Clock clock, Duration lifetime, int leasesMax) {
        this.clock = clock;
        this.lifetime = lifetime;
        this.leasesMax = leasesMax;
    }

    /**
     * Leases queues to a client: those that are free, expired, or its own already.
     *
     * @return the queues among {@code wanted} that the client holds now
     */
    public synchronized Set<MessageQueue> lock(String group, String clientId, Collection<MessageQueue> wanted) {
        long now = clock.monotonicNanos();
        Map<MessageQueue, Lease> leases = byGroup.computeIfAbsent(group, name -> new HashMap<>());
        Set<MessageQueue> granted = new HashSet<>();
        boolean isHandOver = isHandOver(group);
        for (MessageQueue queue : wanted) {
            Lease present = leases.get(queue);
            if (present == null && isHandOver && handedOver >= leasesMax / 2) {
                granted.add(queue);
            } else if (present == null ? held < leasesMax : isGrantable(present, clientId, now)) {
                count(isHandOver, present == null ? 1 : 0);
                leases.put(queue, new Lease(clientId, now + lifetime.toNanos()));
                granted.add(queue);
            }
        }
        if (leases.isEmpty()) {
            byGroup.remove(group);
        }
        return granted;
    }

    /** Gives back those of {@code queues} that the client holds. */
    public synchronized void unlock(String group, String clientId, Collection<MessageQueue> queues) {
        Map<MessageQueue, Lease> leases = byGroup.getOrDefault(group, Map.of());
        for (MessageQueue queue : queues) {
            Lease present = leases.get(queue);
            if (present != null && present.clientId().equals(clientId)) {
                leases.remove(queue);
                count(isHandOver(group), -1);
            }
        }
        if (leases.isEmpty()) {
            byGroup.remove(group);
        }
    }

    /** Whether a member of the group holds a lease that has not expired: the group consumes in order now. */
    public synchronized boolean isHeld(String group) {
        long now = clock.monotonicNanos();
        return byGroup.getOrDefault(group, Map.of()).values().stream().anyMatch(lease -> !isExpired(lease, now));
    }

    /** Forgets leases that have not been renewed in time. */
    public synchronized void expire() {
        long now = clock.monotonicNanos();
        byGroup.entrySet().removeIf(group -> {
            Map<MessageQueue, Lease> leases = group.getValue();
            int before = leases.size();
            leases.values().removeIf(lease -> isExpired(lease, now));
            count(isHandOver(group.getKey()), leases.size() - before);
            return leases.isEmpty();
        });
    }

    /** Leases that are held now, expired ones included until {@link #expire()} has seen them. */
    public synchronized int held() {
        return held;
    }

    private void count(boolean isHandOver, int more) {
        held += more;
        handedOver += isHandOver ? more : 0;
    }

    private static boolean isHandOver(String group) {
        return group.startsWith(GroupNames.HAND_OVER_PREFIX);
    }

    private static boolean isGrantable(Lease present, String clientId, long now) {
        return present.clientId().equals(clientId) || isExpired(present, now);
    }

    private static boolean isExpired(Lease lease, long now) {
        return lease.untilNanos() - now <= 0;
    }
}
