package io.ternmq.client.consumer;

/** Everything of a lite pull consumer that an application may set before its start. Not safe for several threads. */
public class LitePullConsumerConfig extends ConsumerConfig {
    private static final int PULL_BATCH_SIZE = 10;

    private int consumeMaxSpan = 2_000;
    private long pollTimeoutMillis = 5_000;
    private boolean autoCommit = true;
    private long autoCommitIntervalMillis = 5_000;

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
}
