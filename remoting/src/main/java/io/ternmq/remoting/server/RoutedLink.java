package io.ternmq.remoting.server;

import io.ternmq.remoting.frame.Payload;
import io.ternmq.remoting.frame.RemotingCommand;
import io.ternmq.remoting.protocol.Reply;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.Rpc;
import io.ternmq.remoting.transport.InboundRequests;
import io.ternmq.remoting.transport.Link;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A link whose incoming requests go through a {@link RequestRouter}, as processors see it. Used by servers, and by clients
 * for what servers ask of them.
 */
public final class RoutedLink implements Connection, InboundRequests {
    private static final Logger log = LoggerFactory.getLogger(RoutedLink.class);

    /** Release 5.3.1: peers above it know what to do about GO_AWAY. */
    private static final int GO_AWAY_VERSION_MIN = 476;

    private final Link link;
    private final RequestRouter router;
    private final BooleanSupplier isLeaving;

    /**
     * Serves {@code link}.
     *
     * @param isLeaving whether peers that understand it are to be told to go to another connection
     */
    public RoutedLink(Link link, RequestRouter router, BooleanSupplier isLeaving) {
        this.link = link;
        this.router = router;
        this.isLeaving = isLeaving;
    }

    @Override
    public void handle(RemotingCommand command) {
        if (isLeaving.getAsBoolean() && !command.isOneWay() && command.version() >= GO_AWAY_VERSION_MIN) {
            link.answer(command, ResponseCode.GO_AWAY, Optional.of("please go away"), Payload.empty());
            return;
        }
        Request request = new Request(
                command.code(),
                command.version(),
                command.language(),
                command.isOneWay(),
                command.fields(),
                command.body().joined(),
                this);
        CompletionStage<Response> stage = router.route(request);
        if (stage instanceof CompletableFuture<Response> future && future.isDone()) {
            answer(command, future.join());
        } else {
            stage.whenComplete((response, never) -> answer(command, response));
        }
    }

    @Override
    public String id() {
        return link.id();
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return link.remoteAddress();
    }

    @Override
    public InetSocketAddress localAddress() {
        return link.localAddress();
    }

    @Override
    public boolean isOpen() {
        return link.isOpen();
    }

    @Override
    public <Q> void oneWay(Rpc<Q, ?> rpc, Q question) {
        if (!link.isOpen() || link.isClogged()) {
            log.debug("One-way request dropped. rpc={} peer={} isOpen={}", rpc, id(), link.isOpen());
            return;
        }
        CompletionStage<Void> written = link.oneWay(rpc, rpc.request().encode(question));
        written.whenComplete((done, failure) -> {
            if (failure != null) {
                log.debug("One-way request lost. rpc={} peer={} cause={}", rpc, id(), failure.getMessage());
            }
        });
    }

    @Override
    public <Q> CompletableFuture<Reply> call(Rpc<Q, ?> rpc, Q question, Duration timeout) {
        return link.call(rpc, rpc.request().encode(question), timeout);
    }

    @Override
    public void execute(Runnable task) {
        link.execute(task);
    }

    @Override
    public void onClose(Runnable task) {
        link.onClose(task);
    }

    @Override
    public void close() {
        link.close();
    }

    @Override
    public String toString() {
        return id();
    }

    private void answer(RemotingCommand command, Response response) {
        if (response == null) { // a processor's mistake must not keep the request's body, nor cost the connection
            log.error("Processor completed without an answer. requestCode={} peer={}", command.code(), id());
            link.answer(command, ResponseCode.SYSTEM_ERROR, Optional.of("no answer was made"), Payload.empty());
            return;
        }
        link.answer(command, response.code(), response.remark(), response.payload());
    }
}
