package io.ternmq.remoting.transport;

import io.ternmq.remoting.frame.Payload;
import io.ternmq.remoting.protocol.Rpc;
import java.util.concurrent.TimeUnit;

/** A call of ours, from when it is handed to its connection's event loop until it is answered. Run once, on that loop. */
final class PendingCall implements Runnable {
    private final Link link;
    private final Rpc<?, ?> rpc;
    private final Payload question;
    private final long startNanos;
    private final long deadlineNanos;
    private final Asker asker;

    /**
     * @param startNanos monotonic time at which the caller asked
     * @param deadlineNanos monotonic time after which an answer is of no use
     */
    PendingCall(Link link, Rpc<?, ?> rpc, Payload question, long startNanos, long deadlineNanos, Asker asker) {
        this.link = link;
        this.rpc = rpc;
        this.question = question;
        this.startNanos = startNanos;
        this.deadlineNanos = deadlineNanos;
        this.asker = asker;
    }

    @Override
    public void run() {
        link.start(this);
    }

    /** What was asked, also for messages. */
    Rpc<?, ?> rpc() {
        return rpc;
    }

    Payload question() {
        return question;
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    Asker asker() {
        return asker;
    }

    /** The question did not go out. */
    void refuse(Throwable cause) {
        question.body().release();
        asker.failed(cause);
    }

    long elapsedMillis(long nowNanos) {
        return TimeUnit.NANOSECONDS.toMillis(nowNanos - startNanos);
    }

    long allowedMillis() {
        return TimeUnit.NANOSECONDS.toMillis(deadlineNanos - startNanos);
    }
}
