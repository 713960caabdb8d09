package io.ternmq.client.consumer.pulling;

import java.time.Duration;

/**
 * How queues are pulled.
 *
 * @param group the consumer group
 * @param batchMax messages that one pull may bring
 * @param suspend how long the broker may wait for a message
 * @param timeout of the call, longer than {@code suspend}
 * @param interval from a pull that found messages to the next
 * @param failurePause from a pull that failed to the next
 * @param isLite whether the consumer names its subscription in each pull, as one that assigns queues itself
 */
public record PullSettings(
        String group,
        int batchMax,
        Duration suspend,
        Duration timeout,
        Duration interval,
        Duration failurePause,
        boolean isLite) {
    public static final Duration PUSH_SUSPEND = Duration.ofSeconds(15);
    public static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);
}
