package io.ternmq.client.consumer.rebalance;

import io.ternmq.client.consumer.offset.GroupOffsets;
import io.ternmq.client.consumer.offset.StartOffsets;
import io.ternmq.client.consumer.pulling.QueuePuller;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.common.work.Scheduler;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queues that this member has, and the puller of each. Changed on the timer thread only; read by any thread.
 */
public final class AssignedQueues implements Rebalance.Assignments {
    private static final Logger log = LoggerFactory.getLogger(AssignedQueues.class);

    private final String group;
    private final StartOffsets startOffsets;
    private final GroupOffsets offsets;
    private final PullerFactory pullers;
    private final QueueClaims claims;
    private final Scheduler scheduler;
    private final Runnable unsettled;
    private final ConcurrentMap<MessageQueue, QueuePuller> assigned = new ConcurrentHashMap<>();
    private final Set<MessageQueue> beginning = new HashSet<>(); // those claimed, or whose start offset is asked for
    private final Map<MessageQueue, QueuePuller> leaving =
            new HashMap<>(); // another's; what was begun is not done with
    private final Map<String, Set<MessageQueue>> wanted = new HashMap<>(); // by topic, as shared out last
    private final Map<MessageQueue, String> obstacles = new HashMap<>(); // why the last try to begin failed
    private volatile boolean isClosed; // set once at shutdown

    /** Makes the puller of a queue. */
    @FunctionalInterface
    public interface PullerFactory {
        QueuePuller make(MessageQueue queue, long startOffset);
    }

    /**
     * Begins with none.
     *
     * @param claims whoever says when a queue may be begun with
     * @param unsettled called when a queue could not be begun with, and the rebalance is to come again soon
     */
    public AssignedQueues(
            String group,
            StartOffsets startOffsets,
            GroupOffsets offsets,
            PullerFactory pullers,
            QueueClaims claims,
            Scheduler scheduler,
            Runnable unsettled) {
        this.group = group;
        this.startOffsets = startOffsets;
        this.offsets = offsets;
        this.pullers = pullers;
        this.claims = claims;
        this.scheduler = scheduler;
        this.unsettled = unsettled;
    }

    @Override
    public void assign(String topic, Set<MessageQueue> queues) {
        if (isClosed) {
            return;
        }
        wanted.put(topic, Set.copyOf(queues));
        releaseUnless(queue -> !queue.getTopic().equals(topic) || queues.contains(queue));
        queues.forEach(this::beginIfIdle);
    }

    @Override
    public void keepTopics(Set<String> topics) {
        wanted.keySet().retainAll(topics);
        releaseUnless(queue -> topics.contains(queue.getTopic()));
        claims.roundBegins();
    }

    @Override
    public void membersAre(String topic, Set<String> clientIds) {
        claims.membersAre(topic, clientIds);
    }

    /**
     * Begins again with a queue elsewhere; what is held of it is given up, and a pause goes on. May be called by any
     * thread.
     */
    public CompletionStage<Void> restart(QueuePuller puller, long offset) {
        puller.processQueue().drop();
        CompletableFuture<Void> done = new CompletableFuture<>();
        onTimerThread("restart " + puller.queue(), () -> {
            MessageQueue queue = puller.queue();
            if (!isClosed && assigned.get(queue) == puller) {
                put(queue, offset, puller.processQueue().isPaused());
            }
            done.complete(null);
        });
        return done;
    }

