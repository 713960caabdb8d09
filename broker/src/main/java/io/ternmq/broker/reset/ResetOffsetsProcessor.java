package io.ternmq.broker.reset;

import io.ternmq.broker.reset.ResetOutcome.Refusal;
import io.ternmq.remoting.frame.LanguageCode;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.offset.OffsetRpcs;
import io.ternmq.remoting.protocol.offset.ResetAnswer;
import io.ternmq.remoting.server.Request;
import io.ternmq.remoting.server.RequestProcessor;
import io.ternmq.remoting.server.Response;
import java.util.concurrent.CompletionStage;

/** Has a group go on elsewhere (code 222). May wait for the disk: for a lane that may. */
public final class ResetOffsetsProcessor implements RequestProcessor {
    private final OffsetResets resets;

    public ResetOffsetsProcessor(OffsetResets resets) {
        this.resets = resets;
    }

    @Override
    public CompletionStage<Response> process(Request request) {
        // The tool says by its own language what its users' clients can read.
        boolean isListWanted = request.language() == LanguageCode.CPP;
        return resets.reset(request.decode(OffsetRpcs.INVOKE_BROKER_TO_RESET_OFFSET), isListWanted)
                .fold(
                        done -> Response.success(
                                OffsetRpcs.INVOKE_BROKER_TO_RESET_OFFSET, new ResetAnswer(done.offsets())),
                        refused -> Response.refused(codeOf(refused.reason()), refused.detail()))
                .now();
    }

    private static int codeOf(Refusal refusal) {
        return switch (refusal) {
            case UNKNOWN_TOPIC -> ResponseCode.TOPIC_NOT_EXIST;
            case UNKNOWN_GROUP -> ResponseCode.SUBSCRIPTION_GROUP_NOT_EXIST;
            case BAD_QUEUE -> ResponseCode.INVALID_PARAMETER;
            case NO_MEMBER -> ResponseCode.CONSUMER_NOT_ONLINE;
            case TABLE_FULL -> ResponseCode.SYSTEM_ERROR;
        };
    }
}
