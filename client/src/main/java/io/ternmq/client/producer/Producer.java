package io.ternmq.client.producer;

import io.ternmq.client.exception.MQBrokerException;
import io.ternmq.client.exception.MQClientException;
import io.ternmq.client.route.PublishQueue;
import io.ternmq.client.route.TopicRoute;
import io.ternmq.client.session.ClientInstance;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.common.time.Clock;
import io.ternmq.common.work.DrainingPool;
import io.ternmq.remoting.protocol.RemotingException;
import io.ternmq.remoting.protocol.RemotingTimeoutException;
import io.ternmq.remoting.protocol.RemotingTooMuchRequestException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A producer that runs: the composition root of this room. Owns the client instance, the window of asynchronous sends
 * and the callback threads. Safe for use by any thread.
 */
final class Producer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Producer.class);
    private static final int CALLBACK_THREADS = 4;
    private static final Duration GRACE = Duration.ofMillis(200); // for the timers that end a send in time
    private static final Duration DRAIN_WAIT_MAX = Duration.ofSeconds(3);

    private final SendSettings settings;
    private final ClientInstance instance;
    private final SendRooms rooms;
    private final MessagePreparer preparer;
    private final SendWindow window;
    private final DrainingPool lane = new DrainingPool("client-callback", CALLBACK_THREADS); // bounded by the window
    private final Executor callbacks;

    private Producer(ProducerConfig config, ClientInstance instance) {
        this.settings = SendSettings.of(config);
        this.instance = instance;
        this.rooms =
                new SendRooms(settings, instance.routes(), instance.gateways().sends(), instance.clock());
        this.preparer = new MessagePreparer(settings, instance.uniqueIds());
        this.window = new SendWindow(config.getBackPressureForAsyncSendNum(), config.getBackPressureForAsyncSendSize());
        this.callbacks = config.getCallbackExecutor() == null ? lane : config.getCallbackExecutor();
    }

    /**
     * Starts a producer.
     *
     * @throws MQClientException if the configuration cannot be used
     */
    static Producer start(ProducerConfig config) throws MQClientException {
        Producer producer = new Producer(config, ClientInstance.start(config));
        producer.instance.joinProducer(config.getProducerGroup());
        return producer;
    }

    MessagePreparer preparer() {
        return preparer;
    }

    Clock clock() {
        return instance.clock();
    }

    SendResult send(Outgoing message, Target target, Duration timeout, long startNanos)
            throws MQClientException, RemotingException, MQBrokerException, InterruptedException {
        CompletableFuture<SendResult> sent =
                new SendCall(rooms, message, target, settings.syncRetries(), timeout, startNanos).start();
        return await(sent, message.topic(), timeout, startNanos);
    }

    /** Waits within {@code timeout} for room in the window, then returns; {@code callback} is told the rest. */
    void send(Outgoing message, Target target, Duration timeout, long startNanos, SendCallback callback)
            throws RemotingTooMuchRequestException, InterruptedException {
        int bodyBytes = message.bodyBytes();
        window.enter(bodyBytes, timeout.minusNanos(clock().monotonicNanos() - startNanos));
        CompletionStage<SendResult> sent =
                new SendCall(rooms, message, target, settings.asyncRetries(), timeout, startNanos).start();
        sent.whenComplete((result, failure) -> callbacks.execute(() -> {
            window.leave(bodyBytes);
            if (failure == null) {
                callback.onSuccess(result);
            } else {
                callback.onException(failure);
            }
        }));
    }

    /** Sends once, without an answer. Returns when the message is on its way; what becomes of it is not known. */
    void sendOneWay(Outgoing message, Target target, Duration timeout)
            throws MQClientException, RemotingException, InterruptedException {
        PublishQueue queue = target.choose(route(message.topic(), timeout).publishQueues(), Optional.empty());
        var request = message.request(settings, queue.queue().getQueueId(), clock().wallMillis());
        CompletableFuture<Void> written =
                rooms.sends().sendOneWay(queue.address(), request).toCompletableFuture();
        if (written.isDone() && written.isCompletedExceptionally()) {
            join(written, message.topic(), timeout);
        }
    }

    List<MessageQueue> publishQueues(String topic, Duration timeout)
            throws MQClientException, RemotingException, InterruptedException {
        return route(topic, timeout).publishQueues().names();
    }

    /** Waits a bounded time for what is under way, fails the rest, lets callbacks be told, and tells brokers. */
    @Override
    public void close() {
        try {
            if (!window.awaitEmpty(DRAIN_WAIT_MAX)) {
                log.warn(
                        "Sends still under way at shutdown. group={} waitedMillis={}",
                        settings.group(),
                        DRAIN_WAIT_MAX.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        instance.leaveProducer(settings.group());
        instance.close();
        lane.close();
    }

    private TopicRoute route(String topic, Duration timeout)
            throws MQClientException, RemotingException, InterruptedException {
        Optional<TopicRoute> known = rooms.routes().knownForPublish(topic);
        return known.isPresent()
                ? known.get()
                : join(rooms.routes().findForPublish(topic, settings.template()).toCompletableFuture(), topic, timeout);
    }

    private static <T> T join(CompletableFuture<T> future, String topic, Duration timeout)
            throws MQClientException, RemotingException, InterruptedException {
        try {
            return future.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new RemotingTimeoutException(
                    "Name servers have not said within " + timeout.toMillis() + " ms where topic " + topic + " is", e);
        } catch (ExecutionException e) {
            throw SendFailures.rethrown(e.getCause());
        }
    }

    private SendResult await(CompletableFuture<SendResult> sent, String topic, Duration timeout, long startNanos)
            throws MQClientException, RemotingException, MQBrokerException, InterruptedException {
        Duration wait = timeout.plus(GRACE).minusNanos(clock().monotonicNanos() - startNanos);
        try {
            return sent.get(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            sent.cancel(false); // no further attempt
            throw e;
        } catch (TimeoutException e) {
            sent.cancel(false);
            throw new RemotingTooMuchRequestException(
                    "Not sent to topic " + topic + " within " + timeout.toMillis()
                            + " ms (sendMsgTimeout): name servers have not said where it is",
                    e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof MQBrokerException refusal) {
                refusal.fillInStackTrace(); // the caller's stack is of more use than the network thread's
                throw refusal;
            }
            throw SendFailures.rethrown(e.getCause());
        }
    }
}
