package io.ternmq.broker.session;

import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.session.ConsumerIds;
import io.ternmq.remoting.protocol.session.SessionRpcs;
import io.ternmq.remoting.server.Request;
import io.ternmq.remoting.server.RequestProcessor;
import io.ternmq.remoting.server.Response;
import java.util.concurrent.CompletionStage;

/** Names the clients of a consumer group, among whom they share out its queues (code 38). */
public final class ConsumerListProcessor implements RequestProcessor {
    private final ClientSessions sessions;

    public ConsumerListProcessor(ClientSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public CompletionStage<Response> process(Request request) {
        String group = request.decode(SessionRpcs.GET_CONSUMER_LIST_BY_GROUP).consumerGroup();
        return sessions.consumers(group)
                .map(members ->
                        Response.success(SessionRpcs.GET_CONSUMER_LIST_BY_GROUP, new ConsumerIds(members.clientIds())))
                .orElseGet(() -> Response.refused(ResponseCode.SYSTEM_ERROR, "no consumer for this group, " + group))
                .now();
    }
}
