package io.ternmq.client.producer;

import io.ternmq.client.gateway.SendGateway.Stored;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.send.SendAnswer;

/** Puts a broker's answer into the form that applications know. Stateless. */
final class SendResults {

    private SendResults() {}

    static SendResult of(Outgoing message, MessageQueue queue, Stored stored, SendSettings settings) {
        SendAnswer answer = stored.answer();
        return new SendResult(
                statusOf(stored.code()),
                message.uniqueId(),
                answer.messageId(),
                settings.namespace().plain(queue),
                answer.queueOffset(),
                answer.transactionId().orElse(""),
                answer.region());
    }

    private static SendStatus statusOf(int code) {
        return switch (code) {
            case ResponseCode.SUCCESS -> SendStatus.SEND_OK;
            case ResponseCode.FLUSH_DISK_TIMEOUT -> SendStatus.FLUSH_DISK_TIMEOUT;
            case ResponseCode.FLUSH_SLAVE_TIMEOUT -> SendStatus.FLUSH_SLAVE_TIMEOUT;
            case ResponseCode.SLAVE_NOT_AVAILABLE -> SendStatus.SLAVE_NOT_AVAILABLE;
            default -> throw new IllegalStateException("code " + code + " is not one of a stored message");
        };
    }
}
