package io.ternmq.client.gateway;

/** The gateways of all areas over one set of connections. */
public record Gateways(
        RouteGateway routes, SendGateway sends, PullGateway pulls, OffsetGateway offsets, SessionGateway sessions) {

    public static Gateways over(Calls calls) {
        return new Gateways(
                new RouteGateway(calls),
                new SendGateway(calls),
                new PullGateway(calls),
                new OffsetGateway(calls),
                new SessionGateway(calls));
    }
}
