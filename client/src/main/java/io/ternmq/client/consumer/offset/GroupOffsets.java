package io.ternmq.client.consumer.offset;

import io.ternmq.client.gateway.OffsetGateway;
import io.ternmq.client.route.RouteCache;
import io.ternmq.client.route.TopicRoute;
import io.ternmq.common.message.MessageQueue;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far a group has come with the queues that this member has, kept by the brokers. Owns what they have not confirmed
 * yet. Safe for use by any thread; never blocks.
 */
public final class GroupOffsets {
    private static final Logger log = LoggerFactory.getLogger(GroupOffsets.class);
    private static final long NONE = -1;

    private final String group;
    private final RouteCache routes;
    private final OffsetGateway gateway;
    private final Duration timeout;
    private final ConcurrentMap<MessageQueue, Progress> progress = new ConcurrentHashMap<>();

    /** One queue's; an immutable pair, so that readers never mix an old with a new number. */
    private record Progress(long offset, long confirmed) {
        private Progress at(long later) {
            return new Progress(later, confirmed);
        }

        private Progress confirmedTo(long heard) {
            return new Progress(offset, heard);
        }
    }

    public GroupOffsets(String group, RouteCache routes, OffsetGateway gateway, Duration timeout) {
        this.group = group;
        this.routes = routes;
        this.gateway = gateway;
        this.timeout = timeout;
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

    /** Not asked of the broker; empty if nothing was consumed yet. */
    public OptionalLong position(MessageQueue queue) {
        Progress known = progress.get(queue);
        return known == null ? OptionalLong.empty() : OptionalLong.of(known.offset);
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

    /** Asks the broker how far the group is with a queue. */
    public CompletionStage<OptionalLong> committed(MessageQueue queue) {
        return masterOf(queue)
                .map(address -> gateway.committed(address, group, queue, timeout))
                .orElseGet(() -> CompletableFuture.failedFuture(noBroker(queue)));
    }

    /**
     * Tells brokers what they have not confirmed.
     *
     * @return completes when all have answered; failures are logged, and told again with the next call
     */
    public CompletionStage<Void> commitAll() {
        CompletableFuture<?>[] told = progress.keySet().stream()
                .map(queue -> commit(queue).toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(told);
    }

    /** Tells the broker about one queue, if it has not confirmed; never fails. */
    public CompletionStage<Void> commit(MessageQueue queue) {
        Progress known = progress.get(queue);
        if (known == null || known.offset == known.confirmed) {
            return CompletableFuture.completedFuture(null);
        }
        Optional<String> address = masterOf(queue);
        if (address.isEmpty()) {
            log.warn("Offset not committed: no broker is known. group={} queue={}", group, queue);
            return CompletableFuture.completedFuture(null);
        }
        long offset = known.offset;
        return gateway.commit(address.get(), group, queue, offset, timeout).handle((done, failure) -> {
            if (failure == null) {
                progress.computeIfPresent(queue, (name, now) -> now.confirmedTo(offset));
            } else {
                log.warn(
                        "Offset not committed. group={} queue={} offset={} cause={}",
                        group,
                        queue,
                        offset,
                        failure.getMessage());
            }
            return null;
        });
    }

    /** Tells the broker about a queue for the last time; it is another member's from now on. */
    public void release(MessageQueue queue) {
        CompletionStage<Void> told = commit(queue);
        progress.remove(queue);
        told.thenRun(() -> log.debug("Queue released. group={} queue={}", group, queue));
    }

    private Optional<String> masterOf(MessageQueue queue) {
        return routes.known(queue.getTopic())
                .flatMap(route -> route.addressOf(queue.getBrokerName(), TopicRoute.MASTER));
    }

    private static IllegalStateException noBroker(MessageQueue queue) {
        return new IllegalStateException("No broker is known for " + queue);
    }
}
