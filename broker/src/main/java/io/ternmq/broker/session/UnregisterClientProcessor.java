package io.ternmq.broker.session;

import io.ternmq.remoting.protocol.session.SessionRpcs;
import io.ternmq.remoting.protocol.session.UnregisterClientRequest;
import io.ternmq.remoting.server.Request;
import io.ternmq.remoting.server.RequestProcessor;
import io.ternmq.remoting.server.Response;
import java.util.concurrent.CompletionStage;

/** Lets a client leave groups (code 35). */
public final class UnregisterClientProcessor implements RequestProcessor {
    private final ClientSessions sessions;

    public UnregisterClientProcessor(ClientSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public CompletionStage<Response> process(Request request) {
        UnregisterClientRequest leave = request.decode(SessionRpcs.UNREGISTER_CLIENT);
        sessions.leave(request.connection(), leave.producerGroup(), leave.consumerGroup());
        return Response.success().now();
    }
}
