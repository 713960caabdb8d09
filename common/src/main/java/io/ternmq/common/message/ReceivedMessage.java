package io.ternmq.common.message;

import java.nio.ByteBuffer;

/** Makes what applications are handed out of stored records. Stateless. */
public final class ReceivedMessage {

    private ReceivedMessage() {}

    /**
     * A message with its own copy of the body, as stored: perhaps compressed.
     *
     * @param brokerName the brokers it was read from
     */
    public static MessageExt of(MessageRecord record, String brokerName) {
        MessageExt message = new MessageExt();
        message.setTopic(record.topic());
        message.setBrokerName(brokerName);
        message.setQueueId(record.queueId());
        message.setStoreSize(record.size());
        message.setQueueOffset(record.queueOffset());
        message.setSysFlag(record.sysFlag());
        message.setFlag(record.flag());
        message.setBornTimestamp(record.bornMillis());
        message.setBornHost(record.bornHost());
        message.setStoreTimestamp(record.storeMillis());
        message.setStoreHost(record.storeHost());
        message.setCommitLogOffset(record.position());
        message.setBodyCRC(record.bodyCrc());
        message.setReconsumeTimes(record.reconsumeTimes());
        message.setPreparedTransactionOffset(record.preparedPosition());
        message.setPropertyText(record.properties());
        ByteBuffer stored = record.body();
        byte[] body = new byte[stored.remaining()];
        stored.get(body);
        message.setBody(body);
        return message;
    }
}
