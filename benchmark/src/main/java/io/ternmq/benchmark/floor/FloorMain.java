package io.ternmq.benchmark.floor;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.ternmq.remoting.transport.EventLoops;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The process: listens on a port of 127.0.0.1 that the system chooses, prints it, and serves until it is ended. */
public final class FloorMain {
    private static final String HOST = "127.0.0.1";
    private static final int BACKLOG = 1024;
    private static final Pattern LISTENS = Pattern.compile("floor listens on (\\S+)\\R");

    private FloorMain() {}

    /**
     * Runs.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        try (EventLoops loops = new EventLoops()) {
            ChannelFuture bound = loops.serverBootstrap()
                    .option(ChannelOption.SO_BACKLOG, BACKLOG)
                    .childOption(ChannelOption.TCP_NODELAY, true)
                    .childHandler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channel.pipeline().addLast(new FloorHandler(CannedAnswer.route(address(channel))));
                        }
                    })
                    .bind(HOST, 0)
                    .syncUninterruptibly();
            System.out.println("floor listens on " + address(bound.channel()));
            bound.channel().closeFuture().syncUninterruptibly();
        }
    }

    private static String address(Channel channel) {
        return HOST + ":" + ((InetSocketAddress) channel.localAddress()).getPort();
    }

    /** Finds, in what the process printed, where it listens; nothing if it does not yet. */
    public static Optional<String> address(String printed) {
        Matcher line = LISTENS.matcher(printed);
        return line.find() ? Optional.of(line.group(1)) : Optional.empty();
    }
}
