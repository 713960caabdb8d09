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
    private int pullThresholdForTopic = -1;
    private int pullThresholdSizeForTopic = -1;
    private long consumeTimeout = 15;
    private long suspendCurrentQueueTimeMillis = 1_000;
    private long awaitTerminationMillisWhenShutdown = 2_000;
    private long consumeStandstillWarnMillis = 60_000;
    private boolean postSubscriptionWhenPull;
    private boolean unitMode;

    protected PushConsumerConfig(String consumerGroup, boolean enableMsgTrace, String customizedTraceTopic) {
        super(consumerGroup, PULL_BATCH_SIZE, enableMsgTrace, customizedTraceTopic);
    }

    public int getConsumeThreadMin() {
        return consumeThreadMin;
    }

    /** How many threads may be in the listener at once; with {@code consumeThreadMax} below it, that many. */
    public void setConsumeThreadMin(int threads) {
        this.consumeThreadMin = threads;
    }

    public int getConsumeThreadMax() {
        return consumeThreadMax;
    }

    /** Up to how many there may be while messages wait for a thread: then one more each second. */
    public void setConsumeThreadMax(int threads) {
        this.consumeThreadMax = threads;
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

    /** Messages that one call of the listener may get; more than {@code pullBatchSize} only in order. */
    public void setConsumeMessageBatchMaxSize(int consumeMessageBatchMaxSize) {
        this.consumeMessageBatchMaxSize = consumeMessageBatchMaxSize;
    }

    public int getMaxReconsumeTimes() {
        return maxReconsumeTimes;
    }

    /**
     * How often a message is delivered again before it goes to the dead letters; -1 for 16, and without end for a listener
     * that gets messages in order.
     */
    public void setMaxReconsumeTimes(int maxReconsumeTimes) {
        this.maxReconsumeTimes = maxReconsumeTimes;
    }

    public int getPullThresholdForTopic() {
        return pullThresholdForTopic;
    }

    /** Messages held of a topic at which pulling pauses, in place of {@code pullThresholdForQueue}; -1 for no such limit. */
    public void setPullThresholdForTopic(int messages) {
        this.pullThresholdForTopic = messages;
    }

    public int getPullThresholdSizeForTopic() {
        return pullThresholdSizeForTopic;
    }

    /** MiB of bodies held of a topic at which pulling pauses, in place of that for a queue; -1 for no such limit. */
    public void setPullThresholdSizeForTopic(int mebibytes) {
        this.pullThresholdSizeForTopic = mebibytes;
    }

    public long getConsumeTimeout() {
        return consumeTimeout;
    }

    /** Minutes in the listener after which a message is delivered to another call; not in order, and not broadcast. */
    public void setConsumeTimeout(long minutes) {
        this.consumeTimeout = minutes;
    }

    public long getSuspendCurrentQueueTimeMillis() {
        return suspendCurrentQueueTimeMillis;
    }

    /** Pause of a queue whose listener, in order, did not consume; from 10 to 30,000 ms. */
    public void setSuspendCurrentQueueTimeMillis(long suspendCurrentQueueTimeMillis) {
        this.suspendCurrentQueueTimeMillis = suspendCurrentQueueTimeMillis;
    }

    public long getAwaitTerminationMillisWhenShutdown() {
        return awaitTerminationMillisWhenShutdown;
    }

    /** How long a shutdown waits for listeners that run before it interrupts them. */
    public void setAwaitTerminationMillisWhenShutdown(long awaitTerminationMillisWhenShutdown) {
        this.awaitTerminationMillisWhenShutdown = awaitTerminationMillisWhenShutdown;
    }

    public long getConsumeStandstillWarnMillis() {
        return consumeStandstillWarnMillis;
    }

    /** How long one message may hold up its queue before the log and the running info name it; 0 for ever. */
    public void setConsumeStandstillWarnMillis(long consumeStandstillWarnMillis) {
        this.consumeStandstillWarnMillis = consumeStandstillWarnMillis;
    }

    public boolean isPostSubscriptionWhenPull() {
        return postSubscriptionWhenPull;
    }

    /** Whether each pull says what is subscribed, so that a broker need not know it from a heartbeat. */
    public void setPostSubscriptionWhenPull(boolean postSubscriptionWhenPull) {
        this.postSubscriptionWhenPull = postSubscriptionWhenPull;
    }

    public boolean isUnitMode() {
        return unitMode;
    }

    /** Whether the group belongs to a unit; brokers note it for the retry topic. */
    public void setUnitMode(boolean unitMode) {
        this.unitMode = unitMode;
    }

    @Override
    final boolean isUnit() {
        return unitMode;
    }
}
