package io.ternmq.client.consumer;

import io.ternmq.client.ClientConfig;

/** Everything of a plain pull consumer that an application may set before its start. Not safe for several threads. */
public class PullConsumerConfig extends ClientConfig {
    private String consumerGroup;
    private long brokerSuspendMaxTimeMillis = 20_000;
    private long consumerTimeoutMillisWhenSuspend = 30_000;
    private long consumerPullTimeoutMillis = 10_000;
    private int maxReconsumeTimes = 16;

    protected PullConsumerConfig(String consumerGroup) {
        this.consumerGroup = consumerGroup;
    }

    public String getConsumerGroup() {
        return consumerGroup;
    }

    public void setConsumerGroup(String consumerGroup) {
        this.consumerGroup = consumerGroup;
    }

    public long getBrokerSuspendMaxTimeMillis() {
        return brokerSuspendMaxTimeMillis;
    }

    /** How long a broker may hold a pull that waits for a message, in milliseconds. */
    public void setBrokerSuspendMaxTimeMillis(long brokerSuspendMaxTimeMillis) {
        this.brokerSuspendMaxTimeMillis = brokerSuspendMaxTimeMillis;
    }

    public long getConsumerTimeoutMillisWhenSuspend() {
        return consumerTimeoutMillisWhenSuspend;
    }

    /** How long a pull that waits may take in all; more than {@code brokerSuspendMaxTimeMillis}. */
    public void setConsumerTimeoutMillisWhenSuspend(long consumerTimeoutMillisWhenSuspend) {
        this.consumerTimeoutMillisWhenSuspend = consumerTimeoutMillisWhenSuspend;
    }

    public long getConsumerPullTimeoutMillis() {
        return consumerPullTimeoutMillis;
    }

    /** How long a pull that does not wait may take, unless a call says otherwise, in milliseconds. */
    public void setConsumerPullTimeoutMillis(long consumerPullTimeoutMillis) {
        this.consumerPullTimeoutMillis = consumerPullTimeoutMillis;
    }

    public int getMaxReconsumeTimes() {
        return maxReconsumeTimes;
    }

    /** How often a message that is sent back is delivered again before it goes to the dead letters. */
    public void setMaxReconsumeTimes(int maxReconsumeTimes) {
        this.maxReconsumeTimes = maxReconsumeTimes;
    }
}
