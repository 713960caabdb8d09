package io.ternmq.broker.admin;

import io.ternmq.remoting.protocol.body.TextTable;
import io.ternmq.remoting.protocol.stats.StatsRpcs;
import io.ternmq.remoting.server.Request;
import io.ternmq.remoting.server.RequestProcessor;
import io.ternmq.remoting.server.Response;
import java.util.concurrent.CompletionStage;

/** Shows the state of the broker (code 28). May wait for the disk: for a lane that may. */
public final class RuntimeInfoProcessor implements RequestProcessor {
    private final RuntimeInfo info;

    public RuntimeInfoProcessor(RuntimeInfo info) {
        this.info = info;
    }

    @Override
    public CompletionStage<Response> process(Request request) {
        return Response.success(StatsRpcs.GET_BROKER_RUNTIME_INFO, new TextTable(info.describe()))
                .now();
    }
}
