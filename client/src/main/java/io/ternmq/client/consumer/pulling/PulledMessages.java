package io.ternmq.client.consumer.pulling;

import io.ternmq.common.message.MessageExt;
import io.ternmq.common.message.MessageRecord;
import io.ternmq.common.message.ReceivedMessage;
import io.ternmq.common.message.SystemFlags;
import io.ternmq.remoting.frame.Body;
import io.ternmq.remoting.protocol.body.SubscriptionData;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns the records that a pull brought into messages. Stateless. */
public final class PulledMessages {
    private static final Logger log = LoggerFactory.getLogger(PulledMessages.class);

    private PulledMessages() {}

    /** The messages in order. Bytes that are no record end them: the rest is left out, and said so in the log. */
    public static List<MessageExt> decode(Body body, String brokerName) {
        List<MessageExt> messages = new ArrayList<>();
        for (ByteBuffer buffer : body.buffers()) {
            decode(buffer.duplicate(), brokerName, messages);
        }
        return messages;
    }

    /** Those that a subscription wants. Brokers compare hashes of tags, so one of another tag may come along. */
    public static List<MessageExt> matching(List<MessageExt> messages, SubscriptionData subscription) {
        if (subscription.tags().isEmpty() || subscription.isClassFilter()) {
            return messages;
        }
        return messages.stream()
                .filter(message ->
                        message.getTags() != null && subscription.tags().contains(message.getTags()))
                .toList();
    }

    private static void decode(ByteBuffer buffer, String brokerName, List<MessageExt> messages) {
        MessageRecord record = new MessageRecord();
        while (buffer.hasRemaining()) {
            if (!record.wrap(buffer)) {
                log.warn(
                        "Pulled bytes are no message: the rest of the answer is left out. broker={} bytes={} messagesBefore={}",
                        brokerName,
                        buffer.remaining(),
                        messages.size());
                return;
            }
            MessageExt message = ReceivedMessage.of(record, brokerName);
            if (SystemFlags.isSet(record.sysFlag(), SystemFlags.COMPRESSED)) {
                inflate(message, record);
            }
            messages.add(message);
            buffer.position(buffer.position() + record.size());
        }
    }

    private static void inflate(MessageExt message, MessageRecord record) {
        int type = record.sysFlag() & SystemFlags.COMPRESSION_MASK;
        boolean isZlib = type == SystemFlags.COMPRESSION_UNSPECIFIED || type == SystemFlags.COMPRESSION_ZLIB;
        Optional<byte[]> body = isZlib ? BodyInflater.inflate(record.body()) : Optional.empty();
        if (body.isPresent()) {
            message.setBody(body.get());
            message.setSysFlag(message.getSysFlag() & ~SystemFlags.COMPRESSED);
        } else {
            log.warn(
                    "Body cannot be inflated: it is delivered as it came. msgId={} sysFlag={} bodyBytes={}",
                    message.getMsgId(),
                    message.getSysFlag(),
                    record.bodyBytes());
        }
    }
}
