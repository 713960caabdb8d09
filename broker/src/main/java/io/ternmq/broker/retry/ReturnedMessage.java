package io.ternmq.broker.retry;

import io.ternmq.broker.store.MessageDraft;
import io.ternmq.common.message.MessageId;
import io.ternmq.common.message.MessageProperties;
import io.ternmq.common.message.MessageRecord;
import io.ternmq.common.message.PropertyString;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * A message that a consumer could not use, as it was read from the log. Immutable.
 *
 * @param topic the topic it was read from, perhaps a retry topic
 * @param messageId the broker's id
 * @param reconsumeTimes how often it was sent back before
 * @param body a copy
 */
record ReturnedMessage(
        String topic,
        String messageId,
        int flag,
        int sysFlag,
        long bornMillis,
        InetSocketAddress bornHost,
        int reconsumeTimes,
        String properties,
        ByteBuffer body) {

    /** What a record holds; the record is not kept. */
    static ReturnedMessage of(MessageRecord record) {
        ByteBuffer body =
                ByteBuffer.allocate(record.bodyBytes()).put(record.body()).flip();
        return new ReturnedMessage(
                record.topic(),
                MessageId.format(record.storeHost(), record.position()),
                record.flag(),
                record.sysFlag(),
                record.bornMillis(),
                record.bornHost(),
                record.reconsumeTimes(),
                record.properties(),
                body);
    }

    /**
     * The message that is stored for it.
     *
     * @param delayLevel how long it is held back; 0 for not at all
     */
    MessageDraft again(String retryTopic, int queueId, int delayLevel) {
        return new MessageDraft(
                retryTopic,
                queueId,
                flag,
                sysFlag,
                bornMillis,
                bornHost,
                reconsumeTimes + 1,
                0,
                propertiesAgain(delayLevel),
                body,
                delayLevel);
    }

    // The first topic and the first id stay with it however often it comes back; a copy is no send of its own.
    private String propertiesAgain(int delayLevel) {
        String text = PropertyString.remove(properties, MessageProperties.SEND_ID);
        text = withDefault(text, MessageProperties.RETRY_TOPIC, topic);
        text = withDefault(text, MessageProperties.ORIGIN_MESSAGE_ID, messageId);
        return PropertyString.append(
                PropertyString.remove(text, MessageProperties.DELAY),
                MessageProperties.DELAY,
                Integer.toString(delayLevel));
    }

    private static String withDefault(String properties, String name, String value) {
        return PropertyString.find(properties, name).isPresent()
                ? properties
                : PropertyString.append(properties, name, value);
    }
}
