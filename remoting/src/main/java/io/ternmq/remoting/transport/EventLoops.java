package io.ternmq.remoting.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.ternmq.remoting.frame.FrameCodec;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The network threads and each one's {@link FrameCodec}. Owns both. Servers and clients of one process may share them.
 * Uses Linux' epoll where Netty's library for it can be loaded, else Java's selectors.
 */
public final class EventLoops implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EventLoops.class);
    private static final int THREADS_MAX = 8;
    private static final Duration CLOSE_WAIT_MAX = Duration.ofSeconds(2);

    private final EventLoopGroup group;
    private final IdentityHashMap<EventExecutor, FrameCodec> codecs =
            new IdentityHashMap<>(); // not changed once constructed
    private final boolean isNative;

    /** As many threads as the machine has cores, at most 8, named {@code net-io-N}. */
    public EventLoops() {
        this("net-io", Math.min(THREADS_MAX, Runtime.getRuntime().availableProcessors()));
    }

    /** Daemon threads {@code threadName-1}, {@code threadName-2} and so on. */
    public EventLoops(String threadName, int threads) {
        isNative = Epoll.isAvailable();
        group = new MultiThreadIoEventLoopGroup(
                threads, named(threadName), isNative ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        group.forEach(loop -> codecs.put(loop, new FrameCodec()));
    }

    /** A bootstrap for listening sockets of these loops. */
    public ServerBootstrap serverBootstrap() {
        Class<? extends ServerChannel> type = isNative ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        return new ServerBootstrap().group(group).channel(type);
    }

    /** A bootstrap for outgoing connections of these loops. */
    public Bootstrap clientBootstrap() {
        Class<? extends SocketChannel> type = isNative ? EpollSocketChannel.class : NioSocketChannel.class;
        return new Bootstrap().group(group).channel(type);
    }

    /** Runs {@code task} on one of the loops after {@code delay}; run it no more with the returned handle. */
    public Runnable after(Duration delay, Runnable task) {
        var scheduled = group.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }

    /**
     * Runs {@code task} once what the calling network thread has read is worked off, so that what is to be done once for
     * many answers is; at once if another thread calls.
     */
    public void afterRound(Runnable task) {
        for (EventExecutor loop : group) {
            if (loop.inEventLoop()) {
                try {
                    loop.execute(task);
                } catch (RejectedExecutionException e) {
                    log.debug("Network thread ends", e);
                    task.run();
                }
                return;
            }
        }
        task.run();
    }

    /** The codec that belongs to {@code loop} and is used on its thread only. */
    FrameCodec codec(EventLoop loop) {
        FrameCodec codec = codecs.get(loop);
        if (codec == null) {
            throw new IllegalStateException("Event loop " + loop + " is not one of these");
        }
        return codec;
    }

    /** Closes what is still open on the loops and ends their threads; waits two seconds at most. */
    @Override
    public void close() {
        var ended = group.shutdownGracefully(0, CLOSE_WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS);
        if (!ended.awaitUninterruptibly(CLOSE_WAIT_MAX.toMillis())) {
            log.warn("Network threads still run at close. waitedMillis={}", CLOSE_WAIT_MAX.toMillis());
        }
    }

    private static ThreadFactory named(String name) {
        AtomicInteger made = new AtomicInteger(); // loops start their threads on demand, from any thread
        return task -> {
            Thread thread = new FastThreadLocalThread(task, name + "-" + made.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
