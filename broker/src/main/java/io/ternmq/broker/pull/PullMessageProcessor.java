package io.ternmq.broker.pull;

import io.ternmq.broker.traffic.Traffic;
import io.ternmq.remoting.protocol.RequestCode;
import io.ternmq.remoting.protocol.pull.PullRequest;
import io.ternmq.remoting.protocol.pull.PullRpcs;
import io.ternmq.remoting.server.Request;
import io.ternmq.remoting.server.RequestProcessor;
import io.ternmq.remoting.server.Response;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/** Gives consumers the messages of a queue (codes 11 and 361). */
public final class PullMessageProcessor implements RequestProcessor {
    private final PullService service;
    private final BrokerHints hints;
    private final Traffic traffic;
    private final BooleanSupplier isLitePullAllowed;

    /** @param isLitePullAllowed whether code 361 is served; asked at each such pull */
    public PullMessageProcessor(
            PullService service, BrokerHints hints, Traffic traffic, BooleanSupplier isLitePullAllowed) {
        this.service = service;
        this.hints = hints;
        this.traffic = traffic;
        this.isLitePullAllowed = isLitePullAllowed;
    }

    @Override
    public CompletionStage<Response> process(Request request) {
        if (request.code() == RequestCode.LITE_PULL_MESSAGE && !isLitePullAllowed.getAsBoolean()) {
            return PullReply.to(new PullOutcome.Refused(
                            PullOutcome.Refusal.LITE_PULL_NOT_ALLOWED,
                            "This broker does not serve lite pulls (litePullMessageEnable)"))
                    .now();
        }
        PullRequest pull = request.decode(PullRpcs.PULL_MESSAGE);
        return service.pull(pull, request.connection()::execute).thenApply(outcome -> {
            count(pull, outcome);
            return PullReply.to(outcome, hints.of(pull.consumerGroup()));
        });
    }

    private void count(PullRequest pull, PullOutcome outcome) {
        int messages = outcome.fold(read -> read.result().records().size(), moved -> 0, refused -> 0);
        if (messages > 0) {
            traffic.got(pull.consumerGroup(), pull.topic(), messages);
        } else {
            traffic.missed();
        }
    }
}
