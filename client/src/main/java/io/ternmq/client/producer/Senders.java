package io.ternmq.client.producer;

import io.ternmq.client.exception.ClientErrorCode;
import io.ternmq.client.exception.MQBrokerException;
import io.ternmq.client.exception.MQClientException;
import io.ternmq.client.route.TopicRoute;
import io.ternmq.common.message.Message;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.remoting.protocol.RemotingException;
import io.ternmq.remoting.protocol.RemotingTimeoutException;
import io.ternmq.remoting.protocol.RemotingTooMuchRequestException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The ends of a send that differ by its form: a caller who waits, one who is called back, one who wants no answer. What
 * happens in between is the same for all and stands in {@link SendCall}. Stateless. Times in milliseconds.
 */
final class Senders {
    private static final Duration GRACE = Duration.ofMillis(200); // for the timers that end a send in time

    private final ProducerLife life;

    /** Begins a send and has the callback told of its end. */
    @FunctionalInterface
    interface Beginning {
        void begin(SendCallback callback) throws MQClientException, RemotingException, InterruptedException;
    }

    Senders(ProducerLife life) {
        this.life = life;
    }

    /** As the other {@code sync}, of one message, which may travel with others. */
    SendResult sync(Message message, Target target, long timeout)
            throws MQClientException, RemotingException, MQBrokerException, InterruptedException {
        Optional<CompletableFuture<SendResult>> gathered = gather(message, target, timeout);
        return gathered.isPresent()
                ? await(gathered.get(), message.getTopic(), timeout)
                : sync(Parcel.of(message), target, timeout);
    }

    SendResult sync(Parcel parcel, Target target, long timeout)
            throws MQClientException, RemotingException, MQBrokerException, InterruptedException {
        return await(SendCall.begin(life, parcel, target, SendForm.SYNC, Duration.ofMillis(timeout)));
    }

    /** As the other {@code async}, of one message, which may travel with others. */
    void async(Message message, Target target, long timeout, SendCallback callback)
            throws MQClientException, RemotingTooMuchRequestException, InterruptedException {
        Optional<CompletableFuture<SendResult>> gathered = gather(message, target, timeout);
        if (gathered.isPresent()) {
            Producer producer = life.running();
            CompletionStage<SendResult> sent = gathered.get();
            sent.whenComplete((result, failure) -> producer.callbacks().execute(() -> tell(callback, result, failure)));
        } else {
            async(Parcel.of(message), target, timeout, callback);
        }
    }

    /** Waits within {@code timeout} for room, then returns; {@code callback} is told the rest. */
    void async(Parcel parcel, Target target, long timeout, SendCallback callback)
            throws MQClientException, RemotingTooMuchRequestException, InterruptedException {
        Producer producer = life.running();
        SendCall call = SendCall.begin(life, parcel, target, SendForm.ASYNC, Duration.ofMillis(timeout));
        CompletionStage<SendResult> sent = call.result();
        sent.whenComplete((result, failure) -> producer.callbacks().execute(() -> {
            producer.rooms().window().leave(call.message().bodyBytes());
            tell(callback, result, failure);
        }));
    }

    /** A send whose future completes as a callback is called. What keeps it from beginning fails the future too. */
    CompletableFuture<SendResult> future(Beginning beginning) {
        CompletableFuture<SendResult> sent = new CompletableFuture<>();
        try {
            beginning.begin(new FutureCallback(sent));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            sent.completeExceptionally(e);
        } catch (MQClientException | RemotingException e) {
            sent.completeExceptionally(e);
        }
        return sent;
    }

    /** Returns when the message is on its way; what becomes of it is not known. */
    void oneWay(Parcel parcel, Target target, long timeout)
            throws MQClientException, RemotingException, InterruptedException {
        try {
            await(SendCall.begin(life, parcel, target, SendForm.ONE_WAY, Duration.ofMillis(timeout)));
        } catch (MQBrokerException e) { // nobody answers a one-way request
            throw new IllegalStateException(e);
        }
    }

    List<MessageQueue> publishQueues(String topic, long timeout) throws MQClientException {
        SendRooms rooms = life.running().rooms();
        SendSettings settings = rooms.settings();
        String full = settings.namespace().topic(topic);
        Optional<TopicRoute> known = rooms.routes().knownForPublish(full);
        TopicRoute route = known.isPresent()
                ? known.get()
                : ask(rooms.routes().findForPublish(full, settings.template()).toCompletableFuture(), topic, timeout);
        return route.publishQueues().names().stream()
                .map(settings.namespace()::plain)
                .toList();
    }

    private Optional<CompletableFuture<SendResult>> gather(Message message, Target target, long timeout)
            throws MQClientException, RemotingTooMuchRequestException, InterruptedException {
        Optional<AutoBatch> autoBatch = life.running().autoBatch();
        return autoBatch.isEmpty()
                ? Optional.empty()
                : autoBatch.get().offer(message, target, Duration.ofMillis(timeout));
    }

    private static void tell(SendCallback callback, SendResult result, Throwable failure) {
        if (failure == null) {
            callback.onSuccess(result);
        } else {
            callback.onException(failure);
        }
    }

    private static SendResult await(CompletableFuture<SendResult> gathered, String topic, long timeout)
            throws MQClientException, RemotingException, MQBrokerException, InterruptedException {
        try {
            return gathered.get(timeout + GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw e;
        } catch (TimeoutException e) {
            throw new RemotingTooMuchRequestException(
                    "Not sent to topic " + topic + ": nothing has come of its batch within " + timeout
                            + " ms (sendMsgTimeout)",
                    e);
        } catch (ExecutionException e) {
            throw failureOf(e.getCause());
        }
    }

    private static SendResult await(SendCall call)
            throws MQClientException, RemotingException, MQBrokerException, InterruptedException {
        CompletableFuture<SendResult> sent = call.result();
        Duration wait = call.timeLeft().plus(GRACE);
        try {
            return sent.get(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            call.abandon();
            // Set again although it is thrown: callers that wrap or drop the exception are interrupted all the same.
            Thread.currentThread().interrupt();
            throw e;
        } catch (TimeoutException e) {
            RemotingTooMuchRequestException overdue = call.overdue();
            call.abandon();
            overdue.initCause(e);
            throw overdue;
        } catch (ExecutionException e) {
            throw failureOf(e.getCause());
        }
    }

    private static MQClientException failureOf(Throwable failure) throws RemotingException, MQBrokerException {
        if (failure instanceof MQBrokerException refusal) {
            refusal.fillInStackTrace(); // the caller's stack is of more use than the network thread's
            throw refusal;
        }
        return SendFailures.rethrown(failure);
    }

    private static TopicRoute ask(CompletableFuture<TopicRoute> asked, String topic, long timeout)
            throws MQClientException {
        try {
            return asked.get(timeout, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MQClientException("Interrupted while asking where topic " + topic + " is", e);
        } catch (TimeoutException e) {
            String late = "Name servers have not said within " + timeout + " ms where topic " + topic + " is";
            throw new MQClientException(
                    ClientErrorCode.ACCESS_BROKER_TIMEOUT, late, new RemotingTimeoutException(late, e));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof MQClientException known) {
                throw known;
            }
            throw new MQClientException("Topic " + topic + " could not be looked up: " + e.getCause(), e.getCause());
        }
    }

    /** Completes a future as a callback is called. */
    private record FutureCallback(CompletableFuture<SendResult> sent) implements SendCallback {
        @Override
        public void onSuccess(SendResult sendResult) {
            sent.complete(sendResult);
        }

        @Override
        public void onException(Throwable e) {
            sent.completeExceptionally(e);
        }
    }
}
