package io.ternmq.client.consumer;

/** Everything of a lite pull consumer that an application may set before its start. Not safe for several threads. */
public class LitePullConsumerConfig extends ConsumerConfig {
    private static final int PULL_BATCH_SIZE = 10;

    private int consumeMaxSpan = 2_000;
    private long pollTimeoutMillis = 5_000;
    private boolean autoCommit = true;
    private long autoCommitIntervalMillis = 5_000;
    private long brokerSuspendMaxTimeMillis = 20_000;
    private long consumerTimeoutMillisWhenSuspend = 30_000;
    private long topicMetadataCheckIntervalMillis = 30_000;
    private int pullThreadNums = 20;
    private long pullThresholdForAll = 10_000;

    protected LitePullConsumerConfig(String consumerGroup) {
        super(consumerGroup, PULL_BATCH_SIZE);
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

    public long getBrokerSuspendMaxTimeMillis() {
        return brokerSuspendMaxTimeMillis;
    }

    /** How long a broker may hold a pull that finds nothing, in milliseconds. */
    public void setBrokerSuspendMaxTimeMillis(long brokerSuspendMaxTimeMillis) {
        this.brokerSuspendMaxTimeMillis = brokerSuspendMaxTimeMillis;
    }

    public long getConsumerTimeoutMillisWhenSuspend() {
        return consumerTimeoutMillisWhenSuspend;
    }

    /** How long a pull may take in all; more than {@code brokerSuspendMaxTimeMillis}. */
    public void setConsumerTimeoutMillisWhenSuspend(long consumerTimeoutMillisWhenSuspend) {
        this.consumerTimeoutMillisWhenSuspend = consumerTimeoutMillisWhenSuspend;
    }

    public long getTopicMetadataCheckIntervalMillis() {
        return topicMetadataCheckIntervalMillis;
    }

    /** How often the routes of topics with a change listener are asked for, in milliseconds. */
    public void setTopicMetadataCheckIntervalMillis(long topicMetadataCheckIntervalMillis) {
        this.topicMetadataCheckIntervalMillis = topicMetadataCheckIntervalMillis;
    }

    public long getPullThresholdForAll() {
        return pullThresholdForAll;
    }

    /**
     * Messages held of all queues together at which pulling pauses. Shared out evenly among the queues that the consumer
     * has, each of which may hold its share and no more than {@code pullThresholdForQueue}.
     */
    public void setPullThresholdForAll(long messages) {
        this.pullThresholdForAll = messages;
    }

    public int getPullThreadNums() {
        return pullThreadNums;
    }

    /** Kept for those who set it: pulls wait on no thread here. */
    public void setPullThreadNums(int pullThreadNums) {
        this.pullThreadNums = pullThreadNums;
    }
}
