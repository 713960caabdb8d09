package io.ternmq.remoting.client;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a host name. May block; called by one thread at a time, at each connect. */
@FunctionalInterface
public interface HostResolver {

    /**
     * All addresses of {@code host}, at least one, best first.
     *
     * @throws UnknownHostException if there is none
     */
    List<InetAddress> resolve(String host) throws UnknownHostException;

    /** The resolver of the Java runtime, which may remember names for the time its security properties say. */
    static HostResolver system() {
        return host -> List.of(InetAddress.getAllByName(host));
    }
}
