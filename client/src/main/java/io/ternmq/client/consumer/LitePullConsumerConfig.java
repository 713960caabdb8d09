package io.ternmq.client.consumer;

import io.ternmq.client.ClientConfig;

/** Everything of a lite pull consumer that an application may set before its start. Not safe for several threads. */
public class LitePullConsumerConfig extends ClientConfig {
    private String consumerGroup;
    private MessageModel messageModel = MessageModel.CLUSTERING;
    private ConsumeFromWhere consumeFromWhere = ConsumeFromWhere.CONSUME_FROM_LAST_OFFSET;
    private String consumeTimestamp;
    private AllocateMessageQueueStrategy allocateMessageQueueStrategy = new AllocateMessageQueueAveragely();
    private int pullBatchSize = 10;
    private int pullThresholdForQueue = 1_000;
    private int pullThresholdSizeForQueue = 100;
    private int consumeMaxSpan = 2_000;
    private long pollTimeoutMillis = 5_000;
    private boolean autoCommit = true;
    private long autoCommitIntervalMillis = 5_000;
    private long pullTimeDelayMillsWhenException = 1_000;

    protected LitePullConsumerConfig(String consumerGroup) {
        this.consumerGroup = consumerGroup;
    }

    public String getConsumerGroup() {
        return consumerGroup;
    }

    public void setConsumerGroup(String consumerGroup) {
        this.consumerGroup = consumerGroup;
    }

    public MessageModel getMessageModel() {
        return messageModel;
    }

    public void setMessageModel(MessageModel messageModel) {
        this.messageModel = messageModel;
    }

    public ConsumeFromWhere getConsumeFromWhere() {
        return consumeFromWhere;
    }

    public void setConsumeFromWhere(ConsumeFromWhere consumeFromWhere) {
        this.consumeFromWhere = consumeFromWhere;
    }

    /** {@code yyyyMMddHHmmss} in the machine's time zone; null for half an hour before the start. */
    public String getConsumeTimestamp() {
        return consumeTimestamp;
    }

    public void setConsumeTimestamp(String consumeTimestamp) {
        this.consumeTimestamp = consumeTimestamp;
    }

    public AllocateMessageQueueStrategy getAllocateMessageQueueStrategy() {
        return allocateMessageQueueStrategy;
    }

    /** How queues are shared out; the same for all members of a group. */
    public void setAllocateMessageQueueStrategy(AllocateMessageQueueStrategy strategy) {
        this.allocateMessageQueueStrategy = strategy;
    }

    public int getPullBatchSize() {
        return pullBatchSize;
    }

    /** Messages that one pull may bring, and so the most that one poll gives. */
    public void setPullBatchSize(int pullBatchSize) {
        this.pullBatchSize = pullBatchSize;
    }

    public int getPullThresholdForQueue() {
        return pullThresholdForQueue;
    }

    /** Messages held of a queue at which pulling pauses. */
    public void setPullThresholdForQueue(int messages) {
        this.pullThresholdForQueue = messages;
    }

    public int getPullThresholdSizeForQueue() {
        return pullThresholdSizeForQueue;
    }

    /** MiB of bodies held of a queue at which pulling pauses. */
    public void setPullThresholdSizeForQueue(int mebibytes) {
        this.pullThresholdSizeForQueue = mebibytes;
    }

    public int getConsumeMaxSpan() {
        return consumeMaxSpan;
    }

    /** Offsets between the first and the last message held of a queue at which pulling pauses. */
    public void setConsumeMaxSpan(int offsets) {
        this.consumeMaxSpan = offsets;
    }

    public long getPollTimeoutMillis() {
        return pollTimeoutMillis;
    }

    public void setPollTimeoutMillis(long pollTimeoutMillis) {
        this.pollTimeoutMillis = pollTimeoutMillis;
    }

    public boolean isAutoCommit() {
        return autoCommit;
    }

    /** Whether a poll commits what earlier polls gave. */
    public void setAutoCommit(boolean autoCommit) {
        this.autoCommit = autoCommit;
    }

    public long getAutoCommitIntervalMillis() {
        return autoCommitIntervalMillis;
    }

    /** Least time between two commits by polls, in milliseconds. */
    public void setAutoCommitIntervalMillis(long autoCommitIntervalMillis) {
        this.autoCommitIntervalMillis = autoCommitIntervalMillis;
    }

    public long getPullTimeDelayMillsWhenException() {
        return pullTimeDelayMillsWhenException;
    }

    /** Milliseconds from a pull that failed to the next one. */
    public void setPullTimeDelayMillsWhenException(long pullTimeDelayMillsWhenException) {
        this.pullTimeDelayMillsWhenException = pullTimeDelayMillsWhenException;
    }
}
