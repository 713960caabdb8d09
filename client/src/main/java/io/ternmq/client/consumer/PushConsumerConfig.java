package io.ternmq.client.consumer;

/** Everything of a push consumer that an application may set before its start. Not safe for use by several threads. */
public class PushConsumerConfig extends ConsumerConfig {
    private static final int PULL_BATCH_SIZE = 32;

    private int consumeThreadMin = 20;
    private int consumeThreadMax = 20;
    private int consumeConcurrentlyMaxSpan = 2_000;
    private long pullInterval;
    private int consumeMessageBatchMaxSize = 1;
    private int maxReconsumeTimes = -1;

    protected PushConsumerConfig(String consumerGroup) {
        super(consumerGroup, PULL_BATCH_SIZE);
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

    public long getPullInterval() {
        return pullInterval;
    }

    /** Milliseconds between the end of a pull that found messages and the next one. */
    public void setPullInterval(long pullInterval) {
        this.pullInterval = pullInterval;
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
}
