package io.ternmq.client.gateway;

import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.session.ConsumeDirectlyRequest;
import io.ternmq.remoting.protocol.session.ConsumerGroupRequest;
import io.ternmq.remoting.protocol.session.ConsumerPositions;
import io.ternmq.remoting.protocol.session.ConsumerPositionsRequest;
import io.ternmq.remoting.protocol.session.ResetOffsetsRequest;
import io.ternmq.remoting.protocol.session.RunningInfoRequest;
import io.ternmq.remoting.protocol.session.SessionRpcs;
import io.ternmq.remoting.server.Lane;
import io.ternmq.remoting.server.Request;
import io.ternmq.remoting.server.RequestRouter;
import io.ternmq.remoting.server.Response;
import java.util.concurrent.CompletionStage;

/** Brings what brokers ask to {@link BrokerRequests}. Stateless; all else is answered as not supported. */
final class InboundRouter {
    private final BrokerRequests requests;

    private InboundRouter(BrokerRequests requests) {
        this.requests = requests;
    }

    static RequestRouter to(BrokerRequests requests) {
        InboundRouter inbound = new InboundRouter(requests);
        Lane lane = Lane.inPlace();
        return RequestRouter.builder()
                .on(SessionRpcs.NOTIFY_CONSUMER_IDS_CHANGED, lane, inbound::membersChanged)
                .on(SessionRpcs.RESET_CONSUMER_CLIENT_OFFSET, lane, inbound::resetOffsets)
                .on(SessionRpcs.GET_CONSUMER_STATUS_FROM_CLIENT, lane, inbound::positions)
                .on(SessionRpcs.GET_CONSUMER_RUNNING_INFO, lane, inbound::runningInfo)
                .on(SessionRpcs.CONSUME_MESSAGE_DIRECTLY, lane, inbound::consumeDirectly)
                .build();
    }

    private CompletionStage<Response> membersChanged(Request request) {
        ConsumerGroupRequest question = request.decode(SessionRpcs.NOTIFY_CONSUMER_IDS_CHANGED);
        requests.membersChanged(question.consumerGroup());
        return Response.success().now();
    }

    private CompletionStage<Response> resetOffsets(Request request) {
        ResetOffsetsRequest question = request.decode(SessionRpcs.RESET_CONSUMER_CLIENT_OFFSET);
        requests.resetOffsets(question.group(), question.offsets());
        return Response.success().now();
    }

    private CompletionStage<Response> positions(Request request) {
        ConsumerPositionsRequest question = request.decode(SessionRpcs.GET_CONSUMER_STATUS_FROM_CLIENT);
        return requests.positions(question.group(), question.topic())
                .map(offsets ->
                        Response.success(SessionRpcs.GET_CONSUMER_STATUS_FROM_CLIENT, new ConsumerPositions(offsets)))
                .orElseGet(() -> noConsumer(question.group()))
                .now();
    }

    private CompletionStage<Response> runningInfo(Request request) {
        RunningInfoRequest question = request.decode(SessionRpcs.GET_CONSUMER_RUNNING_INFO);
        return requests.runningInfo(question.consumerGroup(), question.withThreads())
                .map(info -> Response.success(SessionRpcs.GET_CONSUMER_RUNNING_INFO, info))
                .orElseGet(() -> noConsumer(question.consumerGroup()))
                .now();
    }

    private CompletionStage<Response> consumeDirectly(Request request) {
        ConsumeDirectlyRequest question = request.decode(SessionRpcs.CONSUME_MESSAGE_DIRECTLY);
        return requests.consumeDirectly(question)
                .<CompletionStage<Response>>map(outcome ->
                        outcome.thenApply(known -> Response.success(SessionRpcs.CONSUME_MESSAGE_DIRECTLY, known)))
                .orElseGet(() -> noConsumer(question.consumerGroup()).now());
    }

    private static Response noConsumer(String group) {
        return Response.refused(
                ResponseCode.SYSTEM_ERROR, "The consumer group " + group + " has no consumer in this client");
    }
}
