package io.ternmq.broker.route;

import io.ternmq.remoting.protocol.route.BrokerInstance;
import io.ternmq.remoting.protocol.route.RouteRpcs;
import io.ternmq.remoting.server.Request;
import io.ternmq.remoting.server.RequestProcessor;
import io.ternmq.remoting.server.Response;
import java.util.concurrent.CompletionStage;

/** Says which broker this is, to whoever wants to know whether an address leads to it. */
public final class IdentifyProcessor implements RequestProcessor {
    private final BrokerInstance instance;

    public IdentifyProcessor(BrokerInstance instance) {
        this.instance = instance;
    }

    @Override
    public CompletionStage<Response> process(Request request) {
        return Response.success(RouteRpcs.IDENTIFY_BROKER, instance).now();
    }
}
