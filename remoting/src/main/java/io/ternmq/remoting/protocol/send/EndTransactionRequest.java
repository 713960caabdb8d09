package io.ternmq.remoting.protocol.send;

import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.protocol.PayloadCodec;
import java.util.Optional;

/**
 * What becomes of a half message; code 37, sent one-way.
 *
 * @param topic the real topic; from 5.x clients
 * @param producerGroup must be the group that sent the half message
 * @param halfQueueOffset queue offset of the half message
 * @param position of the half message in the commit log
 * @param outcome one of {@link io.ternmq.common.message.SystemFlags}' transaction values: commit, rollback, or none
 *     for unknown
 * @param isFromCheck whether the broker had asked
 * @param messageId unique key of the message
 * @param transactionId the same, as most clients send it
 */
public record EndTransactionRequest(
        Optional<String> topic,
        String producerGroup,
        long halfQueueOffset,
        long position,
        int outcome,
        boolean isFromCheck,
        String messageId,
        Optional<String> transactionId) {
    static final PayloadCodec<EndTransactionRequest> CODEC =
            PayloadCodec.header(EndTransactionRequest::encode, EndTransactionRequest::decode);

    private HeaderFields encode() {
        return HeaderFields.builder()
                .put("topic", topic)
                .put("producerGroup", producerGroup)
                .put("tranStateTableOffset", halfQueueOffset)
                .put("commitLogOffset", position)
                .put("commitOrRollback", outcome)
                .put("fromTransactionCheck", isFromCheck)
                .put("msgId", messageId)
                .put("transactionId", transactionId)
                .build();
    }

    private static EndTransactionRequest decode(HeaderFields fields) {
        return new EndTransactionRequest(
                fields.findText("topic"),
                fields.text("producerGroup"),
                fields.int64("tranStateTableOffset"),
                fields.int64("commitLogOffset"),
                fields.int32("commitOrRollback"),
                fields.flag("fromTransactionCheck", false),
                fields.text("msgId"),
                fields.findText("transactionId"));
    }
}
