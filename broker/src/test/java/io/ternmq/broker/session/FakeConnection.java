package io.ternmq.broker.session;

import io.ternmq.remoting.protocol.Reply;
import io.ternmq.remoting.protocol.Rpc;
import io.ternmq.remoting.server.Connection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** A connection without a network: keeps what is sent, answers calls as told, runs tasks at once. */
public final class FakeConnection implements Connection {
    private final int port;
    private final List<Object> sent = new ArrayList<>();
    private final List<Runnable> closings = new ArrayList<>();
    private boolean isOpen = true;
    private Function<Object, CompletableFuture<Reply>> answers =
            question -> CompletableFuture.failedFuture(new UnsupportedOperationException("nobody answers " + question));

    /** @param port of the peer; tells connections apart */
    public FakeConnection(int port) {
        this.port = port;
    }

    /** Has calls answered from now on. */
    public void answer(Function<Object, CompletableFuture<Reply>> calls) {
        answers = calls;
    }

    /** Questions that were sent, in order. */
    public List<Object> sent() {
        return sent;
    }

    @Override
    public String id() {
        return "fake-" + port;
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    @Override
    public InetSocketAddress localAddress() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 10911);
    }

    @Override
    public boolean isOpen() {
        return isOpen;
    }

    @Override
    public <Q> void oneWay(Rpc<Q, ?> rpc, Q question) {
        sent.add(question);
    }

    @Override
    public <Q> CompletableFuture<Reply> call(Rpc<Q, ?> rpc, Q question, Duration timeout) {
        sent.add(question);
        return answers.apply(question);
    }

    @Override
    public void execute(Runnable task) {
        task.run();
    }

    @Override
    public void onClose(Runnable task) {
        if (isOpen) {
            closings.add(task);
        } else {
            task.run();
        }
    }

    @Override
    public void close() {
        if (isOpen) {
            isOpen = false;
            closings.forEach(Runnable::run);
        }
    }
}
