package io.ternmq.client.consumer;

import io.ternmq.client.exception.ClientErrorCode;
import io.ternmq.client.exception.MQClientException;
import java.time.Duration;

/**
 * How a plain pull consumer pulls, as it was set when it started.
 *
 * @param suspend how long the broker may wait for a message
 * @param suspendTimeout of a pull that waits
 * @param reconsumeTimesMax deliveries after the first of what is sent back
 */
record PullConsumerSettings(String group, Duration suspend, Duration suspendTimeout, int reconsumeTimesMax) {

    /** @throws MQClientException if the group or a time cannot be used */
    static PullConsumerSettings of(PullConsumerConfig config) throws MQClientException {
        ConsumerChecks.group(config.getConsumerGroup());
        long suspendMillis = config.getBrokerSuspendMaxTimeMillis();
        long timeoutMillis = config.getConsumerTimeoutMillisWhenSuspend();
        Limits.requireLongerThanSuspend(timeoutMillis, suspendMillis);
        if (config.getConsumerPullTimeoutMillis() < 1 || config.getPersistConsumerOffsetInterval() < 1) {
            throw new MQClientException(
                    ClientErrorCode.UNKNOWN,
                    "consumerPullTimeoutMillis=" + config.getConsumerPullTimeoutMillis()
                            + " or persistConsumerOffsetInterval=" + config.getPersistConsumerOffsetInterval()
                            + " is not valid: expected at least 1 millisecond");
        }
        return new PullConsumerSettings(
                config.getConsumerGroup(),
                Duration.ofMillis(suspendMillis),
                Duration.ofMillis(timeoutMillis),
                config.getMaxReconsumeTimes());
    }
}
