package io.ternmq.remoting.transport;

import io.netty.channel.Channel;

/**
 * Whether a connection is read. Owns the count of its requests that await our answer. Shut while too many of them do, or
 * while the peer does not take what we send; then the peer's sends back up in its own buffers. Lives on the connection's
 * event loop.
 */
final class ReadGate {
    private final Channel channel;
    private final LinkLimits limits;
    private final Runnable onReopen;
    private int requests;
    private long requestBytes;
    private boolean isClogged;
    private boolean isShut;

    /** @param onReopen goes on with what had been read already; run as a task of its own */
    ReadGate(Channel channel, LinkLimits limits, Runnable onReopen) {
        this.channel = channel;
        this.limits = limits;
        this.onReopen = onReopen;
    }

    boolean isOpen() {
        return !isShut;
    }

    int requests() {
        return requests;
    }

    void entered(int bytes) {
        requests++;
        requestBytes += bytes;
        update();
    }

    void left(int bytes) {
        requests--;
        requestBytes -= bytes;
        update();
    }

    void clogged(boolean clogged) {
        isClogged = clogged;
        update();
    }

    private void update() {
        boolean shut = isClogged || requests >= limits.requestsMax() || requestBytes >= limits.requestBytesMax();
        if (shut == isShut) {
            return;
        }
        isShut = shut;
        if (!channel.isActive()) {
            return;
        }
        channel.config().setAutoRead(!shut);
        if (!shut) {
            channel.eventLoop().execute(onReopen);
        }
    }
}
