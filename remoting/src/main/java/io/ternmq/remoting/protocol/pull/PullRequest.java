package io.ternmq.remoting.protocol.pull;

import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.protocol.PayloadCodec;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Asks for messages of one queue from an offset on; codes 11 and 361.
 *
 * @param consumerGroup the reader's group
 * @param topic the topic
 * @param queueId the queue
 * @param queueOffset offset of the first message wanted
 * @param messagesMax at most so many messages
 * @param sysFlag bits of {@link PullFlags}
 * @param commitOffset offset to store for the group, if the flag says so
 * @param suspendMillis longest wait for a message, if the flag allows one
 * @param subscription the expression, if the flag says so
 * @param subscriptionVersion version of the expression, wall milliseconds of the client
 * @param expressionType {@code TAG} or {@code SQL92}
 * @param bytesMax at most so many bytes; from 5.x clients
 * @param brokerName the broker it is meant for, where the sender says so
 */
public record PullRequest(
        String consumerGroup,
        String topic,
        int queueId,
        long queueOffset,
        int messagesMax,
        int sysFlag,
        long commitOffset,
        long suspendMillis,
        Optional<String> subscription,
        long subscriptionVersion,
        Optional<String> expressionType,
        OptionalInt bytesMax,
        Optional<String> brokerName) {
    static final PayloadCodec<PullRequest> CODEC = PayloadCodec.header(PullRequest::encode, PullRequest::decode);

    private static final String BYTES_MAX = "maxMsgBytes";

    public boolean commitsOffset() {
        return (sysFlag & PullFlags.COMMIT_OFFSET) != 0;
    }

    public boolean maySuspend() {
        return (sysFlag & PullFlags.SUSPEND) != 0;
    }

    public boolean hasSubscription() {
        return (sysFlag & PullFlags.SUBSCRIPTION) != 0;
    }

    public boolean hasClassFilter() {
        return (sysFlag & PullFlags.CLASS_FILTER) != 0;
    }

    private HeaderFields encode() {
        HeaderFields.Builder fields = HeaderFields.builder()
                .put("consumerGroup", consumerGroup)
                .put("topic", topic)
                .put("queueId", queueId)
                .put("queueOffset", queueOffset)
                .put("maxMsgNums", messagesMax)
                .put("sysFlag", sysFlag)
                .put("commitOffset", commitOffset)
                .put("suspendTimeoutMillis", suspendMillis)
                .put("subscription", subscription)
                .put("subVersion", subscriptionVersion)
                .put("expressionType", expressionType);
        if (bytesMax.isPresent()) {
            fields.put(BYTES_MAX, bytesMax.getAsInt());
        }
        return fields.put("bname", brokerName).build();
    }

    private static PullRequest decode(HeaderFields fields) {
        return new PullRequest(
                fields.text("consumerGroup"),
                fields.text("topic"),
                fields.int32("queueId"),
                fields.int64("queueOffset"),
                fields.int32("maxMsgNums"),
                fields.int32("sysFlag"),
                fields.int64("commitOffset"),
                fields.int64("suspendTimeoutMillis"),
                fields.findText("subscription"),
                fields.int64("subVersion"),
                fields.findText("expressionType"),
                fields.contains(BYTES_MAX) ? OptionalInt.of(fields.int32(BYTES_MAX)) : OptionalInt.empty(),
                fields.findText("bname"));
    }
}
