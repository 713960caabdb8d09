package io.ternmq.client.consumer.offset;

import io.ternmq.common.message.MessageQueue;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far a consumer has come with the queues that it has. Owns what is not confirmed yet by whoever keeps it: the brokers
 * for a group, a file for a broadcasting consumer. Safe for use by any thread; but for the file, never blocks.
 */
public final class GroupOffsets {
    private static final Logger log = LoggerFactory.getLogger(GroupOffsets.class);
    private static final long NONE = -1;

    private final String group;
    private final OffsetKeeper keeper;
    private final ConcurrentMap<MessageQueue, Progress> progress = new ConcurrentHashMap<>();
    // Queues that another member may have begun with: until released they are committed once more, and with care.
    private final Set<MessageQueue> leaving = ConcurrentHashMap.newKeySet();

    private final Set<MessageQueue> unheard = ConcurrentHashMap.newKeySet(); // whose last commit failed, which was said

    /** One queue's; an immutable pair, so that readers never mix an old with a new number. */
    private record Progress(long offset, long confirmed) {
        private Progress at(long later) {
            return new Progress(later, confirmed);
        }

        private Progress confirmedTo(long heard) {
            return new Progress(offset, heard);
        }
    }

    public GroupOffsets(String group, OffsetKeeper keeper) {
        this.group = group;
        this.keeper = keeper;
    }

    /** Moves a queue's offset forward; never back. */
    public void advance(MessageQueue queue, long offset) {
        progress.merge(
                queue, new Progress(offset, NONE), (known, made) -> offset > known.offset ? known.at(offset) : known);
    }

    /** Sets a queue's offset, also back. */
    public void set(MessageQueue queue, long offset) {
        progress.merge(queue, new Progress(offset, NONE), (known, made) -> known.at(offset));
    }

    /** Not asked of the keeper; empty if nothing was consumed yet. */
    public OptionalLong position(MessageQueue queue) {
        Progress known = progress.get(queue);
        return known == null ? OptionalLong.empty() : OptionalLong.of(known.offset);
    }

    /** What a pull of this queue may tell its broker; empty if nothing. */
    public OptionalLong forPull(MessageQueue queue) {
        return keeper.isAtBrokers() && !leaving.contains(queue) ? position(queue) : OptionalLong.empty();
    }

    /** How far the queues of a topic are, in their order; those of which nothing was consumed yet are left out. */
    public Map<MessageQueue, Long> positions(String topic) {
        Map<MessageQueue, Long> positions = new TreeMap<>();
        progress.forEach((queue, known) -> {
            if (queue.getTopic().equals(topic)) {
                positions.put(queue, known.offset);
            }
        });
        return positions;
    }

    /** Asks the keeper how far the consumer is with a queue. */
    public CompletionStage<OptionalLong> committed(MessageQueue queue) {
        return keeper.committed(queue);
    }

    /**
     * Tells the keeper what it has not confirmed.
     *
     * @return completes when all have answered; what failed is told again with the next call, and logged when it begins
     *     and when it ends
     */
    public CompletionStage<Void> commitAll() {
        return commitAll(progress.keySet());
    }

    /** As {@link #commitAll()}, of these queues. */
    public CompletionStage<Void> commitAll(Set<MessageQueue> queues) {
        CompletableFuture<?>[] told = queues.stream()
                .filter(queue -> !leaving.contains(queue))
                .map(queue -> commit(queue).toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        keeper.flush();
        return CompletableFuture.allOf(told);
    }

    /**
     * Tells the keeper about a queue that another member may begin with from now on, while what this one began is
     * finished. Not told again before {@link #release}.
     */
    public void leave(MessageQueue queue) {
        commit(queue);
        keeper.flush();
        leaving.add(queue);
    }

    /**
     * Tells the keeper about a queue for the last time; it is another member's from now on. One that was
     * {@linkplain #leave left} is not set back: the next owner may have come further already.
     *
     * @return completes when the keeper has answered; never fails
     */
    public CompletionStage<Void> release(MessageQueue queue) {
        if (!leaving.contains(queue)) {
            CompletionStage<Void> told = commit(queue);
            progress.remove(queue);
            keeper.flush();
            return told.thenRun(() -> unheard.remove(queue));
        }
        return commitForward(queue).thenRun(() -> {
            progress.remove(queue);
            leaving.remove(queue);
            unheard.remove(queue);
        });
    }

    // Nobody else sets a queue back meanwhile but an operator, whose wish then counts until the next commit.
    private CompletionStage<Void> commitForward(MessageQueue queue) {
        Progress last = progress.get(queue);
        if (last == null || last.offset == last.confirmed) {
            return CompletableFuture.completedFuture(null);
        }
        return keeper.committed(queue)
                .handle((known, failure) -> failure == null && known.orElse(NONE) >= last.offset)
                .thenCompose(isPassed -> isPassed ? CompletableFuture.completedFuture(null) : commit(queue));
    }

    // Never fails.
    private CompletionStage<Void> commit(MessageQueue queue) {
        Progress known = progress.get(queue);
        if (known == null || known.offset == known.confirmed) {
            return CompletableFuture.completedFuture(null);
        }
        long offset = known.offset;
        return keeper.commit(queue, offset).handle((done, failure) -> {
            if (failure == null) {
                progress.computeIfPresent(queue, (name, now) -> now.confirmedTo(offset));
                if (unheard.remove(queue)) {
                    log.info("Offset committed again. group={} queue={} offset={}", group, queue, offset);
                }
            } else if (unheard.add(queue)) {
                log.warn(
                        "Offset not committed; not said again until it is. group={} queue={} offset={} cause={}",
                        group,
                        queue,
                        offset,
                        failure.getMessage());
            }
            return null;
        });
    }
}
