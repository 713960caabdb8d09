package io.ternmq.remoting.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.ternmq.common.time.Clock;
import io.ternmq.remoting.frame.Body;
import io.ternmq.remoting.frame.FrameCodec;
import io.ternmq.remoting.frame.Payload;
import io.ternmq.remoting.frame.ProtocolException;
import io.ternmq.remoting.frame.RemotingCommand;
import io.ternmq.remoting.frame.Serialization;
import io.ternmq.remoting.protocol.RemotingException;
import io.ternmq.remoting.protocol.RemotingSendRequestException;
import io.ternmq.remoting.protocol.RemotingTooMuchRequestException;
import io.ternmq.remoting.protocol.Reply;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.Rpc;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open connection, whichever side opened it. Carries requests of ours and the peer's answers to them, and requests of
 * the peer and our answers to those. Owns the calls that await answers and the count of requests that await ours. Public
 * methods may be called by any thread and return at once; everything else happens on the connection's event loop.
 */
public final class Link {
    private static final Logger log = LoggerFactory.getLogger(Link.class);
    private static final Duration TIMEOUT_MAX = Duration.ofDays(1);

    private final Channel channel;
    private final EventLoop loop;
    private final LinkLimits limits;
    private final Clock clock;
    private final String id;
    private final InetSocketAddress remote;
    private final InetSocketAddress local;
    private final ReadGate gate;
    private final FrameWriter writer;
    private final PendingCalls pending;
    private final InboundRequests inbound;
    private int nextOpaque;
    private boolean readsBinary; // the peer, as far as its answers show
    private boolean isLeaving;
    private Optional<Runnable> onDrained = Optional.empty();

