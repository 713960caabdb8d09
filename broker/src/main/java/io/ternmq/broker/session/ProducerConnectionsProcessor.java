package io.ternmq.broker.session;

import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.session.ClientConnection;
import io.ternmq.remoting.protocol.session.ProducerConnections;
import io.ternmq.remoting.protocol.session.SessionRpcs;
import io.ternmq.remoting.server.Request;
import io.ternmq.remoting.server.RequestProcessor;
import io.ternmq.remoting.server.Response;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Shows operators the clients that send for a group (code 204). */
public final class ProducerConnectionsProcessor implements RequestProcessor {
    private final ClientSessions sessions;

    public ProducerConnectionsProcessor(ClientSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public CompletionStage<Response> process(Request request) {
        String group = request.decode(SessionRpcs.GET_PRODUCER_CONNECTION_LIST).producerGroup();
        List<ClientConnection> producers = sessions.producers(group);
        if (producers.isEmpty()) {
            return Response.refused(ResponseCode.SYSTEM_ERROR, "the producer group[" + group + "] not exist")
                    .now();
        }
        return Response.success(SessionRpcs.GET_PRODUCER_CONNECTION_LIST, new ProducerConnections(producers))
                .now();
    }
}
