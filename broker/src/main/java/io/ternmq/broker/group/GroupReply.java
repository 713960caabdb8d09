package io.ternmq.broker.group;

import io.ternmq.broker.group.GroupOutcome.Refusal;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.server.Response;

/** Turns outcomes of changes into answers: the one place where they get their codes. Stateless. */
final class GroupReply {
    private GroupReply() {}

    static Response to(GroupOutcome outcome) {
        return outcome.fold(
                done -> Response.success(), refused -> Response.refused(codeOf(refused.reason()), refused.detail()));
    }

    static Response unknown(String group) {
        return Response.refused(
                ResponseCode.SUBSCRIPTION_GROUP_NOT_EXIST,
                "subscription group [" + group + "] does not exist on this broker");
    }

    private static int codeOf(Refusal refusal) {
        return switch (refusal) {
            case BAD_NAME -> ResponseCode.INVALID_PARAMETER;
            case UNKNOWN -> ResponseCode.SUBSCRIPTION_GROUP_NOT_EXIST;
            case BUSY -> ResponseCode.SYSTEM_BUSY;
            case TABLE_FULL, NOT_SAVED -> ResponseCode.SYSTEM_ERROR;
        };
    }
}
