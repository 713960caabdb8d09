package io.ternmq.remoting.client;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.util.NetUtil;
import io.ternmq.common.time.Clock;
import io.ternmq.remoting.server.RequestRouter;
import io.ternmq.remoting.server.RoutedLink;
import io.ternmq.remoting.transport.EventLoops;
import io.ternmq.remoting.transport.Link;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Opens connections. Remembers nothing: names are looked up at each attempt, away from the event loops. */
final class Dialer {
    private final ClientConfig config;
    private final EventLoops loops;
    private final HostResolver resolver;
    private final Executor resolving;
    private final RequestRouter inbound;
    private final Clock clock;

    /** @param resolving runs look-ups of names, which may block */
    Dialer(
            ClientConfig config,
            EventLoops loops,
            HostResolver resolver,
            Executor resolving,
            RequestRouter inbound,
            Clock clock) {
        this.config = config;
        this.loops = loops;
        this.resolver = resolver;
        this.resolving = resolving;
        this.inbound = inbound;
        this.clock = clock;
    }

    /** Tries all addresses of the host, one after another. Fails with the cause of the last failure. */
    CompletionStage<Link> dial(HostPort address) {
        CompletableFuture<Link> dialed = new CompletableFuture<>();
        byte[] literal = NetUtil.createByteArrayFromIpAddressString(address.host());
        try {
            if (literal != null) {
                connect(List.of(InetAddress.getByAddress(literal)), 0, address, dialed);
            } else {
                resolving.execute(() -> resolve(address, dialed));
            }
        } catch (UnknownHostException | RejectedExecutionException e) {
            dialed.completeExceptionally(e);
        }
        return dialed;
    }

    private void resolve(HostPort address, CompletableFuture<Link> dialed) {
        try {
            List<InetAddress> candidates = resolver.resolve(address.host());
            if (candidates.isEmpty()) {
                throw new UnknownHostException(address.host());
            }
            connect(candidates, 0, address, dialed);
        } catch (UnknownHostException | RuntimeException e) { // a resolver that fails must not leave callers waiting
            dialed.completeExceptionally(e);
        }
    }

    private void connect(List<InetAddress> candidates, int index, HostPort address, CompletableFuture<Link> dialed) {
        ChannelFuture connecting = loops.clientBootstrap()
                .option(ChannelOption.TCP_NODELAY, true)
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(config.connectTimeout().toMillis()))
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        // The link joins once connected: it needs the peer's address.
                    }
                })
                .connect(new InetSocketAddress(candidates.get(index), address.port()));
        connecting.addListener(done -> {
            if (done.isSuccess()) {
                adopt(connecting.channel(), dialed);
            } else if (index + 1 < candidates.size()) {
                connect(candidates, index + 1, address, dialed);
            } else {
                dialed.completeExceptionally(done.cause());
            }
        });
    }

    // Runs before the channel is first read: Netty tells listeners of the connect before it fires "active".
    private void adopt(Channel channel, CompletableFuture<Link> dialed) {
        Link link = Link.over(
                channel, loops, config.limits(), clock, opened -> new RoutedLink(opened, inbound, () -> false));
        if (!dialed.complete(link)) {
            link.close();
        }
    }
}
