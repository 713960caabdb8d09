package io.ternmq.client.session;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the address that a client names itself by. Stateless. */
final class LocalAddress {
    private static final Logger log = LoggerFactory.getLogger(LocalAddress.class);

    private LocalAddress() {}

    /** The best address of this machine: of version 4 before 6, reachable from elsewhere before local ones. */
    static InetAddress find() {
        return addresses().stream()
                .min(Comparator.comparingInt(LocalAddress::rank))
                .orElseGet(InetAddress::getLoopbackAddress);
    }

    private static int rank(InetAddress address) {
        int version = address instanceof Inet4Address ? 0 : 1;
        if (address.isLoopbackAddress()) {
            return 6 + version;
        }
        if (address.isLinkLocalAddress()) {
            return 4 + version;
        }
        return version;
    }

    private static List<InetAddress> addresses() {
        List<InetAddress> found = new ArrayList<>();
        try {
            Enumeration<NetworkInterface> interfaces = NetworkInterface.getNetworkInterfaces();
            while (interfaces.hasMoreElements()) {
                NetworkInterface each = interfaces.nextElement();
                if (each.isUp()) {
                    each.getInetAddresses().asIterator().forEachRemaining(found::add);
                }
            }
        } catch (SocketException e) {
            log.warn("Network interfaces cannot be listed: the client names itself by the loopback address.", e);
        }
        return found;
    }
}
