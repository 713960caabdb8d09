package io.ternmq.broker.route;

import io.ternmq.remoting.protocol.route.AddressCheck;
import io.ternmq.remoting.protocol.route.AddressCheck.Verdict;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether one name server reaches this broker at the address that clients are told there. Owns the last answer; says it
 * in the log when it changes. Safe for use by any thread.
 */
final class AddressWatch {
    private static final Logger log = LoggerFactory.getLogger(AddressWatch.class);

    private final String nameServer;
    private final Supplier<CompletableFuture<Optional<AddressCheck>>> checks;
    private Optional<AddressCheck> last = Optional.empty(); // guarded by this
    private boolean isOver; // guarded by this: the name server does not know the question, or the broker is reached

    /** @param checks asks the name server; empty if it does not know the question */
    AddressWatch(String nameServer, Supplier<CompletableFuture<Optional<AddressCheck>>> checks) {
        this.nameServer = nameServer;
        this.checks = checks;
    }

    /** The broker is known to the name server, which it was not before: it may come from elsewhere, or reach another. */
    synchronized void registeredAnew() {
        isOver = false;
    }

    /** Asks, unless all is known to be well. To be called after each full registration. */
    void check() {
        synchronized (this) {
            if (isOver) {
                return;
            }
        }
        var unused = checks.get().whenComplete((answer, failure) -> {
            if (failure != null) {
                log.debug("Name server did not check the address. nameServer={}", nameServer, failure);
            } else if (answer.isEmpty()) {
                notKnown();
            } else {
                take(answer.get());
            }
        });
    }

    private synchronized void notKnown() {
        isOver = true;
        log.debug("Name server does not check addresses. nameServer={}", nameServer);
    }

    private synchronized void take(AddressCheck check) {
        isOver = check.verdict() == Verdict.REACHED;
        boolean isNews = !last.equals(Optional.of(check));
        boolean wasBad =
                last.filter(before -> before.verdict() == Verdict.NOT_REACHED).isPresent();
        last = Optional.of(check);
        if (!isNews) {
            return;
        }
        switch (check.verdict()) {
            case REACHED -> {
                if (wasBad) {
                    log.info(
                            "Clients can reach this broker now. address={} nameServer={}", check.address(), nameServer);
                }
            }
            case NOT_REACHED ->
                log.warn(
                        "CLIENTS CANNOT REACH THIS BROKER at {}, the address that name server {} tells them: {}."
                                + " To fix it, set brokerIP1 to a host name or address of this machine that clients can"
                                + " connect to, or advertisedListeners to one for each network, and open or publish the port.",
                        check.address(),
                        nameServer,
                        check.reason());
            case NOT_DIALLED ->
                log.warn(
                        "Name server {} tells clients to reach this broker at {} and could not check it: {}."
                                + " If clients cannot connect, set brokerIP1 or advertisedListeners; 'mqlocal check' run"
                                + " where the clients are tells.",
                        nameServer,
                        check.address(),
                        check.reason());
        }
    }
}
