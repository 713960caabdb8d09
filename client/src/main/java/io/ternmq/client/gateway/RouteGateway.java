package io.ternmq.client.gateway;

import io.ternmq.remoting.protocol.Nothing;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.route.RouteRequest;
import io.ternmq.remoting.protocol.route.RouteRpcs;
import io.ternmq.remoting.protocol.route.TopicRoute;
import java.time.Duration;
import java.util.List;
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

    /** The names of all brokers that are registered at a name server. */
    public CompletionStage<List<String>> brokerNames(String nameServer, Duration timeout) {
        return Answers.fold(
                calls.call(nameServer, RouteRpcs.GET_BROKER_CLUSTER_INFO, Nothing.NOTHING, timeout),
                nameServer,
                reply -> {
                    Answers.requireSuccess(reply, nameServer);
                    return List.copyOf(reply.decode(RouteRpcs.GET_BROKER_CLUSTER_INFO)
                            .brokers()
                            .keySet());
                });
    }

    /** All topics that a name server knows. */
    public CompletionStage<List<String>> topics(String nameServer, Duration timeout) {
        return Answers.fold(
                calls.call(nameServer, RouteRpcs.GET_ALL_TOPIC_LIST_FROM_NAMESERVER, Nothing.NOTHING, timeout),
                nameServer,
                reply -> {
                    Answers.requireSuccess(reply, nameServer);
                    return reply.decode(RouteRpcs.GET_ALL_TOPIC_LIST_FROM_NAMESERVER)
                            .topics();
                });
    }
}
