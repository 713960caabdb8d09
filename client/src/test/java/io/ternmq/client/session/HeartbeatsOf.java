package io.ternmq.client.session;

import io.ternmq.client.gateway.SessionGateway;
import io.ternmq.client.route.RouteCache;
import java.time.Duration;

/** Makes the heartbeats of a client with one producer, for tests of other rooms. */
public final class HeartbeatsOf {

    private HeartbeatsOf() {}

    public static Heartbeats client(String clientId, RouteCache routes, SessionGateway gateway) {
        Members members = new Members();
        members.addProducer("P");
        return new Heartbeats(clientId, members, routes, gateway, Duration.ofSeconds(3));
    }
}
