package io.ternmq.remoting.client;

import io.ternmq.remoting.protocol.RemotingConnectException;
import io.ternmq.remoting.protocol.Rpc;
import io.ternmq.remoting.transport.Link;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One request on its way that expects no answer: connect if need be, and send. Its outcome is completed once. */
final class ClientOneWay<Q> implements Destination.Waiter {
    private final Rpc<Q, ?> rpc;
    private final Q question;
    private final Outcome<Void> written;

    ClientOneWay(Rpc<Q, ?> rpc, Q question, InFlight inFlight) {
        this.written = new Outcome<>(inFlight);
        this.rpc = rpc;
        this.question = question;
    }

    /** Completes once the request has been handed to the system. */
    CompletableFuture<Void> written() {
        return written.future();
    }

    @Override
    public void connected(Link link) {
        try {
            CompletionStage<Void> sent = link.oneWay(rpc, rpc.request().encode(question));
            sent.whenComplete((done, failure) -> {
                if (failure == null) {
                    written.succeed(null);
                } else {
                    written.fail(failure);
                }
            });
        } catch (RuntimeException e) { // of the codec; the caller may be gone from this thread
            written.fail(e);
        }
    }

    @Override
    public void failed(RemotingConnectException cause) {
        written.fail(cause);
    }
}
