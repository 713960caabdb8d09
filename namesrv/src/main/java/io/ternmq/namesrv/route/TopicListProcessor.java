package io.ternmq.namesrv.route;

import io.ternmq.common.topic.TopicConfig;
import io.ternmq.remoting.protocol.Nothing;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.Rpc;
import io.ternmq.remoting.protocol.body.TopicList;
import io.ternmq.remoting.protocol.route.MemberGroup;
import io.ternmq.remoting.protocol.route.MemberGroupRequest;
import io.ternmq.remoting.protocol.route.RouteRpcs;
import io.ternmq.remoting.server.Lane;
import io.ternmq.remoting.server.Request;
import io.ternmq.remoting.server.RequestRouter;
import io.ternmq.remoting.server.Response;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Supplier;

/** Shows operators which clusters, brokers and topics there are. Answers from the snapshot. */
public final class TopicListProcessor {
    private final RouteTable table;
    private final Supplier<RouteOptions> options;
    private final ListenerView view;

    /**
     * Answers from {@code table}.
     *
     * @param options as they are when a request comes in
     * @param view of whoever asks
     */
    public TopicListProcessor(RouteTable table, Supplier<RouteOptions> options, ListenerView view) {
        this.table = table;
        this.options = options;
        this.view = view;
    }

    /**
     * Adds the requests that this answers.
     *
     * @param lane away from the event loops: lists of many topics take their time
     */
    public void addTo(RequestRouter.Builder router, Lane lane) {
        router.on(RouteRpcs.GET_BROKER_CLUSTER_INFO, lane, this::clusterInfo)
                .on(RouteRpcs.GET_BROKER_MEMBER_GROUP, lane, this::memberGroup)
                .on(RouteRpcs.GET_ALL_TOPIC_LIST_FROM_NAMESERVER, lane, this::allTopics)
                .on(RouteRpcs.GET_TOPICS_BY_CLUSTER, lane, this::topicsOfCluster)
                .on(RouteRpcs.GET_SYSTEM_TOPIC_LIST_FROM_NS, lane, this::systemTopics);
        addFlagged(router, lane, RouteRpcs.GET_UNIT_TOPIC_LIST, TopicConfig::isUnit);
        addFlagged(router, lane, RouteRpcs.GET_HAS_UNIT_SUB_TOPIC_LIST, TopicConfig::hasUnitSubscription);
        addFlagged(
                router,
                lane,
                RouteRpcs.GET_HAS_UNIT_SUB_UNUNIT_TOPIC_LIST,
                flag -> TopicConfig.hasUnitSubscription(flag) && !TopicConfig.isUnit(flag));
    }

    private CompletionStage<Response> clusterInfo(Request request) {
        return Response.success(
                        RouteRpcs.GET_BROKER_CLUSTER_INFO, table.routes().clusterInfo(view))
                .now();
    }

    private CompletionStage<Response> memberGroup(Request request) {
        MemberGroupRequest question = request.decode(RouteRpcs.GET_BROKER_MEMBER_GROUP);
        Routes routes = table.routes();
        SortedMap<Long, String> addresses = Optional.ofNullable(routes.brokers().get(question.brokerName()))
                .filter(broker -> broker.cluster().equals(question.cluster()))
                .map(broker -> view.of(broker, routes).addresses())
                .orElseGet(TreeMap::new);
        return Response.success(
                        RouteRpcs.GET_BROKER_MEMBER_GROUP,
                        new MemberGroup(question.cluster(), question.brokerName(), addresses))
                .now();
    }

    private CompletionStage<Response> allTopics(Request request) {
        if (!options.get().listsAllTopics()) {
            return Response.refused(
                            ResponseCode.SYSTEM_ERROR, "Listing all topics is switched off: enableAllTopicList=false")
                    .now();
        }
        return names(RouteRpcs.GET_ALL_TOPIC_LIST_FROM_NAMESERVER, Routes::topicNames);
    }

    private CompletionStage<Response> topicsOfCluster(Request request) {
        String cluster = request.decode(RouteRpcs.GET_TOPICS_BY_CLUSTER).cluster();
        return names(RouteRpcs.GET_TOPICS_BY_CLUSTER, routes -> routes.topicNamesOf(cluster));
    }

    private CompletionStage<Response> systemTopics(Request request) {
        Routes routes = table.routes();
        return Response.success(
                        RouteRpcs.GET_SYSTEM_TOPIC_LIST_FROM_NS,
                        new TopicList(routes.systemNames(), routes.anyAddress(view)))
                .now();
    }

    private void addFlagged(RequestRouter.Builder router, Lane lane, Rpc<Nothing, TopicList> rpc, IntPredicate wanted) {
        router.on(rpc, lane, request -> names(rpc, routes -> routes.topicNamesWithFlag(wanted)));
    }

    private CompletionStage<Response> names(Rpc<?, TopicList> rpc, Function<Routes, List<String>> names) {
        return Response.success(rpc, TopicList.of(names.apply(table.routes()))).now();
    }
}