    /** Begins with a queue at an offset, whether or not it was begun with already. May be called by any thread. */
    public CompletionStage<Void> beginAt(MessageQueue queue, long offset) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        onTimerThread("begin " + queue, () -> {
            beginning.remove(queue); // The answer under way, if any, comes too late.
            find(queue).ifPresent(puller -> puller.processQueue().drop());
            if (!isClosed) {
                put(queue, offset, false);
            }
            done.complete(null);
        });
        return done;
    }

    public Collection<QueuePuller> pullers() {
        return List.copyOf(assigned.values());
    }

    public Optional<QueuePuller> find(MessageQueue queue) {
        return Optional.ofNullable(assigned.get(queue));
    }

    /** Whether this member has a queue, or still finishes what it began of one. */
    public boolean has(MessageQueue queue) {
        return assigned.containsKey(queue) || leaving.containsKey(queue);
    }

    public Set<MessageQueue> queues() {
        return Set.copyOf(assigned.keySet());
    }

    /** Gives all queues up, but says nothing to brokers: what is still in listeners may yet end. */
    public void close() {
        isClosed = true; // first: who puts a queue in after this sees it, and who did before is found below
        assigned.values().forEach(puller -> puller.processQueue().stopPulling());
    }

    /**
     * Lets others have all queues, after {@link #close()} and when no listener runs any more.
     *
     * @return completes when brokers have heard
     */
    public CompletionStage<Void> giveBackAll() {
        CompletableFuture<Void> told = new CompletableFuture<>();
        onTimerThread("give queues back", () -> {
            CompletionStage<Void> released = CompletableFuture.allOf(leaving.keySet().stream()
                    .map(queue -> offsets.release(queue).toCompletableFuture())
                    .toArray(CompletableFuture<?>[]::new));
            released.thenCompose(done -> claims.giveBackAll()).whenComplete((done, failure) -> told.complete(null));
        });
        return told;
    }

    private void releaseUnless(Predicate<MessageQueue> isKept) {
        for (MessageQueue queue : List.copyOf(assigned.keySet())) {
            if (!isKept.test(queue)) {
                release(queue);
            }
        }
        obstacles.keySet().removeIf(queue -> !isKept.test(queue));
        for (MessageQueue queue : List.copyOf(beginning)) {
            if (!isKept.test(queue)) {
                beginning.remove(queue);
                claims.giveBack(queue);
            }
        }
    }

    private void beginIfIdle(MessageQueue queue) {
        if (!isClosed && !assigned.containsKey(queue) && !leaving.containsKey(queue) && beginning.add(queue)) {
            begin(queue);
        }
    }

    private void begin(MessageQueue queue) {
        claims.claim(queue)
                .thenCompose(claimed -> startOffsets.of(queue))
                .whenComplete((offset, failure) -> onTimerThread("begin " + queue, () -> {
                    if (!beginning.remove(queue) || isClosed) {
                        return; // another member's by now
                    }
                    if (failure != null) {
                        notBegun(queue, String.valueOf(failure.getMessage()));
                        claims.giveBack(queue);
                        unsettled.run();
                    } else {
                        log.info("Queue assigned. group={} queue={} startOffset={}", group, queue, offset);
                        put(queue, offset, false);
                    }
                }));
    }

    // Each try fails alike until something changes, and tries are many.
    private void notBegun(MessageQueue queue, String cause) {
        if (!cause.equals(obstacles.put(queue, cause))) {
            log.warn("Queue cannot be begun with yet. group={} queue={} cause={}", group, queue, cause);
        }
    }

    private void put(MessageQueue queue, long offset, boolean isPaused) {
        obstacles.remove(queue);
        QueuePuller puller = pullers.make(queue, offset);
        if (isPaused) {
            puller.processQueue().pause();
        }
        assigned.put(queue, puller);
        if (isClosed) {
            puller.processQueue().stopPulling();
        }
        puller.pull();
    }

    private void release(MessageQueue queue) {
        QueuePuller puller = assigned.remove(queue);
        Duration waitMax = claims.waitMax();
        if (waitMax.isZero()) {
            puller.processQueue().drop();
            offsets.release(queue);
            log.info("Queue released. group={} queue={}", group, queue);
            return;
        }
        leaving.put(queue, puller);
        offsets.leave(queue); // a next owner of another make begins at once
        Scheduler.Task limit = scheduler.after(waitMax, "leave " + queue, () -> left(puller));
        puller.processQueue()
                .drain(() -> onTimerThread("leave " + queue, () -> {
                    limit.cancel();
                    left(puller);
                }));
    }

    // Once when what was begun is done with, or when the next owner waits no longer.
    private void left(QueuePuller puller) {
        MessageQueue queue = puller.queue();
        if (isClosed || leaving.get(queue) != puller || puller.processQueue().isDropped()) {
            return;
        }
        puller.leave();
        offsets.release(queue)
                .thenRun(() -> onTimerThread("give back " + queue, () -> {
                    leaving.remove(queue);
                    claims.giveBack(queue);
                    log.info("Queue released. group={} queue={}", group, queue);
                    if (wanted.getOrDefault(queue.getTopic(), Set.of()).contains(queue)) {
                        beginIfIdle(queue); // given to this member again meanwhile
                    }
                }));
    }

    private void onTimerThread(String name, Runnable work) {
        scheduler.after(Duration.ZERO, name, work);
    }
}