    private Link(
            Channel channel, FrameCodec codec, LinkLimits limits, Clock clock, Function<Link, InboundRequests> owner) {
        this.channel = channel;
        this.loop = channel.eventLoop();
        this.limits = limits;
        this.clock = clock;
        this.remote = (InetSocketAddress) channel.remoteAddress();
        this.local = (InetSocketAddress) channel.localAddress();
        this.id = text(remote) + "#" + channel.id().asShortText();
        LinkHandler handler = new LinkHandler(this, codec, limits);
        this.gate = new ReadGate(channel, limits, handler::resume);
        this.writer = new FrameWriter(channel, codec, limits.frameBytesMax());
        this.pending = new PendingCalls(loop, clock, text(remote));
        this.inbound = owner.apply(this);
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(limits.writeLow(), limits.writeHigh()));
        channel.pipeline().addLast(handler);
    }

    /**
     * Makes a link of a connected channel. To be called on the channel's event loop before anything has been read.
     *
     * @param owner gives who takes the requests that come in on the new link
     */
    public static Link over(
            Channel channel, EventLoops loops, LinkLimits limits, Clock clock, Function<Link, InboundRequests> owner) {
        return new Link(channel, loops.codec(channel.eventLoop()), limits, clock, owner);
    }

    /** Unique in this process as far as chance allows; for logs. Begins with the peer's address. */
    public String id() {
        return id;
    }

    public InetSocketAddress remoteAddress() {
        return remote;
    }

    public InetSocketAddress localAddress() {
        return local;
    }

    public boolean isOpen() {
        return channel.isActive();
    }

    /** Whether the peer takes what is sent more slowly than it is sent. */
    public boolean isClogged() {
        return !channel.isWritable();
    }

    /**
     * Asks the peer, for callers who read the clock and count their time themselves.
     *
     * @param startNanos monotonic time at which the caller began
     * @param deadlineNanos monotonic time after which an answer is of no use
     */
    public void call(Rpc<?, ?> rpc, Payload question, long startNanos, long deadlineNanos, Asker asker) {
        PendingCall call = new PendingCall(this, rpc, question, startNanos, deadlineNanos, asker);
        if (loop.inEventLoop()) {
            start(call);
            return;
        }
        try {
            loop.execute(call);
        } catch (RejectedExecutionException e) {
            log.debug("Event loop has ended. peer={}", id, e);
            call.refuse(notSent(rpc));
        }
    }

    /**
     * Asks the peer.
     *
     * @param timeout a day at most; more counts as a day
     * @return completes on the event loop; fails with a {@link RemotingException} when no answer comes
     */
    public CompletableFuture<Reply> call(Rpc<?, ?> rpc, Payload question, Duration timeout) {
        long startNanos = clock.monotonicNanos();
        long timeoutNanos = timeout.compareTo(TIMEOUT_MAX) < 0 ? timeout.toNanos() : TIMEOUT_MAX.toNanos();
        FutureAsker asker = FutureAsker.create();
        call(rpc, question, startNanos, startNanos + timeoutNanos, asker);
        return asker.answer();
    }

    /**
     * Sends a request that expects no answer.
     *
     * @return completes on the event loop once the request has been handed to the system
     */
    public CompletableFuture<Void> oneWay(Rpc<?, ?> rpc, Payload question) {
        CompletableFuture<Void> written = new CompletableFuture<>();
        onLoop(() -> sendOneWay(rpc, question, written), () -> refuse(question, notSent(rpc), written));
        return written;
    }

    /**
     * Answers a request that came in on this link, and lets go of its body. A one-way request is only let go of.
     *
     * @param payload what to answer; its body is released once it is written or cannot be
     */
    public void answer(RemotingCommand request, int code, Optional<String> remark, Payload payload) {
        if (loop.inEventLoop()) {
            finish(request, code, remark, payload);
        } else {
            onLoop(() -> finish(request, code, remark, payload), () -> {
                request.body().release();
                payload.body().release();
            });
        }
    }

    /** Runs {@code task} on the event loop: at once when already on it. Dropped when the loop has ended. */
    public void execute(Runnable task) {
        onLoop(task, () -> log.debug("Task dropped, its event loop has ended. peer={}", id));
    }

    /** Runs {@code task} once the link has closed; soon if it already has. */
    public void onClose(Runnable task) {
        channel.closeFuture().addListener(closed -> task.run());
    }

    /** Runs {@code task} once every request that came in has been answered; at once if so. For one who closes soon. */
    public void onDrained(Runnable task) {
        onLoop(
                () -> {
                    onDrained = Optional.of(task);
                    runIfDrained();
                },
                task);
    }

    /** Closes at once. Calls that await answers fail. */
    public void close() {
        var unused = channel.close(); // it cannot fail in a way that anybody could do something about
    }

    /** Closes once all that was written has gone out, or cannot. */
    public void closeWhenFlushed() {
        onLoop(() -> channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(flushed -> close()), this::close);
    }

    /** Closes as soon as no call awaits an answer any more; for a peer that asked us to leave. */
    public void closeWhenAnswered() {
        onLoop(
                () -> {
                    isLeaving = true;
                    closeIfUnused();
                },
                this::close);
    }

    boolean isReadable() {
        return gate.isOpen();
    }

    void clogged(boolean clogged) {
        gate.clogged(clogged);
    }

    void readBegan() {
        writer.readBegan();
    }

    void readEnded() {
        writer.readEnded();
    }

    void received(RemotingCommand command) {
        if (command.isAnswer()) {
            answered(command);
        } else {
            gate.entered(command.body().size());
            inbound.handle(command);
        }
    }

    void closed() {
        writer.closed();
        pending.failAll(call -> new RemotingSendRequestException("Connection to " + id + " closed while " + call.rpc()
                + " awaited its answer, " + call.elapsedMillis(clock.monotonicNanos()) + " ms after the call"));
    }

    void start(PendingCall call) {
        if (!isOpen()) {
            call.refuse(notSent(call.rpc()));
        } else if (pending.count() >= limits.callsMax()) {
            call.refuse(new RemotingTooMuchRequestException("Not sent " + call.rpc() + " to " + id + ": "
                    + pending.count() + " calls await answers, the limit"));
        } else {
            int opaque = nextOpaque++;
            pending.add(opaque, call);
            try {
                writer.write(request(call.rpc(), opaque, false, call.question()));
            } catch (ProtocolException e) {
                pending.remove(opaque);
                call.refuse(tooLarge(call.rpc(), e));
            }
        }
    }

    private void sendOneWay(Rpc<?, ?> rpc, Payload question, CompletableFuture<Void> written) {
        if (!isOpen()) {
            refuse(question, notSent(rpc), written);
            return;
        }
        ChannelPromise promise = channel.newPromise();
        promise.addListener(done -> {
            if (done.isSuccess()) {
                written.complete(null);
            } else {
                written.completeExceptionally(new RemotingSendRequestException(
                        "Connection to " + id + " closed while " + rpc + " was being sent", done.cause()));
            }
        });
        try {
            writer.write(request(rpc, nextOpaque++, true, question), promise);
        } catch (ProtocolException e) {
            refuse(question, tooLarge(rpc, e), written);
        }
    }

    private RemotingCommand request(Rpc<?, ?> rpc, int opaque, boolean isOneWay, Payload question) {
        boolean isBinary = rpc.isFrequent() && readsBinary && !question.fields().hasEmptyValue();
        return RemotingCommand.request(
                isBinary ? Serialization.BINARY : Serialization.JSON, rpc.code(), opaque, isOneWay, question);
    }

    private static void refuse(Payload question, RemotingException cause, CompletableFuture<Void> written) {
        question.body().release();
        written.completeExceptionally(cause);
    }

    // The one place where the life of a request that came in ends.
    private void finish(RemotingCommand request, int code, Optional<String> remark, Payload payload) {
        Body questionBody = request.body();
        int questionBytes = questionBody.size();
        if (request.isOneWay() || !isOpen()) {
            payload.body().release();
        } else {
            write(request, code, remark, payload);
        }
        questionBody.release();
        gate.left(questionBytes);
        runIfDrained();
    }

    private void write(RemotingCommand request, int code, Optional<String> remark, Payload payload) {
        try {
            writer.write(request.answer(code, remark, payload));
        } catch (ProtocolException e) {
            payload.body().release();
            log.warn("Answer not sent. peer={} requestCode={} cause={}", id, request.code(), e.getMessage());
            Optional<String> reason = Optional.of("answer not sent: " + e.getMessage());
            writer.write(request.answer(ResponseCode.SYSTEM_ERROR, reason, Payload.empty()));
        }
    }

    private void answered(RemotingCommand command) {
        readsBinary = command.isOfBinaryReader();
        PendingCall call = pending.remove(command.opaque());
        if (call == null) {
            log.debug("Answer to nothing asked, or too late. peer={} opaque={}", id, command.opaque());
            command.body().release();
            return;
        }
        ByteBuffer body = ByteBuffer.wrap(command.body().toBytes());
        command.body().release();
        call.asker().answered(new Reply(command.code(), command.version(), command.remark(), command.fields(), body));
        closeIfUnused();
    }

    // A call that times out instead leaves the closing to the watch over idle connections.
    private void closeIfUnused() {
        if (isLeaving && pending.count() == 0) {
            close();
        }
    }

    private void runIfDrained() {
        if (gate.requests() == 0 && onDrained.isPresent()) {
            Runnable task = onDrained.get();
            onDrained = Optional.empty();
            task.run();
        }
    }

    private RemotingSendRequestException notSent(Rpc<?, ?> rpc) {
        return new RemotingSendRequestException("Not sent " + rpc + " to " + id + ": the connection is closed");
    }

    private RemotingSendRequestException tooLarge(Rpc<?, ?> rpc, ProtocolException cause) {
        return new RemotingSendRequestException("Not sent " + rpc + " to " + id + ": " + cause.getMessage(), cause);
    }

    private void onLoop(Runnable task, Runnable ifEnded) {
        if (loop.inEventLoop()) {
            task.run();
            return;
        }
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            log.debug("Event loop has ended. peer={}", id, e);
            ifEnded.run();
        }
    }

    private static String text(InetSocketAddress address) {
        String host = address.getAddress() == null
                ? address.getHostString()
                : address.getAddress().getHostAddress();
        return host.indexOf(':') < 0 ? host + ":" + address.getPort() : "[" + host + "]:" + address.getPort();
    }
}
