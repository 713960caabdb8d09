package io.ternmq.broker.session;

import io.ternmq.remoting.protocol.body.SubscriptionData;
import java.util.Optional;

/** Tells whether what a client subscribes to can be evaluated. Called by any thread; must not block. */
@FunctionalInterface
public interface SubscriptionCheck {
    /** What is wrong with the expression, fit to be shown to the client; empty if nothing is. */
    Optional<String> problemOf(SubscriptionData subscription);
}
