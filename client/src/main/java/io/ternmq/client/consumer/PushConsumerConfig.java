package io.ternmq.client.consumer;

import io.ternmq.client.ClientConfig;

/** Everything of a push consumer that an application may set before its start. Not safe for use by several threads. */
public class PushConsumerConfig extends ClientConfig {
    private String consumerGroup;
    private MessageModel messageModel = MessageModel.CLUSTERING;
    private ConsumeFromWhere consumeFromWhere = ConsumeFromWhere.CONSUME_FROM_LAST_OFFSET;
    private String consumeTimestamp;
    private AllocateMessageQueueStrategy allocateMessageQueueStrategy = new AllocateMessageQueueAveragely();
    private int consumeThreadMin = 20;
    private int consumeThreadMax = 20;
    private int consumeConcurrentlyMaxSpan = 2_000;
    private int pullThresholdForQueue = 1_000;
    private int pullThresholdSizeForQueue = 100;
    private long pullInterval;
    private int pullBatchSize = 32;
    private int consumeMessageBatchMaxSize = 1;
    private int maxReconsumeTimes = -1;
    private long pullTimeDelayMillsWhenException = 1_000;

    protected PushConsumerConfig(String consumerGroup) {
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

    public int getConsumeThreadMin() {
        return consumeThreadMin;
    }

    /** Kept for those who set it: threads come as there is work and go after a minute without. */
    public void setConsumeThreadMin(int consumeThreadMin) {
        this.consumeThreadMin = consumeThreadMin;
    }

    public int getConsumeThreadMax() {
        return consumeThreadMax;
    }

    /** How many threads may be in the listener at once. */
    public void setConsumeThreadMax(int consumeThreadMax) {
        this.consumeThreadMax = consumeThreadMax;
    }

    public int getConsumeConcurrentlyMaxSpan() {
        return consumeConcurrentlyMaxSpan;
    }

    /** Offsets between the first and the last message held of a queue at which pulling pauses. */
    public void setConsumeConcurrentlyMaxSpan(int offsets) {
        this.consumeConcurrentlyMaxSpan = offsets;
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

    public long getPullInterval() {
        return pullInterval;
    }

    /** Milliseconds between the end of a pull that found messages and the next one. */
    public void setPullInterval(long pullInterval) {
        this.pullInterval = pullInterval;
    }

    public int getPullBatchSize() {
        return pullBatchSize;
    }

    /** Messages that one pull may bring. */
    public void setPullBatchSize(int pullBatchSize) {
        this.pullBatchSize = pullBatchSize;
    }

    public int getConsumeMessageBatchMaxSize() {
        return consumeMessageBatchMaxSize;
    }

    /** Messages that one call of the listener may get. */
    public void setConsumeMessageBatchMaxSize(int consumeMessageBatchMaxSize) {
        this.consumeMessageBatchMaxSize = consumeMessageBatchMaxSize;
    }

    public int getMaxReconsumeTimes() {
        return maxReconsumeTimes;
    }

    /** How often a message is delivered again before it goes to the dead letters; -1 for the default of 16. */
    public void setMaxReconsumeTimes(int maxReconsumeTimes) {
        this.maxReconsumeTimes = maxReconsumeTimes;
    }

    public long getPullTimeDelayMillsWhenException() {
        return pullTimeDelayMillsWhenException;
    }

    /** Milliseconds from a pull that failed to the next one. */
    public void setPullTimeDelayMillsWhenException(long pullTimeDelayMillsWhenException) {
        this.pullTimeDelayMillsWhenException = pullTimeDelayMillsWhenException;
    }
}
