package io.ternmq.client.gateway;

import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.route.RouteRequest;
import io.ternmq.remoting.protocol.route.RouteRpcs;
import io.ternmq.remoting.protocol.route.TopicRoute;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Asks name servers where topics are served. Stateless. */
public final class RouteGateway {
    private final Calls calls;

    RouteGateway(Calls calls) {
        this.calls = calls;
    }

    /** The brokers and queues of a topic; empty if the name server does not know it. */
    public CompletionStage<Optional<TopicRoute>> route(String nameServer, String topic, Duration timeout) {
        RouteRequest question = new RouteRequest(topic, true);
        return Answers.fold(
                calls.call(nameServer, RouteRpcs.GET_ROUTEINFO_BY_TOPIC, question, timeout), nameServer, reply -> {
                    if (reply.code() == ResponseCode.TOPIC_NOT_EXIST) {
                        return Optional.empty();
                    }
                    Answers.requireSuccess(reply, nameServer);
                    return Optional.of(reply.decode(RouteRpcs.GET_ROUTEINFO_BY_TOPIC));
                });
    }
}
