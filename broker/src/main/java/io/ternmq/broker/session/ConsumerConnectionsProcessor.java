package io.ternmq.broker.session;

import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.session.ConsumerConnections;
import io.ternmq.remoting.protocol.session.SessionRpcs;
import io.ternmq.remoting.server.Request;
import io.ternmq.remoting.server.RequestProcessor;
import io.ternmq.remoting.server.Response;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Shows operators the members of a consumer group and what it reads (code 203). */
public final class ConsumerConnectionsProcessor implements RequestProcessor {
    private final ClientSessions sessions;

    public ConsumerConnectionsProcessor(ClientSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public CompletionStage<Response> process(Request request) {
        String group = request.decode(SessionRpcs.GET_CONSUMER_CONNECTION_LIST).consumerGroup();
        return sessions.consumers(group)
                .map(members -> Response.success(SessionRpcs.GET_CONSUMER_CONNECTION_LIST, describe(members)))
                .orElseGet(() -> Response.refused(
                        ResponseCode.CONSUMER_NOT_ONLINE, "the consumer group[" + group + "] not online"))
                .now();
    }

    private static ConsumerConnections describe(ConsumerMembers members) {
        return new ConsumerConnections(
                members.members().stream().map(Client::describe).toList(),
                members.type(),
                members.model(),
                members.startFrom(),
                List.copyOf(members.subscriptions()));
    }
}
