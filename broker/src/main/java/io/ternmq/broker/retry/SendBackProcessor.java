package io.ternmq.broker.retry;

import io.ternmq.broker.retry.SendBackOutcome.Refusal;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.send.SendRpcs;
import io.ternmq.remoting.server.Request;
import io.ternmq.remoting.server.RequestProcessor;
import io.ternmq.remoting.server.Response;
import java.util.concurrent.CompletionStage;

/** Takes messages back that a consumer could not use (code 36). May wait for the disk: for a lane that may. */
public final class SendBackProcessor implements RequestProcessor {
    private final SendBackService service;

    public SendBackProcessor(SendBackService service) {
        this.service = service;
    }

    @Override
    public CompletionStage<Response> process(Request request) {
        return service.sendBack(request.decode(SendRpcs.CONSUMER_SEND_MSG_BACK), request.version())
                .thenApply(outcome -> outcome.fold(
                        taken -> Response.success(),
                        refused -> Response.refused(codeOf(refused.reason()), refused.detail())));
    }

    private static int codeOf(Refusal refusal) {
        return switch (refusal) {
            case UNKNOWN_GROUP -> ResponseCode.SUBSCRIPTION_GROUP_NOT_EXIST;
            case NOT_PERMITTED -> ResponseCode.NO_PERMISSION;
            case NO_MESSAGE, FAILED -> ResponseCode.SYSTEM_ERROR;
        };
    }
}
