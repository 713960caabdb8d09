package io.ternmq.broker.route;

import io.ternmq.remoting.protocol.route.AddressCheck;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The calls by which a broker makes itself known to one name server. Every method returns at once; the future completes
 * normally when the name server has accepted, else exceptionally with the reason.
 */
interface Registration {

    /** Registers the broker with all its topics. */
    CompletableFuture<Void> all(String address);

    /** Registers some topics again, of a broker that is registered. Topics that are gone by now are left out. */
    CompletableFuture<Void> topics(String address, Collection<String> changed);

    /** Takes the broker out. */
    CompletableFuture<Void> withdraw(String address);

    /** Has the name server dial this broker, which it knows. Empty if the name server does not know the question. */
    CompletableFuture<Optional<AddressCheck>> checkAddress(String address);

    /** Whether the connection that the last registration used still stands. */
    boolean isConnected(String address);
}
