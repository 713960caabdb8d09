package io.ternmq.broker.pull;

import io.ternmq.broker.pull.PullOutcome.Refusal;
import io.ternmq.broker.store.ReadResult;
import io.ternmq.remoting.frame.Body;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.pull.PullAnswer;
import io.ternmq.remoting.protocol.pull.PullRpcs;
import io.ternmq.remoting.server.Response;
import java.util.OptionalInt;

/** Turns outcomes of pulls into answers: the one place where they get their codes. Stateless. */
final class PullReply {
    private static final String RESET = "OFFSET_RESET";
    private static final int FORBIDDEN_BY_BROKER = 1;
    private static final int FORBIDDEN_BY_GROUP = 2;
    private static final int FORBIDDEN_BY_TOPIC = 3;
    private static final int FORBIDDEN_TO_BROADCAST = 4;

    private PullReply() {}

    /** An answer that leaves readers where they are. */
    static Response to(PullOutcome outcome) {
        return to(outcome, BrokerHint.STAY);
    }

    static Response to(PullOutcome outcome, BrokerHint hint) {
        return outcome.fold(read -> read(read, hint), moved -> moved(moved, hint), PullReply::refused);
    }

    private static Response moved(PullOutcome.Moved moved, BrokerHint hint) {
        PullAnswer answer = new PullAnswer(
                hint.brokerId(false),
                moved.offset(),
                moved.range().minOffset(),
                moved.range().maxOffset(),
                OptionalInt.empty(),
                Body.empty());
        return Response.of(ResponseCode.PULL_OFFSET_MOVED, RESET, PullRpcs.PULL_MESSAGE, answer);
    }

    private static Response read(PullOutcome.Read read, BrokerHint hint) {
        ReadResult result = read.result();
        long brokerId = hint.brokerId(result.isReaderSlow());
        int code = codeOf(result.status(), read.requestedOffset());
        if (code == ResponseCode.SUCCESS) {
            return Response.of(
                    code,
                    result.status().wireName(),
                    PullRpcs.PULL_MESSAGE,
                    answer(result, brokerId, Body.leased(result.records(), result.onRelease())));
        }
        result.release();
        return Response.of(
                code, result.status().wireName(), PullRpcs.PULL_MESSAGE, answer(result, brokerId, Body.empty()));
    }

    private static PullAnswer answer(ReadResult result, long brokerId, Body messages) {
        return new PullAnswer(
                brokerId, result.nextOffset(), result.minOffset(), result.maxOffset(), OptionalInt.empty(), messages);
    }

    private static int codeOf(ReadResult.Status status, long requestedOffset) {
        return switch (status) {
            case FOUND -> ResponseCode.SUCCESS;
            case NO_MATCH, RECORDS_REMOVED -> ResponseCode.PULL_RETRY_IMMEDIATELY;
            case UNKNOWN_QUEUE, EMPTY_QUEUE ->
                requestedOffset == 0 ? ResponseCode.PULL_NOT_FOUND : ResponseCode.PULL_OFFSET_MOVED;
            case AT_END -> ResponseCode.PULL_NOT_FOUND;
            case BEYOND_END, BEFORE_START -> ResponseCode.PULL_OFFSET_MOVED;
        };
    }

    private static Response refused(PullOutcome.Refused refused) {
        OptionalInt forbidden = forbiddenBy(refused.reason());
        int code = codeOf(refused.reason());
        if (forbidden.isEmpty()) {
            return Response.refused(code, refused.detail());
        }
        PullAnswer answer = new PullAnswer(0, 0, 0, 0, forbidden, Body.empty());
        return Response.of(code, refused.detail(), PullRpcs.PULL_MESSAGE, answer);
    }

    private static int codeOf(Refusal refusal) {
        return switch (refusal) {
            case BROKER_NOT_READABLE,
                    GROUP_NOT_READABLE,
                    TOPIC_NOT_READABLE,
                    BROADCAST_NOT_ALLOWED,
                    LITE_PULL_NOT_ALLOWED -> ResponseCode.NO_PERMISSION;
            case UNKNOWN_TOPIC -> ResponseCode.TOPIC_NOT_EXIST;
            case UNKNOWN_GROUP -> ResponseCode.SUBSCRIPTION_GROUP_NOT_EXIST;
            case BAD_QUEUE -> ResponseCode.INVALID_PARAMETER;
            case NOT_SUBSCRIBED -> ResponseCode.SUBSCRIPTION_NOT_EXIST;
            case SUBSCRIPTION_OLD -> ResponseCode.SUBSCRIPTION_NOT_LATEST;
            case EXPRESSION_MALFORMED -> ResponseCode.SUBSCRIPTION_PARSE_FAILED;
            case EXPRESSION_NOT_SUPPORTED -> ResponseCode.SYSTEM_ERROR;
            case BUSY -> ResponseCode.SYSTEM_BUSY;
        };
    }

    private static OptionalInt forbiddenBy(Refusal refusal) {
        return switch (refusal) {
            case BROKER_NOT_READABLE -> OptionalInt.of(FORBIDDEN_BY_BROKER);
            case GROUP_NOT_READABLE -> OptionalInt.of(FORBIDDEN_BY_GROUP);
            case TOPIC_NOT_READABLE -> OptionalInt.of(FORBIDDEN_BY_TOPIC);
            case BROADCAST_NOT_ALLOWED -> OptionalInt.of(FORBIDDEN_TO_BROADCAST);
            case LITE_PULL_NOT_ALLOWED,
                    UNKNOWN_TOPIC,
                    UNKNOWN_GROUP,
                    BAD_QUEUE,
                    NOT_SUBSCRIBED,
                    SUBSCRIPTION_OLD,
                    EXPRESSION_MALFORMED,
                    EXPRESSION_NOT_SUPPORTED,
                    BUSY -> OptionalInt.empty();
        };
    }
}
