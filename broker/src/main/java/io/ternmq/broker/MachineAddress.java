package io.ternmq.broker;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How this machine is called and reached by others. Stateless. */
final class MachineAddress {
    private static final Logger log = LoggerFactory.getLogger(MachineAddress.class);
    private static final String LOOPBACK = "127.0.0.1";
    private static final String DEFAULT_NAME = "DEFAULT_BROKER";

    private MachineAddress() {}

    /**
     * The first address by which others may reach this machine: version 4 before 6, interfaces in the order of their
     * index; the loopback's if there is none.
     */
    static String ofThisMachine() {
        try {
            return NetworkInterface.networkInterfaces()
                    .filter(MachineAddress::isUsable)
                    .sorted(Comparator.comparingInt(NetworkInterface::getIndex))
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(MachineAddress::isReachable)
                    .min(Comparator.comparingInt(address -> address.getAddress().length))
                    .map(InetAddress::getHostAddress)
                    .orElse(LOOPBACK);
        } catch (SocketException e) {
            log.warn("Network interfaces cannot be listed; the loopback's address is used. address={}", LOOPBACK, e);
            return LOOPBACK;
        }
    }

    /** The machine's name if a broker may be called so, else a fixed one. */
    static String hostName() {
        Optional<String> name = Stream.<Optional<String>>of(fromEnvironment(), fromAddress())
                .flatMap(Optional::stream)
                .findFirst();
        return name.map(text -> text.replaceAll("[^A-Za-z0-9._-]", "-")).orElse(DEFAULT_NAME);
    }

    private static Optional<String> fromEnvironment() {
        return Optional.ofNullable(System.getenv("HOSTNAME")).filter(text -> !text.isBlank());
    }

    private static Optional<String> fromAddress() {
        try {
            return Optional.of(InetAddress.getLocalHost().getHostName()).filter(text -> !text.isBlank());
        } catch (UnknownHostException e) {
            return Optional.empty(); // a machine without a name of its own is nothing unusual in a container
        }
    }

    private static boolean isUsable(NetworkInterface network) {
        try {
            return network.isUp() && !network.isLoopback() && !network.isVirtual();
        } catch (SocketException e) {
            return false; // it went away while we looked
        }
    }

    private static boolean isReachable(InetAddress address) {
        return !address.isLoopbackAddress() && !address.isLinkLocalAddress() && !address.isMulticastAddress();
    }
}
