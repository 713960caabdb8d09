package io.ternmq.remoting.client;

import io.ternmq.remoting.transport.LinkLimits;
import java.time.Duration;

/**
 * What a client may take up and how patient it is.
 *
 * @param connectTimeout longest time to open a connection, per address of the host
 * @param retryDelayMax longest pause between attempts to connect to one address
 * @param inFlightMax calls and one-way requests in all that may be under way at a time
 * @param limits what one connection may take up
 */
public record ClientConfig(Duration connectTimeout, Duration retryDelayMax, int inFlightMax, LinkLimits limits) {
    private static final int IN_FLIGHT_MAX = 65_535;

    /** The protocol's defaults: 3 s to connect, 65 535 requests under way, 120 s until an idle connection is closed. */
    public static ClientConfig defaults() {
        return new ClientConfig(Duration.ofSeconds(3), Duration.ofSeconds(5), IN_FLIGHT_MAX, LinkLimits.defaults());
    }

    public ClientConfig withConnectTimeout(Duration value) {
        return new ClientConfig(value, retryDelayMax, inFlightMax, limits);
    }

    public ClientConfig withRetryDelayMax(Duration value) {
        return new ClientConfig(connectTimeout, value, inFlightMax, limits);
    }

    public ClientConfig withInFlightMax(int value) {
        return new ClientConfig(connectTimeout, retryDelayMax, value, limits);
    }

    public ClientConfig withLimits(LinkLimits value) {
        return new ClientConfig(connectTimeout, retryDelayMax, inFlightMax, value);
    }
}
