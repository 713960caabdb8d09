package io.ternmq.client.producer;

import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.route.BrokerRoute;
import io.ternmq.remoting.protocol.route.QueueRoute;
import io.ternmq.remoting.protocol.route.RouteRpcs;
import io.ternmq.remoting.protocol.route.TopicRoute;
import io.ternmq.remoting.protocol.send.SendAnswer;
import io.ternmq.remoting.protocol.send.SendRequest;
import io.ternmq.remoting.protocol.send.SendRpcs;
import io.ternmq.remoting.protocol.session.HeartbeatAnswer;
import io.ternmq.remoting.protocol.session.SessionRpcs;
import io.ternmq.remoting.server.Lane;
import io.ternmq.remoting.server.RemotingServer;
import io.ternmq.remoting.server.Request;
import io.ternmq.remoting.server.RequestProcessor;
import io.ternmq.remoting.server.RequestRouter;
import io.ternmq.remoting.server.Response;
import io.ternmq.remoting.server.ServerConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A name server and brokers that speak the real wire over real sockets and answer sends as a test says. Owns the sockets.
 */
final class ScriptedServers implements AutoCloseable {
    private final List<RemotingServer> servers = new ArrayList<>();
    private final Map<String, Integer> ports = new TreeMap<>(); // of the brokers, in the order of their names
    private final Map<String, List<String>> topics = new ConcurrentHashMap<>(); // of the sends each broker got
    private final AtomicInteger routeQuestions = new AtomicInteger();
    private final Map<String, Set<InetSocketAddress>> connections =
            new ConcurrentHashMap<>(); // that sent to each broker
    private final RemotingServer nameServer;

    ScriptedServers() throws IOException {
        RequestRouter router = RequestRouter.builder()
                .on(RouteRpcs.GET_ROUTEINFO_BY_TOPIC, Lane.inPlace(), request -> {
                    routeQuestions.incrementAndGet();
                    return new Response(ResponseCode.SUCCESS, Optional.empty(), route().payload(true)).now();
                })
                .build();
        nameServer = RemotingServer.start(ServerConfig.local(), router);
        servers.add(nameServer);
    }

    /** Adds a broker that answers sends so. */
    ScriptedServers broker(String name, RequestProcessor sends) throws IOException {
        topics.put(name, new CopyOnWriteArrayList<>());
        connections.put(name, ConcurrentHashMap.newKeySet());
        RequestProcessor counted = request -> {
            connections.get(name).add(request.connection().remoteAddress());
            topics.get(name).add(request.decode(SendRpcs.SEND_MESSAGE_V2).topic());
            return sends.process(request);
        };
        RequestRouter router = RequestRouter.builder()
                .on(SendRpcs.SEND_MESSAGE_V2, Lane.inPlace(), counted)
                .on(SendRpcs.SEND_BATCH_MESSAGE, Lane.inPlace(), counted)
                .on(
                        SessionRpcs.HEART_BEAT,
                        Lane.inPlace(),
                        request -> Response.success(SessionRpcs.HEART_BEAT, new HeartbeatAnswer(true, true))
                                .now())
                .on(
                        SessionRpcs.UNREGISTER_CLIENT,
                        Lane.inPlace(),
                        request -> Response.success().now())
                .build();
        RemotingServer broker = RemotingServer.start(ServerConfig.local(), router);
        servers.add(broker);
        ports.put(name, broker.port());
        return this;
    }

    /** Adds a broker that the route names and nobody serves. */
    ScriptedServers brokerThatIsAway(String name) throws IOException {
        try (RemotingServer gone = RemotingServer.start(ServerConfig.local(), RequestRouter.none())) {
            ports.put(name, gone.port());
            topics.put(name, new CopyOnWriteArrayList<>());
        }
        return this;
    }

    /** Has the route name a broker that somebody else serves. */
    ScriptedServers brokerAt(String name, int port) {
        ports.put(name, port);
        return this;
    }

    String namesrvAddr() {
        return "127.0.0.1:" + nameServer.port();
    }

    /** How many sends a broker has got. */
    int sendsTo(String broker) {
        return topics.get(broker).size();
    }

    /** The topics of the sends that a broker has got, in order. */
    List<String> topicsSentTo(String broker) {
        return List.copyOf(topics.get(broker));
    }

    /** How many connections have brought sends to a broker. */
    int connections(String broker) {
        return connections.get(broker).size();
    }

    int routeQuestions() {
        return routeQuestions.get();
    }

    /** The usual answer to a send. */
    static Response stored(Request request) {
        SendRequest sent = request.decode(SendRpcs.SEND_MESSAGE_V2);
        return Response.success(
                SendRpcs.SEND_MESSAGE_V2, SendAnswer.stored("offsetId", sent.queueId(), 0, "tx", "region", true));
    }

    @Override
    public void close() {
        servers.forEach(RemotingServer::close);
    }

    private TopicRoute route() {
        List<QueueRoute> queues = new ArrayList<>();
        List<BrokerRoute> brokers = new ArrayList<>();
        ports.forEach((name, port) -> {
            queues.add(new QueueRoute(name, 1, 1, 6, 0));
            brokers.add(new BrokerRoute(
                    "C", name, new TreeMap<>(Map.of(0L, "127.0.0.1:" + port)), false, Optional.empty()));
        });
        return new TopicRoute(Optional.empty(), queues, brokers);
    }
}
