package io.ternmq.client.gateway;

import io.ternmq.remoting.client.Caller;
import io.ternmq.remoting.protocol.Reply;
import io.ternmq.remoting.protocol.Rpc;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Asks servers, over connections of its own. Safe for use by any thread; never blocks. */
public interface Calls {

    /**
     * Asks and waits for the answer, whatever its code.
     *
     * @param address {@code host:port}
     * @return completes on a network thread; fails with a {@link io.ternmq.remoting.protocol.RemotingException} when no
     *     answer comes
     */
    <Q> CompletableFuture<Reply> call(String address, Rpc<Q, ?> rpc, Q question, Duration timeout);

    /** As the other {@code call}, without a future: for requests of which there are very many. */
    <Q> void call(String address, Rpc<Q, ?> rpc, Q question, Duration timeout, Caller caller);

    /** Sends what is not answered; completes when written. */
    <Q> CompletableFuture<Void> oneWay(String address, Rpc<Q, ?> rpc, Q question);
}
