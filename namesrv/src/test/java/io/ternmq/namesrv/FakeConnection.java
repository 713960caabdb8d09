package io.ternmq.namesrv;

import io.ternmq.remoting.protocol.Reply;
import io.ternmq.remoting.protocol.Rpc;
import io.ternmq.remoting.server.Connection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A connection that closes when a test says so. */
public final class FakeConnection implements Connection {
    private final List<Runnable> onClose = new ArrayList<>();
    private final InetSocketAddress peer;
    private boolean isOpen = true;

    public FakeConnection() {
        this.peer = InetSocketAddress.createUnresolved("peer", 1);
    }

    public FakeConnection(InetAddress peer) {
        this.peer = new InetSocketAddress(peer, 1);
    }

    @Override
    public String id() {
        return "fake";
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return peer;
    }

    @Override
    public InetSocketAddress localAddress() {
        return InetSocketAddress.createUnresolved("here", 1);
    }

    @Override
    public boolean isOpen() {
        return isOpen;
    }

    @Override
    public <Q> void oneWay(Rpc<Q, ?> rpc, Q question) {
        throw new UnsupportedOperationException("A name server sends nothing by itself");
    }

    @Override
    public <Q> CompletableFuture<Reply> call(Rpc<Q, ?> rpc, Q question, Duration timeout) {
        throw new UnsupportedOperationException("A name server asks nothing by itself");
    }

    @Override
    public void execute(Runnable task) {
        task.run();
    }

    @Override
    public void onClose(Runnable task) {
        if (isOpen) {
            onClose.add(task);
        } else {
            task.run();
        }
    }

    @Override
    public void close() {
        if (isOpen) {
            isOpen = false;
            onClose.forEach(Runnable::run);
        }
    }

    /** How many wait for this to close. */
    public int watchers() {
        return onClose.size();
    }
}
