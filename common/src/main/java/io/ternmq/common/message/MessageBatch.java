package io.ternmq.common.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Several messages to one topic that are sent, and stored in one queue, together. Immutable as long as its messages
 * are.
 */
public final class MessageBatch {
    private static final String RETRY_TOPIC_PREFIX = "%RETRY%";
    private static final int PROPERTIES_BYTES_MAX = Short.MAX_VALUE;
    private static final int ENTRY_HEAD_BYTES = 5 * Integer.BYTES + Short.BYTES;

    private final List<Message> messages;

    private MessageBatch(List<Message> messages) {
        this.messages = messages;
    }

    /**
     * The form of a batch on the wire.
     *
     * @param body one entry after the other, from position to limit
     * @param uniqueIds the id of each message, in order
     */
    public record Encoded(ByteBuffer body, List<String> uniqueIds) {}

    /**
     * Checks that the messages can travel together.
     *
     * @throws IllegalArgumentException if there is no message, or they cannot travel together: different topics or
     *     {@code waitStoreMsgOK}, a delay, a retry topic
     */
    public static MessageBatch of(Collection<? extends Message> messages) {
        if (messages.isEmpty()) {
            throw new IllegalArgumentException("A batch needs at least one message");
        }
        List<Message> list = List.copyOf(messages);
        Message first = list.get(0);
        for (Message message : list) {
            requireBatchable(first, message);
        }
        return new MessageBatch(list);
    }

    public List<Message> messages() {
        return messages;
    }

    public String topic() {
        return messages.get(0).getTopic();
    }

    public boolean isWaitStoreMsgOK() {
        return messages.get(0).isWaitStoreMsgOK();
    }

    /**
     * Encodes all messages, giving each a unique id that has none.
     *
     * <pre>
     * size 4 | magic 0 4 | crc 0 4 | flag 4 | body length 4, body | properties length 2, properties      big-endian
     * </pre>
     *
     * @throws IllegalArgumentException if the properties of a message are longer than 32767 bytes
     */
    public Encoded encode(UniqueIds ids) {
        List<byte[]> properties = new ArrayList<>(messages.size());
        List<String> uniqueIds = new ArrayList<>(messages.size());
        int size = 0;
        for (Message message : messages) {
            byte[] encoded = encodeProperties(message, ids, uniqueIds);
            properties.add(encoded);
            size = Math.addExact(size, ENTRY_HEAD_BYTES + message.getBody().length + encoded.length);
        }
        ByteBuffer target = ByteBuffer.allocate(size);
        for (int index = 0; index < messages.size(); index++) {
            putEntry(target, messages.get(index), properties.get(index));
        }
        return new Encoded(target.flip(), List.copyOf(uniqueIds));
    }

    private static byte[] encodeProperties(Message message, UniqueIds ids, List<String> uniqueIds) {
        String present = message.getProperty(MessageProperties.UNIQUE_KEY);
        String uniqueId = present == null ? ids.next() : present;
        String text = present == null
                ? message.propertyTextWith(MessageProperties.UNIQUE_KEY, uniqueId)
                : message.propertyText();
        uniqueIds.add(uniqueId);
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        if (encoded.length > PROPERTIES_BYTES_MAX) {
            throw new IllegalArgumentException("Properties of a message of the batch have " + encoded.length
                    + " bytes, limit " + PROPERTIES_BYTES_MAX);
        }
        return encoded;
    }

    private static void putEntry(ByteBuffer target, Message message, byte[] properties) {
        byte[] body = message.getBody();
        target.putInt(ENTRY_HEAD_BYTES + body.length + properties.length)
                .putInt(0)
                .putInt(0)
                .putInt(message.getFlag())
                .putInt(body.length)
                .put(body)
                .putShort((short) properties.length)
                .put(properties);
    }

    private static void requireBatchable(Message first, Message message) {
        if (message.getTopic() == null || !message.getTopic().equals(first.getTopic())) {
            throw new IllegalArgumentException(
                    "All messages of a batch need one topic: found " + first.getTopic() + " and " + message.getTopic());
        }
        if (message.isWaitStoreMsgOK() != first.isWaitStoreMsgOK()) {
            throw new IllegalArgumentException(
                    "All messages of a batch need the same waitStoreMsgOK: found true and false");
        }
        if (message.getDelayTimeLevel() > 0) {
            throw new IllegalArgumentException(
                    "A message of a batch cannot be delayed: found delay level " + message.getDelayTimeLevel());
        }
        if (message.getTopic().startsWith(RETRY_TOPIC_PREFIX)) {
            throw new IllegalArgumentException("A batch cannot go to retry topic " + message.getTopic());
        }
    }
}
