package io.ternmq.remoting.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.ternmq.common.time.Clock;
import io.ternmq.remoting.transport.EventLoops;
import io.ternmq.remoting.transport.Link;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens on one or more ports, each with its own router. Owns the listening sockets and the connections accepted on
 * them. Methods may be called by any thread but an event loop's.
 */
public final class RemotingServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RemotingServer.class);
    private static final Duration FLUSH_WAIT_MAX = Duration.ofMillis(500);

    private final ServerConfig config;
    private final EventLoops loops;
    private final Runnable closeLoops;
    private final Clock clock;
    private final Set<Link> links = ConcurrentHashMap.newKeySet(); // changed by the links' event loops
    private final List<Channel> listeners = new CopyOnWriteArrayList<>();
    private volatile boolean isLeaving; // set once by whoever closes, read by event loops

    private RemotingServer(ServerConfig config, EventLoops loops, Runnable closeLoops, Clock clock) {
        this.config = config;
        this.loops = loops;
        this.closeLoops = closeLoops;
        this.clock = clock;
    }

    /**
     * Listens at the configured address, with network threads of its own.
     *
     * @throws IOException if it cannot; the message names host and port
     */
    public static RemotingServer start(ServerConfig config, RequestRouter router) throws IOException {
        EventLoops loops = new EventLoops();
        return start(new RemotingServer(config, loops, loops::close, Clock.system()), router);
    }

    /**
     * Listens at the configured address, with network threads that the caller shares out and closes later.
     *
     * @throws IOException if it cannot; the message names host and port
     */
    public static RemotingServer start(ServerConfig config, RequestRouter router, EventLoops shared, Clock clock)
            throws IOException {
        return start(new RemotingServer(config, shared, () -> {}, clock), router);
    }

    private static RemotingServer start(RemotingServer server, RequestRouter router) throws IOException {
        try {
            server.listenAlso(server.config.port(), router);
            return server;
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    /** The port of the first listener, as chosen by the system if 0 was configured. */
    public int port() {
        return portOf(listeners.get(0));
    }

    /**
     * Listens on one more port of the same host.
     *
     * @param router for the requests that come in there
     * @return the port, as chosen by the system if 0 was given
     * @throws IOException if it cannot; the message names host and port
     */
    public int listenAlso(int port, RequestRouter router) throws IOException {
        ChannelFuture bound = loops.serverBootstrap()
                .option(ChannelOption.SO_BACKLOG, config.backlog())
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accept(channel, router);
                    }
                })
                .bind(config.host(), port)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            String reason = bound.cause().getMessage();
            throw new IOException("Cannot listen on " + config.host() + ":" + port + ": " + reason, bound.cause());
        }
        listeners.add(bound.channel());
        int actualPort = portOf(bound.channel());
        log.info("Listening. host={} port={}", config.host(), actualPort);
        return actualPort;
    }

    /** Connections that are open now. */
    public int connections() {
        return links.size();
    }

    /**
     * Accepts no more connections, and answers GO_AWAY to requests of peers that know it. Others go on being served until
     * {@link #close}. A second call does nothing.
     */
    public void leave() {
        isLeaving = true;
        for (Channel listener : listeners) {
            var unused = listener.close().awaitUninterruptibly();
        }
    }

    /**
     * Leaves, waits for the requests that are being processed as long as configured, and closes all connections. A second
     * call does nothing.
     */
    @Override
    public void close() {
        leave();
        awaitEach(config.closeWaitMax(), "answers", (link, done) -> link.onDrained(done));
        awaitEach(FLUSH_WAIT_MAX, "last bytes", (link, done) -> {
            link.onClose(done);
            link.closeWhenFlushed();
        });
        links.forEach(Link::close);
        closeLoops.run();
    }

    private void accept(Channel channel, RequestRouter router) {
        if (isLeaving || channel.remoteAddress() == null) { // no address: the peer has gone already
            var unused = channel.close();
            return;
        }
        Link link = Link.over(
                channel, loops, config.limits(), clock, opened -> new RoutedLink(opened, router, () -> isLeaving));
        links.add(link);
        link.onClose(() -> links.remove(link));
        log.debug("Connection accepted. peer={}", link.id());
    }

    private interface Waiting {
        void begin(Link link, Runnable done);
    }

    private void awaitEach(Duration max, String what, Waiting waiting) {
        List<Link> open = List.copyOf(links);
        CountDownLatch left = new CountDownLatch(open.size());
        Consumer<Link> begin = link -> waiting.begin(link, left::countDown);
        open.forEach(begin);
        try {
            if (!left.await(max.toNanos(), TimeUnit.NANOSECONDS)) {
                log.info(
                        "Connections closed without waiting longer for {}. connections={} waitedMillis={}",
                        what,
                        left.getCount(),
                        max.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int portOf(Channel listener) {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }
}
