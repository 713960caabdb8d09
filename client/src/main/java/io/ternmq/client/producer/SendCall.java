package io.ternmq.client.producer;

import io.ternmq.client.exception.MQBrokerException;
import io.ternmq.client.exception.MQClientException;
import io.ternmq.client.gateway.SendGateway;
import io.ternmq.client.gateway.SendGateway.Stored;
import io.ternmq.client.route.PublishQueue;
import io.ternmq.client.route.PublishQueues;
import io.ternmq.client.route.TopicRoute;
import io.ternmq.common.message.SendId;
import io.ternmq.common.work.Scheduler.Task;
import io.ternmq.remoting.protocol.RemotingTooMuchRequestException;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.send.SendRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * One send on its way. Every form of sending takes these steps in this order, and they stand in this order below:
 *
 * <ol>
 *   <li>the producer runs, or the caller is told why not
 *   <li>the message is checked and made ready, once for all attempts; an asynchronous one waits for room
 *   <li>the route of its topic: known, or asked for
 *   <li>an attempt, if time is left: a queue is chosen, and a limit of its own set within the deadline of all
 *   <li>the message goes out, marked as a repeat if it did before
 *   <li>what became of it is learned about the broker
 *   <li>the outcome: stored; once more at the same queue; another attempt; or the caller is told
 * </ol>
 *
 * <p>Steps follow one another, each on the thread that ended the one before it, so no two threads meet here but in
 * {@link #abandon}; nothing blocks after the second.
 */
final class SendCall {
    /** With less time than this left of an attempt, the same queue is not asked once more. */
    private static final Duration REPEAT_TIME_MIN = Duration.ofMillis(20);

    /**
     * What an attempt gets at most if another broker can take the message, for sends of the default timeout: a broker that
     * has stopped holds its callers for less than a second. A patient sender's attempts are as patient, by a quarter of
     * its time, and a large body has time to get through.
     */
    private static final Duration ATTEMPT_MAX = Duration.ofMillis(800);

    private static final int PATIENT_PART = 4;
    private static final int KIB = 1024; // of the body, for each of which there is a millisecond more

    private static final Duration TIMEOUT_MAX = Duration.ofDays(1); // more counts as a day

    private final SendRooms rooms;
    private final Outgoing message;
    private final Target target;
    private final SendForm form;
    private final int attemptsMax;
    private final long timeoutNanos;
    private final long startNanos;
    private final CompletableFuture<SendResult> result = new CompletableFuture<>();
    private final TimeLine line;

    private int attempts;
    private Optional<SendId> id = Optional.empty(); // as it last went out
    private Optional<String> failedBroker = Optional.empty();
    private Optional<SendResult> notSafe = Optional.empty();
    private volatile Attempt underWay; // for a waiting sender that gives up; null before the first attempt

    private SendCall(
            SendRooms rooms, Outgoing message, Target target, SendForm form, Duration timeout, long startNanos) {
        this.rooms = rooms;
        this.message = message;
        this.target = target;
        this.form = form;
        this.attemptsMax = target.allowsOthers() ? form.attemptsMax(rooms.settings()) : 1;
        this.timeoutNanos = timeout.compareTo(TIMEOUT_MAX) < 0 ? timeout.toNanos() : TIMEOUT_MAX.toNanos();
        this.startNanos = startNanos;
        this.line = new TimeLine(startNanos);
    }

    /**
     * Begins a send: steps 1 and 2, and as far as it goes without waiting.
     *
     * @throws MQClientException if the producer does not run, or the message cannot be sent
     * @throws RemotingTooMuchRequestException if there was no room for it in time
     */
    static SendCall begin(ProducerLife life, Parcel parcel, Target target, SendForm form, Duration timeout)
            throws MQClientException, RemotingTooMuchRequestException, InterruptedException {
        return begin(life.running().rooms(), parcel, target, form, timeout);
    }

    /** Begins the send of a producer that is known to run. */
    static SendCall begin(SendRooms rooms, Parcel parcel, Target target, SendForm form, Duration timeout)
            throws MQClientException, RemotingTooMuchRequestException, InterruptedException {
        long startNanos = rooms.clock().monotonicNanos();
        Outgoing message = parcel.prepare(rooms.preparer());
        SendCall call = new SendCall(rooms, message, target, form, timeout, startNanos);
        long nowNanos = startNanos;
        if (form == SendForm.ASYNC && !rooms.window().hasEntered(message.bodyBytes())) {
            rooms.window().enter(message.bodyBytes(), call.timeLeft());
            nowNanos = rooms.clock().monotonicNanos();
        }
        call.route(nowNanos);
        return call;
    }

    /** Completes once, with a result or an unwrapped exception; of a one-way send when the message is on its way. */
    CompletableFuture<SendResult> result() {
        return result;
    }

    Outgoing message() {
        return message;
    }

    Duration timeLeft() {
        return Duration.ofNanos(leftNanos(rooms.clock().monotonicNanos()));
    }

    /** What to tell a sender whose time is over although nothing has come of the send. */
    RemotingTooMuchRequestException overdue() {
        long now = rooms.clock().monotonicNanos();
        Attempt last = underWay;
        String waiting = last == null ? "no attempt was made" : last.describe(startNanos, now);
        return SendFailures.overdue(message, waiting, tookMillis(now), timeoutMillis());
    }

    /** The sender waits no longer: what is known by now is learned, and no further attempt begins. */
    void abandon() {
        result.cancel(false);
        Attempt last = underWay;
        if (last != null && last.end()) {
            rooms.faults()
                    .of(last.brokerName())
                    .abandoned(last.elapsedNanos(rooms.clock().monotonicNanos()));
        }
    }

    // Step 3: the route. The time is read once for the steps up to the sending, which follow at once: reading it would
    // cost
    // more than they do.

    private void route(long nowNanos) {
        Optional<TopicRoute> known = rooms.routes().knownForPublish(message.topic());
        if (known.isPresent()) {
            attempt(known.get().publishQueues(), nowNanos);
        } else {
            findRoute(nowNanos);
        }
    }

    private void findRoute(long nowNanos) {
        if (isOutOfTime(nowNanos)) {
            return;
        }
        Task deadline = rooms.scheduler()
                .after(
                        timeLeft(),
                        "deadline of a send",
                        () -> endWith(SendFailures.noRouteInTime(
                                message, timeoutMillis(), rooms.routes().nameServerAddresses())));
        rooms.routes()
                .findForPublish(message.topic(), rooms.settings().template())
                .whenComplete((route, failure) -> {
                    deadline.cancel();
                    if (failure != null) {
                        endWith(failure);
                    } else {
                        attempt(route.publishQueues(), rooms.clock().monotonicNanos());
                    }
                });
    }

    // Step 4: an attempt.

    private void attempt(PublishQueues queues, long nowNanos) {
        if (result.isDone() || isOutOfTime(nowNanos)) { // done: abandoned
            return;
        }
        PublishQueue queue;
        try {
            queue = target.choose(queues, rooms, failedBroker);
        } catch (MQClientException | RuntimeException e) { // of the application's selector
            endWith(e);
            return;
        }
        attempts++;
        long limitNanos = limited(leftNanos(nowNanos), queues);
        send(Attempt.begin(attempts, queue, takeId(), nowNanos, limitNanos), nowNanos);
    }

    private boolean isOutOfTime(long nowNanos) {
        boolean isOut = leftNanos(nowNanos) <= 0;
        if (isOut) {
            endWith(SendFailures.outOfTime(message, line, attempts, tookMillis(nowNanos), timeoutMillis()));
        }
        return isOut;
    }

    // So that one silent broker does not eat the time of all attempts. With one broker only, its whole time is its own:
    // to ask it twice would not make it faster.
    private long limited(long leftNanos, PublishQueues queues) {
        if (attempts >= attemptsMax) {
            return leftNanos;
        }
        Optional<Duration> limit = rooms.settings().attemptTimeout();
        if (limit.isPresent()) {
            return Math.min(limit.get().toNanos(), leftNanos);
        }
        if (!queues.areOnSeveralBrokers()) {
            return leftNanos;
        }
        long fitting = Math.max(ATTEMPT_MAX.toNanos(), timeoutNanos / PATIENT_PART)
                + TimeUnit.MILLISECONDS.toNanos(message.bodyBytes() / KIB);
        return Math.min(leftNanos / 2, fitting);
    }

    // Nobody waits for a one-way send, so it is never repeated and needs no id.
    private Optional<SendId> takeId() {
        if (form == SendForm.ONE_WAY) {
            return Optional.empty();
        }
        id = Optional.of(id.isEmpty() ? rooms.ids().next() : id.get().again());
        return id;
    }

    // Step 5: out.

    private void send(Attempt attempt, long nowNanos) {
        underWay = attempt;
        List<SendHooks.Told> hooked =
                rooms.hooks().before(rooms.settings().group(), message, attempt, form == SendForm.ONE_WAY);
        SendRequest request = message.request(
                rooms.settings(),
                attempt.queue().queue().getQueueId(),
                rooms.clock().wallMillis(),
                attempt.id());
        Sending sending = new Sending(attempt, hooked);
        if (form == SendForm.ONE_WAY) {
            sendOneWay(attempt, request, sending);
        } else {
            rooms.faults().of(attempt.brokerName()).began(nowNanos);
            rooms.sends().send(attempt.queue().address(), message.kind(), request, attempt.left(nowNanos), sending);
        }
    }

    /** What is told of one attempt. */
    private final class Sending implements SendGateway.Sender {
        private final Attempt attempt;
        private final List<SendHooks.Told> hooked;

        private Sending(Attempt attempt, List<SendHooks.Told> hooked) {
            this.attempt = attempt;
            this.hooked = hooked;
        }

        @Override
        public void connected() {
            attempt.connected(rooms.clock().monotonicNanos());
        }

        @Override
        public void stored(Stored stored) {
            long nowNanos = rooms.clock().monotonicNanos();
            learn(attempt, null, nowNanos);
            rooms.hooks().after(hooked, message, stored, null);
            SendCall.this.stored(attempt, stored, nowNanos);
        }

        @Override
        public void failed(Throwable failure) {
            long nowNanos = rooms.clock().monotonicNanos();
            learn(attempt, failure, nowNanos);
            rooms.hooks().after(hooked, message, null, failure);
            SendCall.this.failed(attempt, failure, nowNanos);
        }
    }

    // The sender is told only what has gone wrong by now; what goes wrong later is still learned.
    private void sendOneWay(Attempt attempt, SendRequest request, Sending sending) {
        CompletableFuture<Stored> handedOver = new CompletableFuture<>();
        CompletionStage<Void> written = rooms.sends().sendOneWay(attempt.queue().address(), message.kind(), request);
        written.whenComplete((done, failure) -> {
            if (SendFailures.isUnreachable(failure)) {
                rooms.faults().of(attempt.brokerName()).isUnreachable();
                rooms.routes().refreshSoon(message.topic());
            }
            if (failure != null) {
                handedOver.completeExceptionally(failure);
            }
        });
        handedOver.complete(Stored.unconfirmed());
        CompletionStage<Stored> known = handedOver;
        known.whenComplete((stored, failure) -> {
            if (failure == null) {
                sending.stored(stored);
            } else {
                sending.failed(failure);
            }
        });
    }

    // Step 6: learn.

    private void learn(Attempt attempt, Throwable failure, long nowNanos) {
        if (attempt.end() && form != SendForm.ONE_WAY) {
            SendFailures.learn(
                    rooms.faults().of(attempt.brokerName()), failure, attempt.elapsedNanos(nowNanos), nowNanos);
        }
    }

    // Step 7: the outcome.

    private void stored(Attempt attempt, Stored stored, long nowNanos) {
        SendResult sent = SendResults.of(message, attempt.queue().queue(), stored, rooms.settings());
        if (stored.code() == ResponseCode.SUCCESS || !rooms.settings().retryWhenNotSafe() || !mayTryAnother()) {
            result.complete(sent);
            return;
        }
        notSafe = Optional.of(sent);
        note(
                attempt,
                new MQBrokerException(
                        stored.code(),
                        "stored, but not as safely as asked",
                        attempt.queue().address()),
                nowNanos);
        route(nowNanos);
    }

    private void failed(Attempt attempt, Throwable failure, long nowNanos) {
        note(attempt, failure, nowNanos);
        if (SendFailures.saysRouteIsOld(failure)) {
            rooms.routes().refreshSoon(message.topic());
        }
        if (result.isDone()) { // abandoned
            return;
        }
        if (mayRepeat(attempt, failure, nowNanos)) {
            send(attempt.again(takeId(), nowNanos), nowNanos);
        } else if (!target.allowsOthers() || !SendFailures.isRetryable(failure, rooms.settings())) {
            endWith(failure);
        } else if (!mayTryAnother()) {
            endWith(
                    form == SendForm.ONE_WAY
                            ? failure
                            : SendFailures.allFailed(message, line, attempts, tookMillis(nowNanos)));
        } else {
            route(nowNanos);
        }
    }

    // The broker may have stored the message and only the answer be lost. Asked again at the same place, a broker that
    // knows the id of the send tells what became of it; another broker could only store it a second time.
    private boolean mayRepeat(Attempt attempt, Throwable failure, long nowNanos) {
        return attemptsMax > 1
                && !attempt.isRepeat()
                && SendFailures.isAmbiguous(failure)
                && attempt.left(nowNanos).compareTo(REPEAT_TIME_MIN) >= 0;
    }

    // A message that is stored somewhere is a success, whatever became of attempts to store it more safely.
    private void endWith(Throwable failure) {
        if (notSafe.isPresent()) {
            result.complete(notSafe.get());
        } else {
            result.completeExceptionally(failure);
        }
    }

    private boolean mayTryAnother() {
        return attempts < attemptsMax;
    }

    private void note(Attempt attempt, Throwable failure, long nowNanos) {
        failedBroker = Optional.of(attempt.brokerName());
        line.failed(attempt, nowNanos, failure);
    }

    private long leftNanos(long nowNanos) {
        return timeoutNanos - (nowNanos - startNanos);
    }

    private long tookMillis(long nowNanos) {
        return TimeUnit.NANOSECONDS.toMillis(nowNanos - startNanos);
    }

    private long timeoutMillis() {
        return TimeUnit.NANOSECONDS.toMillis(timeoutNanos);
    }
}
