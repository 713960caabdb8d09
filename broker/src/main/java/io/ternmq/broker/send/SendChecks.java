package io.ternmq.broker.send;

import io.ternmq.broker.send.SendOutcome.Refusal;
import io.ternmq.broker.send.SendOutcome.Refused;
import io.ternmq.common.message.SystemFlags;
import io.ternmq.common.topic.Permission;
import io.ternmq.common.topic.TopicConfig;
import io.ternmq.common.topic.TopicNames;
import io.ternmq.remoting.protocol.send.SendRequest;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * What a message must be like to be taken. A message whose meaning this broker does not know is refused here and never
 * stored as an ordinary one. Stateless.
 */
public final class SendChecks {
    /** Bytes of UTF-8 that the properties of a record may take. */
    static final int PROPERTIES_BYTES_MAX = Short.MAX_VALUE;

    private static final int BYTES_PER_UNIT_MAX = 3; // of UTF-8, for one UTF-16 unit

    private final SendConfig config;
    private final IntSupplier brokerPermission;

    /** @param brokerPermission bits of {@link Permission} that hold for all topics of this broker, asked at each send */
    public SendChecks(SendConfig config, IntSupplier brokerPermission) {
        this.config = config;
        this.brokerPermission = brokerPermission;
    }

    /** Looks at what is said once for all messages of a send. */
    Optional<Refused> refuse(SendRequest request) {
        int bodyBytes = request.body().remaining();
        if (bodyBytes > config.bodyBytesMax()) {
            return refused(
                    Refusal.ILLEGAL_MESSAGE,
                    "Body has " + bodyBytes + " bytes: expected at most " + config.bodyBytesMax()
                            + " (maxMessageSize)");
        }
        if (SystemFlags.transaction(request.sysFlag()) != SystemFlags.TRANSACTION_NONE) {
            return refused(Refusal.NOT_SUPPORTED, "This broker does not take messages of transactions yet");
        }
        if (SystemFlags.isSet(request.sysFlag(), SystemFlags.INNER_BATCH | SystemFlags.NEEDS_UNWRAP)) {
            return refused(Refusal.ILLEGAL_MESSAGE, "Flags " + request.sysFlag() + " are the broker's own to set");
        }
        if (!Permission.isWritable(brokerPermission.getAsInt())) {
            return refused(Refusal.NOT_PERMITTED, "This broker is not writable (brokerPermission)");
        }
        if (TopicNames.isClosedToClients(request.topic())) {
            return refused(Refusal.NOT_PERMITTED, "Topic " + request.topic() + " is the broker's own to write");
        }
        return Optional.empty();
    }

    /** Looks at the properties of one message. */
    Optional<Refused> refuse(SentProperties properties) {
        if (properties.isHalfMessage()) {
            return refused(Refusal.NOT_SUPPORTED, "This broker does not take messages of transactions yet");
        }
        return properties
                .wronglyHeldBackBy()
                .map(pair -> new Refused(
                        Refusal.NOT_SUPPORTED,
                        "This broker holds messages back by delay levels (DELAY) alone: " + pair + " must not be set"));
    }

    /** Looks at the properties of one message of a batch, or of the batch as a whole. */
    Optional<Refused> refuseInBatch(SentProperties properties) {
        return properties.delayLevel() > 0
                ? refused(
                        Refusal.ILLEGAL_MESSAGE,
                        "DELAY=" + properties.delayLevel()
                                + " must not be set in a batch: messages are held back one by one")
                : refuse(properties);
    }

    /** Looks at the property string as it is to be stored. */
    Optional<Refused> refuseStored(String properties) {
        if (properties.length() * BYTES_PER_UNIT_MAX <= PROPERTIES_BYTES_MAX) {
            return Optional.empty(); // short enough whatever is in it, as nearly all are
        }
        long bytes = utf8Bytes(properties);
        return bytes <= PROPERTIES_BYTES_MAX
                ? Optional.empty()
                : refused(
                        Refusal.ILLEGAL_MESSAGE,
                        "Properties have " + bytes + " bytes with the broker's own: expected at most "
                                + PROPERTIES_BYTES_MAX);
    }

    /** Looks at where the message is to go. */
    Optional<Refused> refuse(TopicConfig topic, int queueId) {
        if (!Permission.isWritable(topic.permission())) {
            return refused(Refusal.NOT_PERMITTED, "Topic " + topic.name() + " is not writable");
        }
        int queues = Math.max(topic.readQueues(), topic.writeQueues());
        if (queueId >= queues) {
            return refused(
                    Refusal.BAD_TARGET,
                    "request queueId[" + queueId + "] is illegal: topic " + topic.name() + " has " + queues
                            + " queues");
        }
        return Optional.empty();
    }

    private static long utf8Bytes(String text) {
        long bytes = 0;
        for (int index = 0; index < text.length(); index++) {
            char unit = text.charAt(index);
            if (unit < 0x80) {
                bytes++;
            } else if (unit < 0x800) {
                bytes += 2;
            } else if (Character.isHighSurrogate(unit) && index + 1 < text.length()) {
                bytes += 4;
                index++;
            } else {
                bytes += 3;
            }
        }
        return bytes;
    }

    private static Optional<Refused> refused(Refusal reason, String detail) {
        return Optional.of(new Refused(reason, detail));
    }
}
