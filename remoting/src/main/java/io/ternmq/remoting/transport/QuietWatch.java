package io.ternmq.remoting.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes a connection on which nothing has moved for a while. Looks four times within that while, so a message costs one
 * store of a flag and no clock is read; a connection lives up to a quarter longer than allowed. Bytes that the peer does
 * not take do not count as moving. Lives on the connection's event loop.
 */
final class QuietWatch {
    private static final Logger log = LoggerFactory.getLogger(QuietWatch.class);
    private static final int LOOKS = 4;

    private final Channel channel;
    private final Duration idleMax;
    private final Runnable close;
    private final Future<?> looking;
    private boolean hasMoved;
    private long unsentBytes;
    private int quietLooks;

    QuietWatch(Channel channel, Duration idleMax, Runnable close) {
        this.channel = channel;
        this.idleMax = idleMax;
        this.close = close;
        long periodNanos = Math.max(idleMax.toNanos() / LOOKS, 1);
        this.looking =
                channel.eventLoop().scheduleWithFixedDelay(this::look, periodNanos, periodNanos, TimeUnit.NANOSECONDS);
    }

    void moved() {
        hasMoved = true;
    }

    void stop() {
        looking.cancel(false);
    }

    private void look() {
        ChannelOutboundBuffer unsent = channel.unsafe().outboundBuffer();
        long unsentNow = unsent == null ? 0 : unsent.totalPendingWriteBytes();
        quietLooks = hasMoved || unsentNow < unsentBytes ? 0 : quietLooks + 1;
        unsentBytes = unsentNow;
        hasMoved = false;
        if (quietLooks >= LOOKS) {
            log.debug("Closing idle connection. peer={} idleMillis={}", channel.remoteAddress(), idleMax.toMillis());
            close.run();
        }
    }
}
