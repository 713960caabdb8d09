package io.ternmq.client.producer;

import io.ternmq.client.exception.MQClientException;
import io.ternmq.client.route.TopicRoute;
import io.ternmq.client.session.Heartbeats;
import io.ternmq.common.message.Message;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does at the start of a producer what its first send would have to: finds the brokers of announced topics, connects to
 * them, and has the classes loaded that a message passes through. A topic that cannot be found does not keep a producer
 * from starting; its sends say why. Stateless.
 */
final class WarmUp {
    private static final Logger log = LoggerFactory.getLogger(WarmUp.class);

    private final SendRooms rooms;
    private final Heartbeats heartbeats;

    WarmUp(SendRooms rooms, Heartbeats heartbeats) {
        this.rooms = rooms;
        this.heartbeats = heartbeats;
    }

    /** Returns when all is done, or {@code timeout} is over. */
    void run(List<String> topics, Duration timeout) {
        topics.forEach(this::prepareOnce);
        CompletableFuture<?>[] ready = topics.stream()
                .map(topic -> connect(rooms.settings().namespace().topic(topic)))
                .toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ready).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException e) {
            log.warn("Not all announced topics could be made ready. topics={} cause={}", topics, e.toString());
        }
    }

    private void prepareOnce(String topic) {
        try {
            Outgoing outgoing = rooms.preparer().prepare(new Message(topic, new byte[1]));
            outgoing.request(
                    rooms.settings(),
                    0,
                    rooms.clock().wallMillis(),
                    Optional.of(rooms.ids().next()));
        } catch (MQClientException e) {
            log.warn("Announced topic cannot be sent to. topic={} cause={}", topic, e.getMessage());
        }
    }

    private CompletableFuture<?> connect(String topic) {
        return rooms.routes()
                .findForPublish(topic, rooms.settings().template())
                .thenCompose(this::reach)
                .toCompletableFuture();
    }

    private CompletableFuture<Void> reach(TopicRoute route) {
        List<String> brokers = route.publishQueues().brokerNames();
        return CompletableFuture.allOf(brokers.stream()
                .flatMap(broker -> route.masterOf(broker).stream())
                .map(heartbeats::reach)
                .map(stage -> stage.toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new));
    }
}
