package io.ternmq.client.consumer.rebalance;

import io.ternmq.common.message.MessageQueue;
import io.ternmq.remoting.protocol.session.LockRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queues that this member has for itself, because its group consumes in order; lent by the brokers that they are on.
 * A lock is renewed every 20 seconds; one that was not renewed for 30 is over here, well before the 60 after which a
 * broker lends the queue to somebody else. A queue is given back only when no listener is at work on it. Owns the locks;
 * they are changed on the timer thread, and read by any.
 */
public final class QueueLocks implements QueueClaims {
    private static final Logger log = LoggerFactory.getLogger(QueueLocks.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration RENEWED_EVERY = Duration.ofSeconds(20);
    private static final Duration LIFETIME = Duration.ofSeconds(30);
    private static final Duration LEAST_WAIT = Duration.ofMillis(1);
    private static final Duration RETRY_PAUSE = Duration.ofMillis(100); // while another member has what is ours to have

    private final ClaimRooms rooms;
    private final Use use;
    private final ConcurrentMap<MessageQueue, Lock> locks = new ConcurrentHashMap<>();
    private boolean isAsking; // whether a turn is due that asks for those that wait

    /** What becomes of locks. */
    public interface Use {
        /** Whether a listener is at work on messages of the queue. Called by the timer thread. */
        boolean isBusy(MessageQueue queue);

        /** A lock that had been lost is ours again; others may have gone on meanwhile. Called by the timer thread. */
        void regained(MessageQueue queue);
    }

    /** One queue's. Changed on the timer thread only. */
    private static final class Lock {
        private final CompletableFuture<Void> begun = new CompletableFuture<>(); // once it may be begun with
        private volatile boolean isOurs; // what the broker said last
        private volatile long askedNanos; // when that was asked for
        private volatile long askedMillis; // likewise, wall time
        private boolean isLeft; // given back as soon as no listener is at work on it
    }

    public QueueLocks(ClaimRooms rooms, Use use) {
        this.rooms = rooms;
        this.use = use;
    }

    /** Begins to renew. */
    public void start() {
        rooms.scheduler().every(LOOK_EVERY, LOOK_EVERY, "renew queue locks", this::look);
    }

    /** Whether this member has the queue for itself now. May be called by any thread. */
    public boolean isHeld(MessageQueue queue) {
        Lock lock = locks.get(queue);
        return lock != null && isHeld(lock);
    }

    /** Wall time at which the lock was last asked for and given; 0 for never. May be called by any thread. */
    public long lastLockMillis(MessageQueue queue) {
        Lock lock = locks.get(queue);
        return lock == null || !lock.isOurs ? 0 : lock.askedMillis;
    }

    /** No listener is at work on a queue that was given up. May be called by any thread. */
    public void idle(MessageQueue queue) {
        Lock lock = locks.get(queue);
        if (lock != null) {
            rooms.scheduler().after(Duration.ZERO, "queue is idle " + queue, this::settle);
        }
    }

    @Override
    public void membersAre(String topic, Set<String> clientIds) {
        // A lock is given back by whoever has it, or ends with that member's connection or lease.
    }

    @Override
    public CompletionStage<Void> claim(MessageQueue queue) {
        Lock before = locks.get(queue);
        Lock lock = new Lock();
        if (before != null) { // on its way back: its listener is at work still, and then it stays here
            lock.isOurs = before.isOurs;
            lock.askedNanos = before.askedNanos;
            lock.askedMillis = before.askedMillis;
        }
        locks.put(queue, lock);
        askSoon(Duration.ZERO);
        return lock.begun;
    }

    @Override
    public void giveBack(MessageQueue queue) {
        Lock lock = locks.get(queue);
        if (lock != null) {
            lock.isLeft = true;
            settle();
        }
    }

    @Override
    public CompletionStage<Void> giveBackAll() {
        return unlock(locks.keySet());
    }

    @Override
    public Duration waitMax() {
        // Never zero, for then nobody would be told of queues that are given back.
        return rooms.waitMax().isZero() ? LEAST_WAIT : rooms.waitMax();
    }

    private void askSoon(Duration pause) {
        if (!isAsking) {
            isAsking = true;
            rooms.scheduler().after(pause, "claim queues", () -> {
                isAsking = false;
                ask(locks.entrySet().stream()
                        .filter(entry -> !entry.getValue().begun.isDone())
                        .map(Map.Entry::getKey)
                        .toList());
            });
        }
    }

    private void look() {
        long now = rooms.clock().monotonicNanos();
        List<MessageQueue> due = new ArrayList<>();
        locks.forEach((queue, lock) -> {
            boolean isDue = !isHeld(lock) || now - lock.askedNanos >= RENEWED_EVERY.toNanos();
            if (isDue && lock.begun.isDone() && !lock.isLeft) {
                due.add(queue);
            }
        });
        ask(due);
        settle();
    }

    private void ask(Collection<MessageQueue> queues) {
        byMaster(queues).forEach((address, asked) -> {
            // The time of the question counts, not that of the answer: the broker's own count begins in between.
            long askedNanos = rooms.clock().monotonicNanos();
            long askedMillis = rooms.clock().wallMillis();
            rooms.sessions()
                    .lock(address, request(asked), rooms.timeout())
                    .whenComplete((given, failure) -> rooms.scheduler().after(Duration.ZERO, "queue locks", () -> {
                        if (failure == null) {
                            asked.forEach(queue -> answered(queue, given.contains(queue), askedNanos, askedMillis));
                        } else {
                            log.debug("Locks not renewed. group={} cause={}", rooms.group(), failure.getMessage());
                        }
                        settle();
                    }));
        });
    }

    private void answered(MessageQueue queue, boolean isOurs, long askedNanos, long askedMillis) {
        Lock lock = locks.get(queue);
        if (lock == null) {
            if (isOurs) {
                unlock(Set.of(queue)); // given back while it was asked for
            }
            return;
        }
        boolean wasHeld = isHeld(lock);
        if (!isOurs && lock.isOurs) {
            log.warn("Queue lock lost to another member. group={} queue={}", rooms.group(), queue);
        }
        lock.isOurs = isOurs;
        lock.askedNanos = askedNanos;
        lock.askedMillis = askedMillis;
        if (isOurs && !wasHeld && lock.begun.isDone() && !lock.isLeft) {
            use.regained(queue);
        }
    }

    // What changed may let a queue begin, or go.
    private void settle() {
        List<MessageQueue> unused = new ArrayList<>();
        boolean[] isWaiting = {false};
        locks.forEach((queue, lock) -> {
            boolean isBusy = use.isBusy(queue);
            if (lock.isLeft) {
                if (!isBusy) {
                    unused.add(queue);
                }
            } else if (!lock.begun.isDone()) {
                if (isHeld(lock) && !isBusy) {
                    lock.begun.complete(null);
                } else {
                    isWaiting[0] = true;
                }
            }
        });
        unlock(unused);
        if (isWaiting[0]) {
            askSoon(RETRY_PAUSE);
        }
    }

    private CompletionStage<Void> unlock(Collection<MessageQueue> queues) {
        List<CompletableFuture<Void>> told = new ArrayList<>();
        byMaster(queues)
                .forEach((address, all) -> told.add(rooms.sessions()
                        .unlock(address, request(all), rooms.timeout())
                        .handle((done, failure) -> (Void) null) // the broker ends what is not renewed
                        .toCompletableFuture()));
        queues.forEach(locks::remove);
        return CompletableFuture.allOf(told.toArray(CompletableFuture<?>[]::new));
    }

    private Map<String, List<MessageQueue>> byMaster(Collection<MessageQueue> queues) {
        Map<String, List<MessageQueue>> byMaster = new HashMap<>();
        for (MessageQueue queue : new HashSet<>(queues)) {
            rooms.routes()
                    .known(queue.getTopic())
                    .flatMap(route -> route.masterOf(queue.getBrokerName()))
                    .ifPresent(address -> byMaster.computeIfAbsent(address, name -> new ArrayList<>())
                            .add(queue));
        }
        return byMaster;
    }

    private LockRequest request(Collection<MessageQueue> queues) {
        return new LockRequest(rooms.group(), rooms.clientId(), List.copyOf(queues), false);
    }

    private boolean isHeld(Lock lock) {
        return lock.isOurs && rooms.clock().monotonicNanos() - lock.askedNanos < LIFETIME.toNanos();
    }
}
