package io.ternmq.remoting.protocol.send;

import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.protocol.PayloadCodec;
import java.util.Optional;

/**
 * What became of a stored message; goes with code 0 and with 10, 11 and 12, which say that it is stored but not yet as
 * safe as was asked for.
 *
 * @param messageId where the message lies: host and position; for a batch one for each message, joined by commas
 * @param queueId the queue written
 * @param queueOffset of the message, for a batch of its first
 * @param transactionId the message's unique key
 * @param batchUniqueId of batches stored as one record
 * @param recallHandle takes a delayed message back
 * @param region the broker's region, for tracing
 * @param isTraced whether the broker wants the message traced
 */
public record SendAnswer(
        String messageId,
        int queueId,
        long queueOffset,
        Optional<String> transactionId,
        Optional<String> batchUniqueId,
        Optional<String> recallHandle,
        String region,
        boolean isTraced) {
    public static final String DEFAULT_REGION = "DefaultRegion";

    static final PayloadCodec<SendAnswer> CODEC = PayloadCodec.header(SendAnswer::encode, SendAnswer::decode);

    private static final String REGION = "MSG_REGION";
    private static final String TRACE_ON = "TRACE_ON";

    /** The usual answer: stored, nothing special about it. */
    public static SendAnswer stored(
            String messageId, int queueId, long queueOffset, String transactionId, String region, boolean isTraced) {
        return new SendAnswer(
                messageId,
                queueId,
                queueOffset,
                Optional.of(transactionId),
                Optional.empty(),
                Optional.empty(),
                region,
                isTraced);
    }

    /** Fields of a refusal: official clients read them from answers of every code and fail where there are none. */
    public static HeaderFields refusalFields(String region, boolean isTraced) {
        return HeaderFields.builder()
                .put(REGION, region)
                .put(TRACE_ON, isTraced)
                .build();
    }

    private HeaderFields encode() {
        return HeaderFields.builder()
                .put("msgId", messageId)
                .put("queueId", queueId)
                .put("queueOffset", queueOffset)
                .put("transactionId", transactionId)
                .put("batchUniqId", batchUniqueId)
                .put("recallHandle", recallHandle)
                .put(REGION, region)
                .put(TRACE_ON, isTraced)
                .build();
    }

    private static SendAnswer decode(HeaderFields fields) {
        return new SendAnswer(
                fields.text("msgId"),
                fields.int32("queueId"),
                fields.int64("queueOffset"),
                fields.findText("transactionId"),
                fields.findText("batchUniqId"),
                fields.findText("recallHandle"),
                fields.text(REGION, DEFAULT_REGION),
                fields.flag(TRACE_ON, true));
    }
}
