package io.ternmq.client.producer;

import io.ternmq.client.exception.MQClientException;
import io.ternmq.client.route.PublishQueue;
import io.ternmq.client.route.TopicRoute;
import io.ternmq.common.message.Message;
import io.ternmq.common.message.MessageProperties;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.common.topic.TopicNames;
import io.ternmq.remoting.protocol.RemotingTooMuchRequestException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Gathers single messages into batches, for producers that ask for it. Owns a lane for each place that messages go to: a
 * topic, or one queue of it. Messages for one queue, as a selector picks it for one key, keep their order. Safe for use by
 * any thread.
 */
final class AutoBatch {
    /** Places gathered for at a time; messages to others travel alone. */
    static final int LANES_MAX = 10_000;

    private final SendRooms rooms;
    private final BatchSettings settings;
    private final ConcurrentMap<Place, BatchLane> lanes = new ConcurrentHashMap<>();

    /** @param queue empty for any queue of the topic */
    private record Place(String topic, boolean waitsForStore, Optional<MessageQueue> queue) {}

    AutoBatch(SendRooms rooms, BatchSettings settings) {
        this.rooms = rooms;
        this.settings = settings;
    }

    /**
     * Takes a message along, if it can travel with others; waits within {@code timeout} for room in the window.
     *
     * @return completes with the result of this message; empty if it has to travel alone
     * @throws MQClientException if the message cannot be sent, or the selector fails
     */
    Optional<CompletableFuture<SendResult>> offer(Message message, Target target, Duration timeout)
            throws MQClientException, RemotingTooMuchRequestException, InterruptedException {
        rooms.preparer().check(message);
        if (!mayTravelWithOthers(message)) {
            return Optional.empty();
        }
        Optional<BatchLane> lane = laneOf(message, target);
        if (lane.isEmpty()) {
            return Optional.empty();
        }
        long deadlineNanos = rooms.clock().monotonicNanos() + timeout.toNanos();
        int bodyBytes = message.getBody().length;
        rooms.window().enter(bodyBytes, timeout);
        CompletableFuture<SendResult> sent = new CompletableFuture<>();
        CompletionStage<SendResult> ended = sent;
        ended.whenComplete((result, failure) -> rooms.window().leave(bodyBytes));
        lane.get().add(new Gathered(message, deadlineNanos, sent));
        return Optional.of(sent);
    }

    /** Sends everything that was gathered, without waiting for more. */
    void flush() {
        lanes.values().forEach(BatchLane::flush);
    }

    private boolean mayTravelWithOthers(Message message) {
        return !TopicNames.isRetry(message.getTopic())
                && message.getDelayTimeLevel() == 0
                && isAbsent(message, MessageProperties.TIMER_DELAY_SECONDS)
                && isAbsent(message, MessageProperties.TIMER_DELAY_MILLIS)
                && isAbsent(message, MessageProperties.TIMER_DELIVER_MILLIS)
                && isAbsent(message, MessageProperties.TRANSACTION_PREPARED)
                && isAbsent(message, MessageProperties.MESSAGE_TYPE);
    }

    private static boolean isAbsent(Message message, String property) {
        return message.getProperty(property) == null;
    }

    // A queue can be picked only where the route is known; the first message of a topic finds it, on its own.
    private Optional<BatchLane> laneOf(Message message, Target target) throws MQClientException {
        String topic = rooms.settings().namespace().topic(message.getTopic());
        Optional<TopicRoute> route = rooms.routes().knownForPublish(topic);
        if (route.isEmpty()) {
            return Optional.empty();
        }
        Optional<MessageQueue> queue = Optional.empty();
        if (!target.allowsOthers()) {
            PublishQueue picked = target.choose(route.get().publishQueues(), rooms, Optional.empty());
            queue = Optional.of(picked.queue());
        }
        Place place = new Place(topic, message.isWaitStoreMsgOK(), queue);
        BatchLane known = lanes.get(place);
        if (known != null) {
            return Optional.of(known);
        }
        if (lanes.size() >= LANES_MAX) {
            return Optional.empty();
        }
        Target all = queue.map(Target::queue).orElse(target);
        boolean isOrdered = queue.isPresent();
        return Optional.of(lanes.computeIfAbsent(place, key -> new BatchLane(rooms, settings, all, isOrdered)));
    }
}
