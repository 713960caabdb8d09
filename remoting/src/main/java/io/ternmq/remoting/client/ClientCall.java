package io.ternmq.remoting.client;

import io.ternmq.common.time.Clock;
import io.ternmq.remoting.protocol.RemotingConnectException;
import io.ternmq.remoting.protocol.RemotingException;
import io.ternmq.remoting.protocol.Reply;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.Rpc;
import io.ternmq.remoting.transport.EventLoops;
import io.ternmq.remoting.transport.Link;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * One call on its way: connect if need be, ask, and ask once more on another connection if the peer says GO_AWAY. Its
 * answer is completed once, on an event loop or on the caller's thread.
 */
final class ClientCall<Q> {
    private final Destination destination;
    private final EventLoops loops;
    private final Clock clock;
    private final Rpc<Q, ?> rpc;
    private final Q question;
    private final Duration timeout;
    private final long startNanos;
    private final CompletableFuture<Reply> answer = new CompletableFuture<>();
    private boolean hasGoneAway; // steps follow one another, so no two threads meet here

    ClientCall(Destination destination, EventLoops loops, Clock clock, Rpc<Q, ?> rpc, Q question, Duration timeout) {
        this.destination = destination;
        this.loops = loops;
        this.clock = clock;
        this.rpc = rpc;
        this.question = question;
        this.timeout = timeout;
        this.startNanos = clock.monotonicNanos();
    }

    CompletableFuture<Reply> start() {
        ask();
        return answer;
    }

    private void ask() {
        CompletableFuture<Link> connection = destination.link();
        CompletionStage<Link> connecting = connection;
        if (!connection.isDone()) {
            Runnable forgetDeadline = loops.after(timeLeft(), this::stillConnecting);
            connecting.whenComplete((link, failure) -> forgetDeadline.run());
        }
        connecting.whenComplete(this::connected);
    }

    private void stillConnecting() {
        answer.completeExceptionally(new RemotingConnectException("Not sent " + rpc + " to " + destination.address()
                + ": still connecting after " + timeout.toMillis() + " ms, the time allowed for the call"));
    }

    private void connected(Link link, Throwable failure) {
        if (failure != null) {
            answer.completeExceptionally(unwrapped(failure));
        } else if (!answer.isDone()) {
            ask(link);
        }
    }

    private void ask(Link link) {
        try {
            CompletionStage<Reply> asked = link.call(rpc, rpc.request().encode(question), timeLeft());
            asked.whenComplete((reply, failure) -> answered(link, reply, failure));
        } catch (RuntimeException e) { // of the codec, when connecting took until another thread went on
            answer.completeExceptionally(e);
        }
    }

    private void answered(Link link, Reply reply, Throwable failure) {
        if (failure != null) {
            answer.completeExceptionally(unwrapped(failure));
        } else if (reply.code() == ResponseCode.GO_AWAY && !hasGoneAway) {
            hasGoneAway = true;
            destination.leave(link);
            ask();
        } else if (reply.code() == ResponseCode.GO_AWAY) {
            destination.leave(link);
            answer.completeExceptionally(new RemotingConnectException("Not processed " + rpc + " by "
                    + destination.address() + ": it is shutting down and said so on two connections"));
        } else {
            answer.complete(reply);
        }
    }

    private Duration timeLeft() {
        Duration left = timeout.minusNanos(clock.monotonicNanos() - startNanos);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() instanceof RemotingException cause
                ? cause
                : failure;
    }
}
