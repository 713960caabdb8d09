package io.ternmq.common.message;

import java.net.InetSocketAddress;

/**
 * A message as a consumer receives it: what was sent, and where and when it was stored. Owned by whoever received it.
 * Setters serve the client and tests of listeners.
 */
public class MessageExt extends Message {
    private String brokerName;
    private int queueId;
    private int storeSize;
    private long queueOffset;
    private int sysFlag;
    private long bornTimestamp;
    private InetSocketAddress bornHost;
    private long storeTimestamp;
    private InetSocketAddress storeHost;
    private String msgId;
    private long commitLogOffset;
    private int bodyCrc;
    private int reconsumeTimes;
    private long preparedTransactionOffset;

    public MessageExt() {}

    /** The broker group that the message was read from. */
    public String getBrokerName() {
        return brokerName;
    }

    public void setBrokerName(String brokerName) {
        this.brokerName = brokerName;
    }

    public int getQueueId() {
        return queueId;
    }

    public void setQueueId(int queueId) {
        this.queueId = queueId;
    }

    /** Bytes of the stored record, all of it. */
    public int getStoreSize() {
        return storeSize;
    }

    public void setStoreSize(int storeSize) {
        this.storeSize = storeSize;
    }

    /** Which message of its queue this is, from 0. */
    public long getQueueOffset() {
        return queueOffset;
    }

    public void setQueueOffset(long queueOffset) {
        this.queueOffset = queueOffset;
    }

    /** Bits of {@link SystemFlags}; the compressed bit is off once the body has been inflated. */
    public int getSysFlag() {
        return sysFlag;
    }

    public void setSysFlag(int sysFlag) {
        this.sysFlag = sysFlag;
    }

    /** When the producer made the message, in milliseconds of its clock. */
    public long getBornTimestamp() {
        return bornTimestamp;
    }

    public void setBornTimestamp(long bornTimestamp) {
        this.bornTimestamp = bornTimestamp;
    }

    public InetSocketAddress getBornHost() {
        return bornHost;
    }

    public void setBornHost(InetSocketAddress bornHost) {
        this.bornHost = bornHost;
    }

    /** The producer's IP address as text; null if the born host is not set. */
    public String getBornHostString() {
        return bornHost == null ? null : bornHost.getHostString();
    }

    /** When the broker stored the message, in milliseconds of its clock. */
    public long getStoreTimestamp() {
        return storeTimestamp;
    }

    public void setStoreTimestamp(long storeTimestamp) {
        this.storeTimestamp = storeTimestamp;
    }

    public InetSocketAddress getStoreHost() {
        return storeHost;
    }

    public void setStoreHost(InetSocketAddress storeHost) {
        this.storeHost = storeHost;
    }

    /** The unique id that the producer's client gave, else the id made of the store address and position. */
    public String getMsgId() {
        String unique = getProperty(MessageProperties.UNIQUE_KEY);
        return unique == null ? getOffsetMsgId() : unique;
    }

    public void setMsgId(String msgId) {
        this.msgId = msgId;
    }

    /** The id that names the stored record: broker address and position. */
    public String getOffsetMsgId() {
        boolean isKnown = msgId != null || storeHost == null || storeHost.isUnresolved();
        return isKnown ? msgId : MessageId.format(storeHost, commitLogOffset);
    }

    /** Position of the record in the broker's commit log, in bytes. */
    public long getCommitLogOffset() {
        return commitLogOffset;
    }

    public void setCommitLogOffset(long commitLogOffset) {
        this.commitLogOffset = commitLogOffset;
    }

    public int getBodyCRC() {
        return bodyCrc;
    }

    public void setBodyCRC(int bodyCrc) {
        this.bodyCrc = bodyCrc;
    }

    /** How often consumption of this message has failed before. */
    public int getReconsumeTimes() {
        return reconsumeTimes;
    }

    public void setReconsumeTimes(int reconsumeTimes) {
        this.reconsumeTimes = reconsumeTimes;
    }

    public long getPreparedTransactionOffset() {
        return preparedTransactionOffset;
    }

    public void setPreparedTransactionOffset(long preparedTransactionOffset) {
        this.preparedTransactionOffset = preparedTransactionOffset;
    }

    @Override
    public String toString() {
        return "MessageExt [topic=" + getTopic() + ", brokerName=" + brokerName + ", queueId=" + queueId
                + ", queueOffset=" + queueOffset + ", msgId=" + getMsgId() + ", reconsumeTimes=" + reconsumeTimes
                + ", bornTimestamp=" + bornTimestamp + ", bornHost=" + bornHost + ", storeTimestamp=" + storeTimestamp
                + ", storeHost=" + storeHost + ", commitLogOffset=" + commitLogOffset + ", sysFlag=" + sysFlag
                + ", flag=" + getFlag() + ", properties=" + getProperties() + ", bodyBytes="
                + (getBody() == null ? 0 : getBody().length) + "]";
    }
}
