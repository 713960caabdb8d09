package io.ternmq.broker.pull;

import io.ternmq.broker.filter.FilterCompiler;
import io.ternmq.broker.filter.FilterOutcome;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.body.SubscriptionData;
import io.ternmq.remoting.protocol.session.SessionRpcs;
import io.ternmq.remoting.server.Request;
import io.ternmq.remoting.server.RequestProcessor;
import io.ternmq.remoting.server.Response;
import java.util.concurrent.CompletionStage;

/** Tells a consumer that starts whether its subscription can be evaluated here (code 46). */
public final class CheckSubscriptionProcessor implements RequestProcessor {
    private final FilterCompiler filters;

    public CheckSubscriptionProcessor(FilterCompiler filters) {
        this.filters = filters;
    }

    @Override
    public CompletionStage<Response> process(Request request) {
        SubscriptionData subscription =
                request.decode(SessionRpcs.CHECK_CLIENT_CONFIG).subscription();
        FilterOutcome outcome = filters.compile(subscription.expressionType(), subscription.expression());
        return outcome.fold(
                        compiled -> Response.success(),
                        refused -> Response.refused(codeOf(refused.reason()), refused.detail()))
                .now();
    }

    private static int codeOf(FilterOutcome.Refusal refusal) {
        return switch (refusal) {
            case MALFORMED -> ResponseCode.SUBSCRIPTION_PARSE_FAILED;
            case TYPE_NOT_SUPPORTED -> ResponseCode.SYSTEM_ERROR;
        };
    }
}
