package io.ternmq.namesrv.route;

import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.Rpc;
import io.ternmq.remoting.protocol.route.BrokerNameRequest;
import io.ternmq.remoting.protocol.route.DeleteRouteRequest;
import io.ternmq.remoting.protocol.route.RegisterTopicRequest;
import io.ternmq.remoting.protocol.route.RouteRpcs;
import io.ternmq.remoting.protocol.route.TopicCount;
import io.ternmq.remoting.server.Lane;
import io.ternmq.remoting.server.Request;
import io.ternmq.remoting.server.RequestRouter;
import io.ternmq.remoting.server.Response;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets operators change routes. What they change lasts until a broker registers with topics of a new version. */
public final class RouteAdminProcessor {
    private static final Logger log = LoggerFactory.getLogger(RouteAdminProcessor.class);

    private final RouteTable table;

    public RouteAdminProcessor(RouteTable table) {
        this.table = table;
    }

    /**
     * Adds the requests that this answers.
     *
     * @param lane the one of registrations, so that a change is seen by those that come after it
     */
    public void addTo(RequestRouter.Builder router, Lane lane) {
        router.on(
                        RouteRpcs.WIPE_WRITE_PERM_OF_BROKER,
                        lane,
                        request -> setWritable(request, RouteRpcs.WIPE_WRITE_PERM_OF_BROKER, false))
                .on(
                        RouteRpcs.ADD_WRITE_PERM_OF_BROKER,
                        lane,
                        request -> setWritable(request, RouteRpcs.ADD_WRITE_PERM_OF_BROKER, true))
                .on(RouteRpcs.DELETE_TOPIC_IN_NAMESRV, lane, this::deleteTopic)
                .on(RouteRpcs.REGISTER_TOPIC_IN_NAMESRV, lane, this::registerTopic);
    }

    private CompletionStage<Response> setWritable(
            Request request, Rpc<BrokerNameRequest, TopicCount> rpc, boolean isWritable) {
        String brokerName = request.decode(rpc).brokerName();
        int topics = table.setWritable(brokerName, isWritable);
        log.info("Write permission changed. broker={} writable={} topics={}", brokerName, isWritable, topics);
        return Response.success(rpc, new TopicCount(topics)).now();
    }

    private CompletionStage<Response> deleteTopic(Request request) {
        DeleteRouteRequest question = request.decode(RouteRpcs.DELETE_TOPIC_IN_NAMESRV);
        table.deleteTopic(question.topic(), question.cluster());
        log.info(
                "Topic deleted. topic={} cluster={}",
                question.topic(),
                question.cluster().orElse("all"));
        return Response.success().now();
    }

    private CompletionStage<Response> registerTopic(Request request) {
        RegisterTopicRequest question = request.decode(RouteRpcs.REGISTER_TOPIC_IN_NAMESRV);
        return table.addTopic(question.topic(), question.route().queues())
                .map(problem -> Response.refused(ResponseCode.SYSTEM_ERROR, problem))
                .orElseGet(Response::success)
                .now();
    }
}
