package io.ternmq.client.producer;

import io.ternmq.client.exception.ClientErrorCode;
import io.ternmq.client.exception.MQClientException;
import io.ternmq.client.gateway.SendGateway.Kind;
import io.ternmq.common.message.Message;
import io.ternmq.common.message.MessageBatch;
import io.ternmq.common.message.MessageProperties;
import io.ternmq.common.message.SystemFlags;
import io.ternmq.common.message.UniqueIds;
import io.ternmq.common.topic.TopicNames;
import io.ternmq.remoting.protocol.ResponseCode;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Checks messages and makes them ready, so that no attempt repeats that work. Does not change them. */
final class MessagePreparer {
    private static final int COMPRESSED_FLAGS = SystemFlags.COMPRESSED | SystemFlags.COMPRESSION_ZLIB;

    private static final String REPLY = "reply"; // as clients of this protocol spell it

    private static final String NOT_WAITING = MessageProperties.WAIT
            + MessageProperties.NAME_VALUE_SEPARATOR
            + false
            + MessageProperties.PROPERTY_SEPARATOR;

    private final SendSettings settings;
    private final UniqueIds ids;

    MessagePreparer(SendSettings settings, UniqueIds ids) {
        this.settings = settings;
        this.ids = ids;
    }

    /**
     * Makes one message ready.
     *
     * @throws MQClientException if it cannot be sent; the text says why
     */
    Outgoing prepare(Message message) throws MQClientException {
        check(message);
        String present = message.getProperty(MessageProperties.UNIQUE_KEY);
        String uniqueId = present == null ? ids.next() : present;
        String properties = present == null
                ? message.propertyTextWith(MessageProperties.UNIQUE_KEY, uniqueId)
                : message.propertyText();
        byte[] body = message.getBody();
        Optional<ByteBuffer> compressed =
                body.length >= settings.compressOverBytes() ? MessageCompressor.compress(body) : Optional.empty();
        return new Outgoing(
                List.of(message),
                isReply(message) ? Kind.REPLY : Kind.MESSAGE,
                settings.namespace().topic(message.getTopic()),
                compressed.orElseGet(() -> ByteBuffer.wrap(body)),
                properties,
                uniqueId,
                (compressed.isPresent() ? COMPRESSED_FLAGS : 0) | transactionFlag(message),
                message.getFlag());
    }

    /**
     * Makes several messages ready to travel together; batches are not compressed.
     *
     * @throws MQClientException if one cannot be sent, or they cannot travel together; the text says why
     */
    Outgoing prepare(Collection<? extends Message> messages) throws MQClientException {
        for (Message message : messages) {
            check(message);
        }
        MessageBatch batch;
        MessageBatch.Encoded encoded;
        try {
            batch = MessageBatch.of(messages);
            encoded = batch.encode(ids);
        } catch (IllegalArgumentException e) {
            throw new MQClientException(ResponseCode.MESSAGE_ILLEGAL, e.getMessage(), e);
        }
        requireSize("Batch", encoded.body().remaining());
        String properties = batch.isWaitStoreMsgOK() ? "" : NOT_WAITING;
        return new Outgoing(
                batch.messages(),
                Kind.BATCH,
                settings.namespace().topic(batch.topic()),
                encoded.body(),
                properties,
                String.join(",", encoded.uniqueIds()),
                0,
                0);
    }

    private static boolean isReply(Message message) {
        return REPLY.equals(message.getProperty(MessageProperties.MESSAGE_TYPE));
    }

    // The first half of a transaction: stored, and not delivered before it is committed.
    private static int transactionFlag(Message message) {
        return Boolean.parseBoolean(message.getProperty(MessageProperties.TRANSACTION_PREPARED))
                ? SystemFlags.TRANSACTION_PREPARED
                : SystemFlags.TRANSACTION_NONE;
    }

    /**
     * Checks one message.
     *
     * @throws MQClientException if it cannot be sent; the text says why
     */
    void check(Message message) throws MQClientException {
        if (message == null) {
            throw new MQClientException(ResponseCode.MESSAGE_ILLEGAL, "The message is null");
        }
        checkTopic(message.getTopic());
        byte[] body = message.getBody();
        if (body == null || body.length == 0) {
            throw new MQClientException(
                    ResponseCode.MESSAGE_ILLEGAL,
                    "The message to " + message.getTopic() + " has no body: expected 1 to " + settings.bodyBytesMax()
                            + " bytes");
        }
        requireSize("Body of the message", body.length);
    }

    private void checkTopic(String topic) throws MQClientException {
        Optional<String> problem = topic == null
                ? Optional.of("Topic is null")
                : TopicNames.problemOf(settings.namespace().topic(topic));
        if (problem.isPresent()) {
            throw new MQClientException(ClientErrorCode.UNKNOWN, problem.get());
        }
        if (TopicNames.isClosedToClients(topic)) {
            throw new MQClientException(
                    ClientErrorCode.UNKNOWN, "Topic " + topic + " is written by brokers only: choose another topic");
        }
    }

    private void requireSize(String subject, int bytes) throws MQClientException {
        if (bytes > settings.bodyBytesMax()) {
            throw new MQClientException(
                    ResponseCode.MESSAGE_ILLEGAL,
                    subject + " has " + bytes + " bytes, limit " + settings.bodyBytesMax() + " (maxMessageSize)");
        }
    }
}
