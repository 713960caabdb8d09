package io.ternmq.client.consumer.consumption;

import io.ternmq.client.consumer.pulling.ProcessQueue;
import io.ternmq.client.hook.ConsumeMessageContext.Ending;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls the listener with one batch: notes who works on it since when, has hooks told, and takes whatever is thrown. */
final class ListenerCall {
    private static final Logger log = LoggerFactory.getLogger(ListenerCall.class);

    private final ConsumeSettings settings;
    private final ConsumeRooms rooms;

    /**
     * What came of a call.
     *
     * @param status the listener's answer, or the one in place of null or an exception
     * @param tookNanos time in the listener
     */
    record Result<S>(S status, long tookNanos) {}

    ListenerCall(ConsumeSettings settings, ConsumeRooms rooms) {
        this.settings = settings;
        this.rooms = rooms;
    }

    /**
     * Calls it, unless the queue is another member's by now.
     *
     * @param isSuccess whether an answer means that the messages are consumed
     * @param instead counts as the answer if there is none
     * @return empty, and nothing called, if the queue is another member's or about to be
     */
    @SuppressWarnings("CatchThrowable") // whatever the application throws means that the messages are not consumed
    <S extends Enum<S>> Optional<Result<S>> make(
            ConsumeBatch batch, Supplier<S> listener, Predicate<S> isSuccess, S instead) {
        long startNanos = rooms.clock().monotonicNanos();
        if (!batch.processQueue().begin(batch.held(), startNanos)) {
            return Optional.empty();
        }
        long startMillis = rooms.clock().wallMillis();
        batch.held().forEach(held -> held.enter(Thread.currentThread(), startMillis));
        List<ConsumeHooks.Told> hooked = rooms.hooks().before(settings.group(), batch);
        S status = instead;
        Optional<Ending> failure = Optional.empty();
        try {
            S answer = listener.get();
            if (answer == null) {
                failure = Optional.of(Ending.RETURNNULL);
                log.warn("Listener returned null: delivered again later. queue={}", batch.queue());
            } else {
                status = answer;
            }
        } catch (Throwable e) {
            failure = Optional.of(Ending.EXCEPTION);
            log.warn(
                    "Listener threw: delivered again later. queue={} firstMsgId={}",
                    batch.queue(),
                    batch.held().get(0).message().getMsgId(),
                    e);
        } finally {
            batch.held().forEach(ProcessQueue.Held::leave);
        }
        Duration took = Duration.ofNanos(rooms.clock().monotonicNanos() - startNanos);
        boolean success = isSuccess.test(status);
        Ending ending = failure.orElse(endingOf(success, took));
        rooms.hooks().after(hooked, success, status.name(), ending);
        return Optional.of(new Result<>(status, took.toNanos()));
    }

    private Ending endingOf(boolean success, Duration took) {
        if (took.compareTo(settings.timeout()) >= 0) {
            return Ending.TIME_OUT;
        }
        return success ? Ending.SUCCESS : Ending.FAILED;
    }
}
