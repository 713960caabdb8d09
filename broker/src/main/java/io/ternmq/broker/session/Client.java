package io.ternmq.broker.session;

import io.ternmq.remoting.protocol.session.ClientConnection;
import io.ternmq.remoting.server.Connection;

/**
 * A client as it introduced itself on a connection.
 *
 * @param language what it says it is written in, as its name on the wire
 * @param version its release ordinal
 */
public record Client(String clientId, String language, int version, Connection connection) {

    /** As operators see it. */
    ClientConnection describe() {
        String address = connection.remoteAddress().getAddress().getHostAddress() + ":"
                + connection.remoteAddress().getPort();
        return new ClientConnection(clientId, address, language, version);
    }
}
