package io.ternmq.namesrv.reach;

import io.ternmq.namesrv.reach.OwnAddress.Finding;
import io.ternmq.remoting.protocol.route.AddressCheck;
import io.ternmq.remoting.protocol.route.AddressCheck.Verdict;
import io.ternmq.remoting.protocol.route.BrokerInstance;
import io.ternmq.remoting.server.Connection;
import java.net.InetAddress;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Dials brokers back at the address that clients are told. Owns the checks under way: one for each connection, and
 * {@link #CHECKS_MAX} in all. Safe for use by any thread; blocks only while a name is looked up.
 */
public final class DialBack {
    /** Checks under way at a time; whoever comes then is told that there is no time. */
    static final int CHECKS_MAX = 64;

    private final OwnAddress own;
    private final BrokerDialler dialler;
    private final Set<Connection> checking = ConcurrentHashMap.newKeySet(); // changed by the lane and by event loops

    DialBack(OwnAddress own, BrokerDialler dialler) {
        this.own = own;
        this.dialler = dialler;
    }

    public DialBack(BrokerDialler dialler) {
        this(OwnAddress.system(), dialler);
    }

    /**
     * Checks an address.
     *
     * @param address what clients are told, {@code host:port}
     * @param expected the broker that has to answer there
     * @param registrant the connection that the broker has registered on
     * @return never fails
     */
    CompletableFuture<AddressCheck> check(String address, BrokerInstance expected, Connection registrant) {
        if (checking.size() >= CHECKS_MAX || !checking.add(registrant)) {
            return CompletableFuture.completedFuture(
                    new AddressCheck(Verdict.NOT_DIALLED, address, "other checks are under way"));
        }
        CompletableFuture<AddressCheck> checked =
                dial(address, expected, registrant.remoteAddress().getAddress());
        return checked.whenComplete((check, failure) -> checking.remove(registrant));
    }

    private CompletableFuture<AddressCheck> dial(String address, BrokerInstance expected, InetAddress registrant) {
        int colon = address.lastIndexOf(':');
        Finding finding = own.find(address.substring(0, colon), registrant);
        if (finding.target().isEmpty()) {
            return CompletableFuture.completedFuture(new AddressCheck(Verdict.NOT_DIALLED, address, finding.reason()));
        }
        // By the address that was looked at, so that a name which changes in between leads nowhere else.
        String target = numeric(finding.target().get()) + address.substring(colon);
        return dialler.identify(target).handle((answered, failure) -> {
            if (failure != null) {
                return new AddressCheck(Verdict.NOT_REACHED, address, reasonOf(failure));
            }
            return answered.equals(expected)
                    ? new AddressCheck(Verdict.REACHED, address, "")
                    : new AddressCheck(
                            Verdict.NOT_REACHED,
                            address,
                            "another broker answers there: " + answered.brokerName() + " of " + answered.cluster()
                                    + (answered.brokerName().equals(expected.brokerName())
                                            ? ", another run of it"
                                            : ""));
        });
    }

    private static String numeric(InetAddress target) {
        String text = target.getHostAddress();
        return text.indexOf(':') < 0 ? text : "[" + text + "]";
    }

    private static String reasonOf(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return String.valueOf(cause.getMessage());
    }
}
