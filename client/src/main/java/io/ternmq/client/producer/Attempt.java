package io.ternmq.client.producer;

import io.ternmq.client.route.PublishQueue;
import io.ternmq.common.message.SendId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** One request to one broker, while it is under way and for the time line afterwards. Times are monotonic. */
final class Attempt {
    private final int number;
    private final PublishQueue queue;
    private final Optional<SendId> id;
    private final long beganNanos;
    private final long deadlineNanos;
    private final boolean isRepeat;
    private final AtomicBoolean hasEnded = new AtomicBoolean(); // by its outcome, or by a sender that gave up waiting
    // One more than the nanoseconds it took to connect, 0 before; set on any thread, read once it has ended. To set a
    // volatile field in the constructor as well would cost each send a wait for memory.
    private volatile long connectNanosPlusOne;

    private Attempt(
            int number,
            PublishQueue queue,
            Optional<SendId> id,
            long beganNanos,
            long deadlineNanos,
            boolean isRepeat) {
        this.number = number;
        this.queue = queue;
        this.id = id;
        this.beganNanos = beganNanos;
        this.deadlineNanos = deadlineNanos;
        this.isRepeat = isRepeat;
    }

    /**
     * Begins now.
     *
     * @param number counted from 1
     * @param id of the send, marked as a repeat if it went out before
     * @param limitNanos how long it may take, a repeat at the same queue included
     */
    static Attempt begin(int number, PublishQueue queue, Optional<SendId> id, long nowNanos, long limitNanos) {
        return new Attempt(number, queue, id, nowNanos, nowNanos + limitNanos, false);
    }

    /** The same once more, at the same queue and within the same limit. */
    Attempt again(Optional<SendId> marked, long nowNanos) {
        return new Attempt(number, queue, marked, nowNanos, deadlineNanos, true);
    }

    PublishQueue queue() {
        return queue;
    }

    Optional<SendId> id() {
        return id;
    }

    String brokerName() {
        return queue.queue().getBrokerName();
    }

    boolean isRepeat() {
        return isRepeat;
    }

    Duration left(long nowNanos) {
        return Duration.ofNanos(deadlineNanos - nowNanos);
    }

    long elapsedNanos(long nowNanos) {
        return nowNanos - beganNanos;
    }

    void connected(long nowNanos) {
        connectNanosPlusOne = nowNanos - beganNanos + 1;
    }

    /** Whether this is the first to end it. */
    boolean end() {
        return hasEnded.compareAndSet(false, true);
    }

    /** A line for the time line: when, where, how long for what. */
    String describe(long sendStartNanos, long endNanos) {
        long plusOne = connectNanosPlusOne;
        long connectNanos = plusOne - 1;
        String times = plusOne == 0
                ? "not connected within " + millis(endNanos - beganNanos) + " ms"
                : "connected in " + millis(connectNanos) + " ms, waited " + millis(endNanos - beganNanos - connectNanos)
                        + " ms";
        return "at +" + millis(beganNanos - sendStartNanos) + " ms " + number + ") " + brokerName() + " ("
                + queue.address() + ") queue " + queue.queue().getQueueId()
                + (isRepeat ? " once more" : "") + ": " + times;
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}
