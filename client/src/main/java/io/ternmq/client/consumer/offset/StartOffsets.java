package io.ternmq.client.consumer.offset;

import io.ternmq.client.gateway.OffsetGateway;
import io.ternmq.client.route.RouteCache;
import io.ternmq.client.route.TopicRoute;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.common.topic.TopicNames;
import io.ternmq.remoting.protocol.session.StartFrom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Finds where to begin with a queue that was just assigned. Stateless. */
public final class StartOffsets {
    private final GroupOffsets committed;
    private final RouteCache routes;
    private final OffsetGateway gateway;
    private final StartFrom fromWhere;
    private final long fromWallMillis;
    private final Duration timeout;

    public StartOffsets(
            GroupOffsets committed,
            RouteCache routes,
            OffsetGateway gateway,
            StartFrom fromWhere,
            long fromWallMillis,
            Duration timeout) {
        this.committed = committed;
        this.routes = routes;
        this.gateway = gateway;
        this.fromWhere = fromWhere;
        this.fromWallMillis = fromWallMillis;
        this.timeout = timeout;
    }

    /** Where the group has come to, else where new groups begin. Fails if the broker does not say: try again later. */
    public CompletionStage<Long> of(MessageQueue queue) {
        return committed
                .committed(queue)
                .thenCompose(known ->
                        known.isPresent() ? CompletableFuture.completedFuture(known.getAsLong()) : ofNewGroup(queue));
    }

    private CompletionStage<Long> ofNewGroup(MessageQueue queue) {
        boolean isRetry = TopicNames.isRetry(queue.getTopic());
        Optional<String> address = routes.known(queue.getTopic())
                .flatMap(route -> route.addressOf(queue.getBrokerName(), TopicRoute.MASTER));
        if (address.isEmpty()) {
            return CompletableFuture.failedFuture(new IllegalStateException("No broker is known for " + queue));
        }
        return switch (fromWhere) {
            // Messages to be retried are the group's own: none of them may be passed over.
            case CONSUME_FROM_LAST_OFFSET,
                    CONSUME_FROM_LAST_OFFSET_AND_FROM_MIN_WHEN_BOOT_FIRST,
                    CONSUME_FROM_MIN_OFFSET,
                    CONSUME_FROM_MAX_OFFSET -> // the three that went out of use mean the first
                isRetry ? CompletableFuture.completedFuture(0L) : gateway.max(address.get(), queue, timeout);
            case CONSUME_FROM_FIRST_OFFSET -> CompletableFuture.completedFuture(0L);
            case CONSUME_FROM_TIMESTAMP ->
                isRetry
                        ? CompletableFuture.completedFuture(0L)
                        : gateway.at(address.get(), queue, fromWallMillis, timeout);
        };
    }
}
