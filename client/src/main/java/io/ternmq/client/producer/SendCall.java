package io.ternmq.client.producer;

import io.ternmq.client.exception.MQBrokerException;
import io.ternmq.client.exception.MQClientException;
import io.ternmq.client.gateway.SendGateway.Stored;
import io.ternmq.client.route.PublishQueue;
import io.ternmq.client.route.PublishQueues;
import io.ternmq.client.route.TopicRoute;
import io.ternmq.remoting.protocol.RemotingException;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.send.SendAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One send on its way: route, then attempts until one is stored, all are used up, or the time is. Steps follow one
 * another, each on the thread that ended the one before it, so no two threads meet here; nothing blocks.
 */
final class SendCall {
    private final SendRooms rooms;
    private final Outgoing message;
    private final Target target;
    private final int attemptsMax;
    private final Duration timeout;
    private final long startNanos;
    private final CompletableFuture<SendResult> result = new CompletableFuture<>();

    private List<Attempt> failed = List.of(); // most sends never need a list
    private int attempts;
    private Optional<SendResult> notSafe = Optional.empty();

    /**
     * Begins nothing yet.
     *
     * @param retries attempts that may follow the first, if the target allows others
     * @param startNanos when the send began, for its preparation counts too
     */
    SendCall(SendRooms rooms, Outgoing message, Target target, int retries, Duration timeout, long startNanos) {
        this.rooms = rooms;
        this.message = message;
        this.target = target;
        this.attemptsMax = target.allowsOthers() ? 1 + retries : 1;
        this.timeout = timeout;
        this.startNanos = startNanos;
    }

    /** Completes once, with a result or an unwrapped exception. Cancelled, no further attempt begins. */
    CompletableFuture<SendResult> start() {
        Optional<TopicRoute> known = rooms.routes().knownForPublish(message.topic());
        if (known.isPresent()) {
            attempt(known.get().publishQueues());
        } else {
            findRoute();
        }
        return result;
    }

    private void findRoute() {
        rooms.routes()
                .findForPublish(message.topic(), rooms.settings().template())
                .whenComplete((route, failure) -> {
                    if (failure != null) {
                        result.completeExceptionally(failure);
                    } else {
                        attempt(route.publishQueues());
                    }
                });
    }

    private void attempt(PublishQueues queues) {
        Duration left = timeLeft();
        if (left.isZero() || left.isNegative()) {
            result.completeExceptionally(
                    SendFailures.outOfTime(message.topic(), failed, tookMillis(startNanos), timeout.toMillis()));
            return;
        }
        if (result.isDone()) { // cancelled by the caller
            return;
        }
        PublishQueue queue;
        try {
            queue = target.choose(queues, failedBroker());
        } catch (MQClientException | RuntimeException e) { // of the application's selector
            result.completeExceptionally(e);
            return;
        }
        attempts++;
        send(queue, limited(left, queues));
    }

    private void send(PublishQueue queue, Duration limit) {
        long attemptNanos = rooms.clock().monotonicNanos();
        var request = message.request(
                rooms.settings(), queue.queue().getQueueId(), rooms.clock().wallMillis());
        rooms.sends().send(queue.address(), request, limit).whenComplete((stored, failure) -> {
            if (failure == null) {
                stored(queue, stored);
            } else {
                failed(queue, attemptNanos, failure);
            }
        });
    }

    private void stored(PublishQueue queue, Stored stored) {
        SendResult sent = resultOf(queue, stored);
        if (stored.code() == ResponseCode.SUCCESS || !rooms.settings().retryWhenNotSafe() || !mayRetry()) {
            result.complete(sent);
            return;
        }
        notSafe = Optional.of(sent);
        note(new Attempt(
                queue.queue(),
                queue.address(),
                tookMillis(startNanos),
                new MQBrokerException(stored.code(), "stored, but not as safely as asked", queue.address())));
        again();
    }

    private void failed(PublishQueue queue, long attemptNanos, Throwable failure) {
        note(new Attempt(queue.queue(), queue.address(), tookMillis(attemptNanos), failure));
        if (!isRetryable(failure) || !target.allowsOthers()) {
            endWith(failure);
        } else if (!mayRetry()) {
            endWith(SendFailures.allFailed(message.topic(), failed, tookMillis(startNanos)));
        } else {
            if (failure instanceof MQBrokerException refusal
                    && refusal.getResponseCode() == ResponseCode.TOPIC_NOT_EXIST) {
                rooms.routes().refreshSoon(message.topic());
            }
            again();
        }
    }

    // A message that is stored somewhere is a success, whatever became of attempts to store it more safely.
    private void endWith(Throwable failure) {
        if (notSafe.isPresent()) {
            result.complete(notSafe.get());
        } else {
            result.completeExceptionally(failure);
        }
    }

    private void again() {
        Optional<TopicRoute> route = rooms.routes().knownForPublish(message.topic());
        if (route.isPresent()) {
            attempt(route.get().publishQueues());
        } else {
            findRoute();
        }
    }

    private boolean mayRetry() {
        return attempts < attemptsMax;
    }

    private boolean isRetryable(Throwable failure) {
        return failure instanceof RemotingException
                || failure instanceof MQClientException
                || (failure instanceof MQBrokerException refusal
                        && rooms.settings().retryCodes().contains(refusal.getResponseCode()));
    }

    // So that one silent broker does not eat the time of all attempts. With one broker only, its whole time is its own:
    // to ask it twice would store slow messages twice.
    private Duration limited(Duration left, PublishQueues queues) {
        if (attempts >= attemptsMax) {
            return left;
        }
        Optional<Duration> limit = rooms.settings().attemptTimeout();
        if (limit.isPresent()) {
            return limit.get().compareTo(left) < 0 ? limit.get() : left;
        }
        return queues.areOnSeveralBrokers() ? left.dividedBy(2) : left;
    }

    private Optional<String> failedBroker() {
        return failed.isEmpty()
                ? Optional.empty()
                : Optional.of(failed.get(failed.size() - 1).queue().getBrokerName());
    }

    private void note(Attempt attempt) {
        if (failed.isEmpty()) {
            failed = new ArrayList<>();
        }
        failed.add(attempt);
    }

    private SendResult resultOf(PublishQueue queue, Stored stored) {
        SendAnswer answer = stored.answer();
        return new SendResult(
                statusOf(stored.code()),
                message.uniqueId(),
                answer.messageId(),
                queue.queue(),
                answer.queueOffset(),
                answer.transactionId().orElse(""),
                answer.region());
    }

    private static SendStatus statusOf(int code) {
        return switch (code) {
            case ResponseCode.SUCCESS -> SendStatus.SEND_OK;
            case ResponseCode.FLUSH_DISK_TIMEOUT -> SendStatus.FLUSH_DISK_TIMEOUT;
            case ResponseCode.FLUSH_SLAVE_TIMEOUT -> SendStatus.FLUSH_SLAVE_TIMEOUT;
            case ResponseCode.SLAVE_NOT_AVAILABLE -> SendStatus.SLAVE_NOT_AVAILABLE;
            default -> throw new IllegalStateException("code " + code + " is not one of a stored message");
        };
    }

    private Duration timeLeft() {
        return timeout.minusNanos(rooms.clock().monotonicNanos() - startNanos);
    }

    private long tookMillis(long sinceNanos) {
        return TimeUnit.NANOSECONDS.toMillis(rooms.clock().monotonicNanos() - sinceNanos);
    }
}
