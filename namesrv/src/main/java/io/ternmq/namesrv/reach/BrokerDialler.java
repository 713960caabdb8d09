package io.ternmq.namesrv.reach;

import io.ternmq.remoting.protocol.route.BrokerInstance;
import java.util.concurrent.CompletableFuture;

/** Asks whoever answers at an address which broker it is. */
@FunctionalInterface
public interface BrokerDialler {

    /**
     * Connects, asks and closes the connection, within a few seconds. Returns at once.
     *
     * @param address {@code host:port}, the host an IP address
     * @return fails with a {@link io.ternmq.remoting.protocol.RemotingException} when no answer comes
     */
    CompletableFuture<BrokerInstance> identify(String address);
}
