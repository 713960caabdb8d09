package io.ternmq.remoting.client;

import io.ternmq.common.time.Clock;
import io.ternmq.remoting.protocol.RemotingConnectException;
import io.ternmq.remoting.protocol.Reply;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.Rpc;
import io.ternmq.remoting.transport.Asker;
import io.ternmq.remoting.transport.EventLoops;
import io.ternmq.remoting.transport.Link;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One call on its way: connect if need be, ask, and ask once more on another connection if the peer says GO_AWAY. Its
 * caller is told once, and no longer counted as under way by then.
 */
final class ClientCall<Q> implements Destination.Waiter, Asker {
    private final Destination destination;
    private final ClientRooms rooms;
    private final Rpc<Q, ?> rpc;
    private final Q question;
    private final long startNanos;
    private final long timeoutNanos;
    private final Caller caller;
    private final AtomicBoolean hasEnded = new AtomicBoolean(); // by the answer, or by the deadline while connecting
    // Set by the asking thread, run by whoever ends the call; null for a call that need not wait for its connection.
    private volatile Runnable forgetDeadline;

    // Steps follow one another, so no two threads meet at these.
    private Link asked;
    private boolean hasGoneAway;

    /** What all calls of a client share. */
    record ClientRooms(EventLoops loops, Clock clock, InFlight inFlight) {}

    /** @param timeoutNanos for all of it, connecting included */
    ClientCall(
            Destination destination, ClientRooms rooms, Rpc<Q, ?> rpc, Q question, long timeoutNanos, Caller caller) {
        this.destination = destination;
        this.rooms = rooms;
        this.rpc = rpc;
        this.question = question;
        this.timeoutNanos = timeoutNanos;
        this.caller = caller;
        this.startNanos = rooms.clock().monotonicNanos();
    }

    void start() {
        if (!destination.connect(this)) {
            planDeadline();
        }
    }

    @Override
    public void connected(Link link) {
        if (hasEnded.get()) {
            return; // the time was up before the connection was
        }
        asked = link;
        caller.connected();
        try {
            link.call(rpc, rpc.request().encode(question), startNanos, startNanos + timeoutNanos, this);
        } catch (RuntimeException e) { // of the codec; the caller may be gone from this thread
            failed(e);
        }
    }

    @Override
    public void failed(RemotingConnectException cause) {
        failed((Throwable) cause);
    }

    @Override
    public void failed(Throwable cause) {
        if (end()) {
            caller.failed(cause);
        }
    }

    @Override
    public void answered(Reply reply) {
        if (reply.code() == ResponseCode.GO_AWAY) {
            sentAway();
        } else if (end()) {
            caller.answered(reply);
        }
    }

    private void sentAway() {
        destination.leave(asked);
        if (hasGoneAway) {
            failed(new RemotingConnectException("Not processed " + rpc + " by " + destination.address()
                    + ": it is shutting down and said so on two connections"));
        } else {
            hasGoneAway = true;
            start();
        }
    }

    private void planDeadline() {
        Runnable forget = rooms.loops().after(timeLeft(), this::stillConnecting);
        forgetDeadline = forget;
        if (hasEnded.get()) {
            forget.run();
        }
    }

    // Of no effect once the question is on its way: then the link keeps the deadline, at the same time.
    private void stillConnecting() {
        if (!destination.isConnected()) {
            failed(new RemotingConnectException("Not sent " + rpc + " to " + destination.address()
                    + ": still connecting after " + TimeUnit.NANOSECONDS.toMillis(timeoutNanos)
                    + " ms, the time allowed for the call"));
        }
    }

    private boolean end() {
        if (!hasEnded.compareAndSet(false, true)) {
            return false;
        }
        rooms.inFlight().leave();
        Runnable forget = forgetDeadline;
        if (forget != null) {
            forget.run();
        }
        return true;
    }

    private Duration timeLeft() {
        return Duration.ofNanos(
                Math.max(0, startNanos + timeoutNanos - rooms.clock().monotonicNanos()));
    }
}
