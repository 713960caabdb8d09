package io.ternmq.broker.session;

import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.session.Heartbeat;
import io.ternmq.remoting.protocol.session.HeartbeatAnswer;
import io.ternmq.remoting.protocol.session.SessionRpcs;
import io.ternmq.remoting.server.Request;
import io.ternmq.remoting.server.RequestProcessor;
import io.ternmq.remoting.server.Response;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Hears what a client is (code 34). */
public final class HeartbeatProcessor implements RequestProcessor {
    private final HeartbeatService service;

    public HeartbeatProcessor(HeartbeatService service) {
        this.service = service;
    }

    @Override
    public CompletionStage<Response> process(Request request) {
        long fingerprint = Fingerprint.of(request.body());
        Optional<ClientSessions.Again> again = service.heardAgain(request.connection(), fingerprint);
        if (again.isPresent()) {
            return known(again.get().isFirstVersion()).now();
        }
        Heartbeat heartbeat = request.decode(SessionRpcs.HEART_BEAT);
        Optional<String> problem = service.problemOf(heartbeat);
        if (problem.isPresent()) {
            return Response.refused(ResponseCode.SYSTEM_ERROR, problem.get()).now();
        }
        Client client =
                new Client(heartbeat.clientId(), request.language().name(), request.version(), request.connection());
        boolean isFirstVersion = heartbeat.fingerprint() == 0;
        Optional<String> unusable = service.unusableSubscription(heartbeat);
        if (unusable.isPresent()) {
            // The rest of what it says counts: only what cannot be evaluated is refused.
            return service.heard(client, service.usable(heartbeat))
                    .thenApply(heard -> Response.refused(ResponseCode.SUBSCRIPTION_PARSE_FAILED, unusable.get()));
        }
        return service.heard(client, heartbeat, fingerprint).thenApply(heard -> switch (heard.kind()) {
            case KNOWN -> known(isFirstVersion);
            case SUBSCRIPTIONS_WANTED -> Response.success(SessionRpcs.HEART_BEAT, new HeartbeatAnswer(true, true));
            case TOO_MANY_CLIENTS ->
                Response.refused(ResponseCode.SYSTEM_BUSY, "As many clients are connected as may (maxClientCount)");
            case CONFLICTING -> Response.refused(ResponseCode.ILLEGAL_OPERATION, heard.detail());
        });
    }

    // A heartbeat of the first version always lists everything, and its clients expect to be told to.
    private static Response known(boolean isFirstVersion) {
        return Response.success(SessionRpcs.HEART_BEAT, new HeartbeatAnswer(true, isFirstVersion));
    }
}
