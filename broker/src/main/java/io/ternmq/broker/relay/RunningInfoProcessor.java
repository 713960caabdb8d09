package io.ternmq.broker.relay;

import io.ternmq.remoting.protocol.session.RunningInfoRequest;
import io.ternmq.remoting.protocol.session.SessionRpcs;
import io.ternmq.remoting.server.Request;
import io.ternmq.remoting.server.RequestProcessor;
import io.ternmq.remoting.server.Response;
import java.util.concurrent.CompletionStage;

/** Asks a consumer how it is doing (code 307). */
public final class RunningInfoProcessor implements RequestProcessor {
    private final MemberCalls members;

    public RunningInfoProcessor(MemberCalls members) {
        this.members = members;
    }

    @Override
    public CompletionStage<Response> process(Request request) {
        RunningInfoRequest wanted = request.decode(SessionRpcs.GET_CONSUMER_RUNNING_INFO);
        return members.find(wanted.consumerGroup(), wanted.clientId())
                .map(member -> members.relay(member, SessionRpcs.GET_CONSUMER_RUNNING_INFO, wanted))
                .orElseGet(() -> MemberCalls.notConnected(wanted.consumerGroup(), wanted.clientId())
                        .now());
    }
}
