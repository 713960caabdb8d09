package io.ternmq.namesrv.route;

import io.ternmq.common.config.NearestName;
import io.ternmq.common.topic.Permission;
import io.ternmq.namesrv.route.Routes.TopicPlaces;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.route.BrokerRoute;
import io.ternmq.remoting.protocol.route.QueueRoute;
import io.ternmq.remoting.protocol.route.RouteRequest;
import io.ternmq.remoting.protocol.route.RouteRpcs;
import io.ternmq.remoting.protocol.route.TopicRoute;
import io.ternmq.remoting.server.Lane;
import io.ternmq.remoting.server.Request;
import io.ternmq.remoting.server.RequestRouter;
import io.ternmq.remoting.server.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Tells clients where a topic is served. Answers from the snapshot, on the event loop that read the request. */
public final class RouteProcessor {
    /** Names looked at on each side of a topic that nobody knows, to find what was meant; bounds the work of a typo. */
    static final int NEIGHBOURS_MAX = 200;

    private final RouteTable table;
    private final OrderConfig order;
    private final Supplier<RouteOptions> options;
    private final ListenerView view;

    /**
     * Answers from {@code table}.
     *
     * @param options as they are when a request comes in
     * @param view of whoever asks
     */
    public RouteProcessor(RouteTable table, OrderConfig order, Supplier<RouteOptions> options, ListenerView view) {
        this.table = table;
        this.order = order;
        this.options = options;
        this.view = view;
    }

    public void addTo(RequestRouter.Builder router) {
        router.on(RouteRpcs.GET_ROUTEINFO_BY_TOPIC, Lane.inPlace(), this::route);
    }

    private CompletionStage<Response> route(Request request) {
        RouteRequest question = request.decode(RouteRpcs.GET_ROUTEINFO_BY_TOPIC);
        Routes routes = table.routes();
        Optional<TopicPlaces> places = routes.find(question.topic());
        if (places.isEmpty()) {
            return Response.refused(ResponseCode.TOPIC_NOT_EXIST, notFound(question.topic(), routes))
                    .now();
        }
        boolean isStrict = question.takesStrictJsonOnly() || request.version() >= TopicRoute.STRICT_SINCE_VERSION;
        return new Response(
                        ResponseCode.SUCCESS,
                        Optional.empty(),
                        route(question.topic(), places.get(), routes).payload(isStrict))
                .now();
    }

    private TopicRoute route(String topic, TopicPlaces places, Routes routes) {
        RouteOptions now = options.get();
        List<BrokerRoute> brokers = now.hasActingMasters() ? withActingMasters(places) : places.brokers();
        return new TopicRoute(
                now.tellsOrder() ? order.find(topic) : Optional.empty(),
                places.queues(),
                brokers.stream().map(broker -> view.of(broker, routes)).toList());
    }

    private static List<BrokerRoute> withActingMasters(TopicPlaces places) {
        List<BrokerRoute> brokers = new ArrayList<>();
        for (BrokerRoute broker : places.brokers()) {
            boolean isReadOnly = places.queues().stream()
                    .filter(queues -> queues.brokerName().equals(broker.brokerName()))
                    .map(QueueRoute::permission)
                    .noneMatch(Permission::isWritable);
            boolean needsMaster =
                    broker.enablesActingMaster() && broker.masterAddress().isEmpty();
            brokers.add(needsMaster && isReadOnly ? withFirstAsMaster(broker) : broker);
        }
        return brokers;
    }

    private static BrokerRoute withFirstAsMaster(BrokerRoute broker) {
        SortedMap<Long, String> addresses = new TreeMap<>(broker.addresses());
        addresses.put(BrokerRoute.MASTER_ID, addresses.remove(addresses.firstKey()));
        return new BrokerRoute(
                broker.cluster(), broker.brokerName(), addresses, broker.enablesActingMaster(), broker.zone());
    }

    private static String notFound(String topic, Routes routes) {
        String shown = topic.length() <= RegistrationLimits.NAME_LENGTH_MAX
                ? topic
                : topic.substring(0, RegistrationLimits.NAME_LENGTH_MAX) + "...";
        if (routes.brokers().isEmpty()) {
            return "No route for topic " + shown + ": no broker is registered with this name server";
        }
        String nearest = NearestName.of(shown, neighbours(shown, routes.topics().navigableKeySet()))
                .map(name -> ", the nearest name is " + name)
                .orElse("");
        return "No route for topic " + shown + ": none of " + routes.brokers().size()
                + " registered broker names has it" + nearest + "; topics appear once a broker has them";
    }

    // Most misspelt names share their first letters with the right one and so stand near it.
    private static Iterable<String> neighbours(String topic, NavigableSet<String> names) {
        Stream<String> before = names.headSet(topic, false).descendingSet().stream();
        Stream<String> after = names.tailSet(topic, false).stream();
        return Stream.concat(before.limit(NEIGHBOURS_MAX), after.limit(NEIGHBOURS_MAX))
                .toList();
    }
}
