package io.ternmq.remoting.client;

import io.ternmq.common.time.Clock;
import io.ternmq.remoting.protocol.RemotingConnectException;
import io.ternmq.remoting.protocol.Reply;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.transport.EventLoops;
import io.ternmq.remoting.transport.Link;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One call on its way: connect if need be, ask, and ask once more on another connection if the peer says GO_AWAY. Its
 * answer is completed once, on an event loop or on the caller's thread.
 */
final class ClientCall<Q> implements Destination.Waiter {
    private final Destination destination;
    private final EventLoops loops;
    private final Clock clock;
    private final Question<Q> question;
    private final Duration timeout;
    private final long startNanos;
    private final Outcome<Reply> answer;
    private boolean hasGoneAway; // steps follow one another, so no two threads meet here

    ClientCall(
            Destination destination,
            EventLoops loops,
            Clock clock,
            InFlight inFlight,
            Question<Q> question,
            Duration timeout) {
        this.answer = new Outcome<>(inFlight);
        this.destination = destination;
        this.loops = loops;
        this.clock = clock;
        this.question = question;
        this.timeout = timeout;
        this.startNanos = clock.monotonicNanos();
    }

    CompletableFuture<Reply> start() {
        connect();
        return answer.future();
    }

    private void connect() {
        if (!destination.connect(this)) {
            CompletionStage<Reply> answered = answer.future();
            Runnable forgetDeadline = loops.after(timeLeft(), this::stillConnecting);
            answered.whenComplete((reply, failure) -> forgetDeadline.run());
        }
    }

    @Override
    public void connected(Link link) {
        if (answer.hasEnded()) {
            return; // the time was up before the connection was
        }
        question.connected().run();
        try {
            CompletionStage<Reply> asked = link.call(question.rpc(), question.encode(), timeLeft());
            asked.whenComplete((reply, failure) -> answered(link, reply, failure));
        } catch (RuntimeException e) { // of the codec; the caller may be gone from this thread
            answer.fail(e);
        }
    }

    @Override
    public void failed(RemotingConnectException cause) {
        answer.fail(cause);
    }

    // Of no effect once the question is on its way: then the link keeps the deadline, at the same time.
    private void stillConnecting() {
        if (!destination.isConnected()) {
            answer.fail(new RemotingConnectException("Not sent " + question.rpc() + " to "
                    + destination.address() + ": still connecting after " + timeout.toMillis()
                    + " ms, the time allowed for the call"));
        }
    }

    private void answered(Link link, Reply reply, Throwable failure) {
        if (failure != null) {
            answer.fail(failure);
        } else if (reply.code() == ResponseCode.GO_AWAY && !hasGoneAway) {
            hasGoneAway = true;
            destination.leave(link);
            connect();
        } else if (reply.code() == ResponseCode.GO_AWAY) {
            destination.leave(link);
            answer.fail(new RemotingConnectException("Not processed " + question.rpc() + " by " + destination.address()
                    + ": it is shutting down and said so on two connections"));
        } else {
            answer.succeed(reply);
        }
    }

    private Duration timeLeft() {
        Duration left = timeout.minusNanos(clock.monotonicNanos() - startNanos);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
