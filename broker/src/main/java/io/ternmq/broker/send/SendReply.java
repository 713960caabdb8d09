package io.ternmq.broker.send;

import io.ternmq.broker.send.SendOutcome.Refusal;
import io.ternmq.broker.store.AppendOutcome.Confirmation;
import io.ternmq.remoting.frame.Payload;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.send.SendAnswer;
import io.ternmq.remoting.protocol.send.SendRpcs;
import io.ternmq.remoting.server.Response;
import java.util.Optional;

/** Turns outcomes of sends into answers: the one place where they get their codes. Immutable. */
final class SendReply {
    private final SendConfig config;
    private final Payload refusal;

    SendReply(SendConfig config) {
        this.config = config;
        this.refusal = Payload.of(SendAnswer.refusalFields(config.regionId(), config.isTraced()));
    }

    Response to(SendOutcome outcome) {
        return outcome.fold(this::stored, refused -> refused(codeOf(refused.reason()), refused.detail()));
    }

    private Response stored(SendOutcome.Stored stored) {
        SendAnswer answer = SendAnswer.stored(
                stored.messageIds(),
                stored.queueId(),
                stored.queueOffset(),
                stored.uniqueKey(),
                config.regionId(),
                config.isTraced());
        if (stored.confirmation() == Confirmation.CONFIRMED) {
            return Response.success(SendRpcs.SEND_MESSAGE_V2, answer);
        }
        return Response.of(
                codeOf(stored.confirmation()), stored.confirmation().name(), SendRpcs.SEND_MESSAGE_V2, answer);
    }

    private Response refused(int code, String detail) {
        return new Response(code, Optional.of(detail), refusal);
    }

    private static int codeOf(Confirmation confirmation) {
        return switch (confirmation) {
            case CONFIRMED -> ResponseCode.SUCCESS;
            case FLUSH_TIMED_OUT -> ResponseCode.FLUSH_DISK_TIMEOUT;
            case REPLICA_TIMED_OUT -> ResponseCode.FLUSH_SLAVE_TIMEOUT;
            case NO_REPLICA -> ResponseCode.SLAVE_NOT_AVAILABLE;
        };
    }

    private static int codeOf(Refusal refusal) {
        return switch (refusal) {
            case ILLEGAL_MESSAGE, NOT_SUPPORTED -> ResponseCode.MESSAGE_ILLEGAL;
            case BAD_TARGET -> ResponseCode.INVALID_PARAMETER;
            case UNKNOWN_TOPIC -> ResponseCode.TOPIC_NOT_EXIST;
            case UNKNOWN_GROUP -> ResponseCode.SUBSCRIPTION_GROUP_NOT_EXIST;
            case NOT_PERMITTED -> ResponseCode.NO_PERMISSION;
            case BUSY -> ResponseCode.SYSTEM_BUSY;
            case UNAVAILABLE -> ResponseCode.SERVICE_NOT_AVAILABLE;
            case FAILED -> ResponseCode.SYSTEM_ERROR;
        };
    }
}
