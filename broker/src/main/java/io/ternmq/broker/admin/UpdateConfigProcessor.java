package io.ternmq.broker.admin;

import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.config.ConfigRpcs;
import io.ternmq.remoting.server.Request;
import io.ternmq.remoting.server.RequestProcessor;
import io.ternmq.remoting.server.Response;
import java.util.concurrent.CompletionStage;

/** Changes settings of the running broker (code 25). Waits for the disk: for a lane that may. */
public final class UpdateConfigProcessor implements RequestProcessor {
    private final BrokerSettings settings;

    public UpdateConfigProcessor(BrokerSettings settings) {
        this.settings = settings;
    }

    @Override
    public CompletionStage<Response> process(Request request) {
        return settings.change(request.decode(ConfigRpcs.UPDATE_BROKER_CONFIG).settings())
                .map(refused -> Response.refused(codeOf(refused.reason()), refused.detail()))
                .orElseGet(Response::success)
                .now();
    }

    private static int codeOf(BrokerSettings.Refusal refusal) {
        return switch (refusal) {
            case NOT_CHANGEABLE -> ResponseCode.NO_PERMISSION;
            case BAD_VALUE -> ResponseCode.INVALID_PARAMETER;
            case NOT_SAVED -> ResponseCode.SYSTEM_ERROR;
        };
    }
}
