package io.ternmq.client.consumer.rebalance;

import io.ternmq.client.consumer.offset.GroupOffsets;
import io.ternmq.client.consumer.offset.StartOffsets;
import io.ternmq.client.consumer.pulling.QueuePuller;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.common.work.Scheduler;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
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
    private final Scheduler scheduler;
    private final Runnable unsettled;
    private final ConcurrentMap<MessageQueue, QueuePuller> assigned = new ConcurrentHashMap<>();
    private final Set<MessageQueue> beginning = new HashSet<>(); // those whose start offset is being asked for
    private volatile boolean isClosed; // set once at shutdown

    /** Makes the puller of a queue. */
    @FunctionalInterface
    public interface PullerFactory {
        QueuePuller make(MessageQueue queue, long startOffset);
    }

    /**
     * Begins with none.
     *
     * @param unsettled called when a queue could not be begun with, and the rebalance is to come again soon
     */
    public AssignedQueues(
            String group,
            StartOffsets startOffsets,
            GroupOffsets offsets,
            PullerFactory pullers,
            Scheduler scheduler,
            Runnable unsettled) {
        this.group = group;
        this.startOffsets = startOffsets;
        this.offsets = offsets;
        this.pullers = pullers;
        this.scheduler = scheduler;
        this.unsettled = unsettled;
    }

    @Override
    public void assign(String topic, Set<MessageQueue> queues) {
        if (isClosed) {
            return;
        }
        for (MessageQueue queue : List.copyOf(assigned.keySet())) {
            if (queue.getTopic().equals(topic) && !queues.contains(queue)) {
                release(queue);
            }
        }
        beginning.removeIf(queue -> queue.getTopic().equals(topic) && !queues.contains(queue));
        for (MessageQueue queue : queues) {
            if (!assigned.containsKey(queue) && beginning.add(queue)) {
                begin(queue);
            }
        }
    }

    @Override
    public void keepTopics(Set<String> topics) {
        for (MessageQueue queue : List.copyOf(assigned.keySet())) {
            if (!topics.contains(queue.getTopic())) {
                release(queue);
            }
        }
        beginning.removeIf(queue -> !topics.contains(queue.getTopic()));
    }

    /** Begins again with a queue elsewhere; what is held of it is given up. May be called by any thread. */
    public CompletionStage<Void> restart(QueuePuller puller, long offset) {
        puller.processQueue().drop();
        CompletableFuture<Void> done = new CompletableFuture<>();
        onTimerThread("restart " + puller.queue(), () -> {
            MessageQueue queue = puller.queue();
            if (!isClosed && assigned.get(queue) == puller) {
                put(queue, offset);
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
                put(queue, offset);
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

    public Set<MessageQueue> queues() {
        return Set.copyOf(assigned.keySet());
    }

    /** Gives all queues up, but says nothing to brokers: what is still in listeners may yet end. */
    public void close() {
        assigned.values().forEach(puller -> puller.processQueue().stopPulling());
        isClosed = true;
    }

    private void begin(MessageQueue queue) {
        startOffsets
                .of(queue)
                .whenComplete((offset, failure) -> onTimerThread("begin " + queue, () -> {
                    if (!beginning.remove(queue) || isClosed) {
                        return; // another member's by now
                    }
                    if (failure != null) {
                        log.warn(
                                "Queue cannot be begun with yet. group={} queue={} cause={}",
                                group,
                                queue,
                                failure.getMessage());
                        unsettled.run();
                    } else {
                        log.info("Queue assigned. group={} queue={} startOffset={}", group, queue, offset);
                        put(queue, offset);
                    }
                }));
    }

    private void put(MessageQueue queue, long offset) {
        QueuePuller puller = pullers.make(queue, offset);
        assigned.put(queue, puller);
        puller.pull();
    }

    private void release(MessageQueue queue) {
        QueuePuller puller = assigned.remove(queue);
        puller.processQueue().drop();
        offsets.release(queue);
        log.info("Queue released. group={} queue={}", group, queue);
    }

    private void onTimerThread(String name, Runnable work) {
        scheduler.after(Duration.ZERO, name, work);
    }
}
