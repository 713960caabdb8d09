package io.ternmq.client.producer;

import io.ternmq.common.message.MessageQueue;

/** Where and how a message was stored. Immutable. */
public final class SendResult {
    private final SendStatus sendStatus;
    private final String msgId;
    private final String offsetMsgId;
    private final MessageQueue messageQueue;
    private final long queueOffset;
    private final String transactionId;
    private final String regionId;

    /**
     * Tells of a stored message.
     *
     * @param msgId the client's unique id; for a batch those of all messages, joined by commas
     * @param offsetMsgId the broker's id, likewise
     * @param queueOffset of the message, or the first of a batch
     * @param transactionId empty if the broker gave none
     * @param regionId empty if the broker gave none
     */
    public SendResult(
            SendStatus sendStatus,
            String msgId,
            String offsetMsgId,
            MessageQueue messageQueue,
            long queueOffset,
            String transactionId,
            String regionId) {
        this.sendStatus = sendStatus;
        this.msgId = msgId;
        this.offsetMsgId = offsetMsgId;
        this.messageQueue = messageQueue;
        this.queueOffset = queueOffset;
        this.transactionId = transactionId;
        this.regionId = regionId;
    }

    public SendStatus getSendStatus() {
        return sendStatus;
    }

    public String getMsgId() {
        return msgId;
    }

    public String getOffsetMsgId() {
        return offsetMsgId;
    }

    public MessageQueue getMessageQueue() {
        return messageQueue;
    }

    public long getQueueOffset() {
        return queueOffset;
    }

    public String getTransactionId() {
        return transactionId;
    }

    public String getRegionId() {
        return regionId;
    }

    @Override
    public String toString() {
        return "SendResult [sendStatus=" + sendStatus + ", msgId=" + msgId + ", offsetMsgId=" + offsetMsgId
                + ", messageQueue=" + messageQueue + ", queueOffset=" + queueOffset + "]";
    }
}
