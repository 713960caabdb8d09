package io.ternmq.client.gateway;

import io.ternmq.remoting.client.Caller;
import io.ternmq.remoting.client.ClientConfig;
import io.ternmq.remoting.client.RemotingClient;
import io.ternmq.remoting.protocol.RemotingConnectException;
import io.ternmq.remoting.protocol.Reply;
import io.ternmq.remoting.protocol.Rpc;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The connections of one client. Owns them and their network threads. Safe for use by any thread. */
public final class Connections implements Calls, AutoCloseable {
    private final RemotingClient remoting;

    private Connections(RemotingClient remoting) {
        this.remoting = remoting;
    }

    /** Opens none yet. What brokers ask goes to {@code requests}. */
    public static Connections of(BrokerRequests requests) {
        return new Connections(new RemotingClient(ClientConfig.defaults(), InboundRouter.to(requests)));
    }

    @Override
    public <Q> CompletableFuture<Reply> call(String address, Rpc<Q, ?> rpc, Q question, Duration timeout) {
        try {
            return remoting.call(address, rpc, question, timeout);
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(notAnAddress(e));
        }
    }

    @Override
    public <Q> void call(String address, Rpc<Q, ?> rpc, Q question, Duration timeout, Caller caller) {
        try {
            remoting.call(address, rpc, question, timeout, caller);
        } catch (IllegalArgumentException e) {
            caller.failed(notAnAddress(e));
        }
    }

    @Override
    public <Q> CompletableFuture<Void> oneWay(String address, Rpc<Q, ?> rpc, Q question) {
        try {
            return remoting.oneWay(address, rpc, question);
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(notAnAddress(e));
        }
    }

    /** Runs {@code task} once the calling network thread has handed out the answers it has read; elsewhere at once. */
    public void afterRound(Runnable task) {
        remoting.afterRound(task);
    }

    /** Closes all connections; what is under way fails. */
    @Override
    public void close() {
        remoting.close();
    }

    // Addresses come from name servers: one that is none must harm only what is sent there.
    private static RemotingConnectException notAnAddress(IllegalArgumentException cause) {
        return new RemotingConnectException(cause.getMessage(), cause);
    }
}
