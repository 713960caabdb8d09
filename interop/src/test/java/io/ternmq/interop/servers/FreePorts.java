package io.ternmq.interop.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;

/**
 * Ports that the system chose and that nobody uses now, each given out once: a server that is down for a while, or has yet
 * to start, finds its port as it was, whatever else is started meanwhile. Another process may still take one between the
 * choice and the server's start: then that server says so and its start fails. Used by any threads.
 */
public final class FreePorts {
    private static final int VIP_DISTANCE = 2;
    private static final int TRIES = 50;

    private final Set<Integer> given = new HashSet<>(); // guarded by this

    synchronized int one() {
        return giveOut(0);
    }

    /** Returns a port such that the one two below, which brokers serve too, is free as well. */
    synchronized int withVipBelow() {
        return giveOut(VIP_DISTANCE);
    }

    /** Gives out a port and the one so far below it; 0 for the port alone. */
    private int giveOut(int distance) {
        for (int tries = 0; tries < TRIES; tries++) {
            int port = chosenBySystem();
            int below = port - distance;
            if (!given.contains(port) && !given.contains(below) && isFree(below)) {
                given.add(port);
                given.add(below);
                return port;
            }
        }
        throw new IllegalStateException("no port is free together with the one " + distance + " below, tries=" + TRIES);
    }

    private static int chosenBySystem() {
        try (ServerSocket socket = bind(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = bind(port)) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    private static ServerSocket bind(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
