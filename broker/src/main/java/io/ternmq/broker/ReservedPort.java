package io.ternmq.broker;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * The port that a broker is going to listen on: the one configured, or one that the system chooses and gives to nobody
 * else until this is closed. Owns, in the second case, a socket that is bound to it and never listens, which does not
 * keep a server of this process from listening there.
 *
 * <p>The store must know the port before the broker listens, since message ids name it, and the broker listens last.
 */
final class ReservedPort implements AutoCloseable {
    private final int port;
    private final Socket holder;

    private ReservedPort(int port, Socket holder) {
        this.port = port;
        this.holder = holder;
    }

    /**
     * @param port 0 for one that the system chooses
     * @throws IOException if the host is none of this machine's; the message names it
     */
    static ReservedPort on(String host, int port) throws IOException {
        Socket holder = new Socket();
        if (port != 0) {
            return new ReservedPort(port, holder);
        }
        try {
            holder.setReuseAddress(true);
            holder.bind(new InetSocketAddress(host, 0));
            return new ReservedPort(holder.getLocalPort(), holder);
        } catch (IOException e) {
            holder.close();
            throw new IOException("Cannot listen on " + host + ": " + e.getMessage(), e);
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() throws IOException {
        holder.close();
    }
}
