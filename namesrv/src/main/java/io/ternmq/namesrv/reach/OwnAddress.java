package io.ternmq.namesrv.reach;

import io.ternmq.remoting.client.HostResolver;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds out whether an address that a broker advertises is its own: whether it leads to where the broker's connection
 * comes from. Nothing else is ever dialled, or the name server could be made to probe networks for others. Stateless.
 */
final class OwnAddress {
    private final HostResolver resolver;
    private final Predicate<InetAddress> isOfThisMachine;

    OwnAddress(HostResolver resolver, Predicate<InetAddress> isOfThisMachine) {
        this.resolver = resolver;
        this.isOfThisMachine = isOfThisMachine;
    }

    /** By the network interfaces of the machine that this runs on. */
    static OwnAddress system() {
        return new OwnAddress(HostResolver.system(), OwnAddress::isInterface);
    }

    /** Where to dial, or why not. */
    record Finding(Optional<InetAddress> target, String reason) {
        private static Finding own(InetAddress target) {
            return new Finding(Optional.of(target), "");
        }

        private static Finding other(String reason) {
            return new Finding(Optional.empty(), reason);
        }
    }

    /**
     * Looks at an address. May block while a name is looked up.
     *
     * @param host as advertised, a name or an address
     * @param registrant where the broker's connection comes from
     */
    Finding find(String host, InetAddress registrant) {
        List<InetAddress> addresses;
        try {
            addresses = resolver.resolve(host);
        } catch (UnknownHostException e) {
            return Finding.other("the name " + host + " is not known where the name server runs");
        }
        Optional<InetAddress> own =
                addresses.stream().filter(address -> isOwn(address, registrant)).findFirst();
        return own.map(Finding::own)
                .orElseGet(
                        () -> Finding.other("the broker registers from " + registrant.getHostAddress() + ", and " + host
                                + (addresses.stream().allMatch(InetAddress::isLoopbackAddress)
                                        ? " is every machine's name for itself"
                                        : " is not there as the name server sees it")));
    }

    private boolean isOwn(InetAddress advertised, InetAddress registrant) {
        // A broker on the name server's own machine may come from the loopback and advertise any of the machine's
        // addresses.
        return advertised.equals(registrant) || (isOfThisMachine.test(registrant) && isOfThisMachine.test(advertised));
    }

    private static boolean isInterface(InetAddress address) {
        try {
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return false; // interfaces cannot be listed: then only what is equal is own
        }
    }
}
