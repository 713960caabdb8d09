package io.ternmq.broker.topic;

import io.ternmq.broker.topic.TopicOutcome.Refusal;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.server.Response;

/** Turns outcomes of changes into answers: the one place where they get their codes. Stateless. */
final class TopicReply {
    private TopicReply() {}

    static Response to(TopicOutcome outcome) {
        return outcome.fold(
                done -> Response.success(), refused -> Response.refused(codeOf(refused.reason()), refused.detail()));
    }

    static Response unknown(String topic) {
        return Response.refused(ResponseCode.TOPIC_NOT_EXIST, "Topic " + topic + " does not exist on this broker");
    }

    private static int codeOf(Refusal refusal) {
        return switch (refusal) {
            case BAD_NAME, BAD_VALUE, RESERVED -> ResponseCode.INVALID_PARAMETER;
            case UNKNOWN -> ResponseCode.TOPIC_NOT_EXIST;
            case BUSY -> ResponseCode.SYSTEM_BUSY;
            case TABLE_FULL, NOT_DELETABLE, NOT_SAVED -> ResponseCode.SYSTEM_ERROR;
        };
    }
}
