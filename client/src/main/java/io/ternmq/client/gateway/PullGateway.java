package io.ternmq.client.gateway;

import io.ternmq.client.exception.MQBrokerException;
import io.ternmq.remoting.protocol.Reply;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.Rpc;
import io.ternmq.remoting.protocol.pull.PullAnswer;
import io.ternmq.remoting.protocol.pull.PullRequest;
import io.ternmq.remoting.protocol.pull.PullRpcs;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Reads messages from brokers. Stateless. */
public final class PullGateway {
    private final Calls calls;

    PullGateway(Calls calls) {
        this.calls = calls;
    }

    /** How a pull ended. */
    public enum PullOutcome {
        FOUND,
        /** Nothing at or after the offset within the time that the broker was let wait. */
        NOTHING_NEW,
        /** Messages were passed over; read on at the next offset. */
        NOTHING_MATCHED,
        /** The offset is outside the queue; the next offset is inside. */
        OFFSET_ILLEGAL
    }

    /** An outcome and what came with it. */
    public record Pulled(PullOutcome outcome, PullAnswer answer) {}

    public CompletionStage<Pulled> pull(String address, PullRequest question, Duration timeout) {
        return ask(address, PullRpcs.PULL_MESSAGE, question, timeout);
    }

    /** As {@link #pull}, for consumers that assign queues themselves. */
    public CompletionStage<Pulled> litePull(String address, PullRequest question, Duration timeout) {
        return ask(address, PullRpcs.LITE_PULL_MESSAGE, question, timeout);
    }

    private CompletionStage<Pulled> ask(
            String address, Rpc<PullRequest, PullAnswer> rpc, PullRequest question, Duration timeout) {
        return Answers.fold(
                calls.call(address, rpc, question, timeout),
                address,
                reply -> new Pulled(outcomeOf(reply, address), reply.decode(rpc)));
    }

    private static PullOutcome outcomeOf(Reply reply, String address) throws MQBrokerException {
        return switch (reply.code()) {
            case ResponseCode.SUCCESS -> PullOutcome.FOUND;
            case ResponseCode.PULL_NOT_FOUND -> PullOutcome.NOTHING_NEW;
            case ResponseCode.PULL_RETRY_IMMEDIATELY -> PullOutcome.NOTHING_MATCHED;
            case ResponseCode.PULL_OFFSET_MOVED -> PullOutcome.OFFSET_ILLEGAL;
            default -> throw Answers.refusal(reply, address);
        };
    }
}
