package io.ternmq.client.consumer.offset;

import io.ternmq.client.gateway.OffsetGateway;
import io.ternmq.client.route.RouteCache;
import io.ternmq.client.route.TopicRoute;
import io.ternmq.common.message.MessageQueue;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** How far a group has come, kept by the brokers that the queues are on, for all its members. Stateless; never blocks. */
public final class BrokerOffsets implements OffsetKeeper {
    private final String group;
    private final RouteCache routes;
    private final OffsetGateway gateway;
    private final Duration timeout;

    public BrokerOffsets(String group, RouteCache routes, OffsetGateway gateway, Duration timeout) {
        this.group = group;
        this.routes = routes;
        this.gateway = gateway;
        this.timeout = timeout;
    }

    @Override
    public CompletionStage<OptionalLong> committed(MessageQueue queue) {
        return masterOf(queue)
                .map(address -> gateway.committed(address, group, queue, timeout))
                .orElseGet(() -> CompletableFuture.failedFuture(noBroker(queue)));
    }

    @Override
    public CompletionStage<Void> commit(MessageQueue queue, long offset) {
        return masterOf(queue)
                .map(address -> gateway.commit(address, group, queue, offset, timeout))
                .orElseGet(() -> CompletableFuture.failedFuture(noBroker(queue)));
    }

    @Override
    public void flush() {
        // Each commit is confirmed by its broker.
    }

    @Override
    public boolean isAtBrokers() {
        return true;
    }

    private Optional<String> masterOf(MessageQueue queue) {
        return routes.known(queue.getTopic())
                .flatMap(route -> route.addressOf(queue.getBrokerName(), TopicRoute.MASTER));
    }

    private static IllegalStateException noBroker(MessageQueue queue) {
        return new IllegalStateException("No broker is known for " + queue);
    }
}
