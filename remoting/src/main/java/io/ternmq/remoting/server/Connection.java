package io.ternmq.remoting.server;

import io.ternmq.remoting.protocol.Reply;
import io.ternmq.remoting.protocol.Rpc;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A connection that a peer opened to this server, for as long as it lasts. Compared by identity. Every method may be
 * called by any thread and returns at once.
 */
public interface Connection {

    /** Unique in this process; for logs. */
    String id();

    /** Where the peer is. */
    InetSocketAddress remoteAddress();

    /** The address of this server that the peer connected to. */
    InetSocketAddress localAddress();

    boolean isOpen();

    /** Sends a request that expects no answer; dropped and logged at DEBUG when the connection is closed or clogged. */
    <Q> void oneWay(Rpc<Q, ?> rpc, Q question);

    /**
     * Asks the peer.
     *
     * @return completes on this connection's event loop; fails with a
     *     {@link io.ternmq.remoting.protocol.RemotingException} when no answer comes
     */
    <Q> CompletableFuture<Reply> call(Rpc<Q, ?> rpc, Q question, Duration timeout);

    /** Runs {@code task} on this connection's event loop: later, or at once when already on it. */
    void execute(Runnable task);

    /** Runs {@code task} once when the connection has closed; at once if it already has. Must not block. */
    void onClose(Runnable task);

    void close();
}
