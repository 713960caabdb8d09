package io.ternmq.interop.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * Ports that the system chose and that nobody uses now. Between the choice and a server's start another process may take
 * one: then that server says so and its start fails.
 */
final class FreePorts {
    private static final int VIP_DISTANCE = 2;
    private static final int TRIES = 50;

    private FreePorts() {}

    static int one() {
        try (ServerSocket socket = bind(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a port such that the one two below, which brokers serve too, is free as well. */
    static int withVipBelow() {
        for (int tries = 0; tries < TRIES; tries++) {
            int port = one();
            if (isFree(port - VIP_DISTANCE)) {
                return port;
            }
        }
        throw new IllegalStateException("no pair of ports " + VIP_DISTANCE + " apart is free, tries=" + TRIES);
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
