package io.ternmq.client.consumer.pulling;

import io.ternmq.client.Namespace;
import java.time.Duration;

/**
 * How queues are pulled.
 *
 * @param group the consumer group
 * @param namespace of its topics, which messages do not show
 * @param batchMax messages that one pull may bring
 * @param suspend how long the broker may wait for a message
 * @param timeout of the call, longer than {@code suspend}
 * @param interval from a pull that found messages to the next
 * @param failurePause from a pull that failed to the next
 * @param isLite whether pulls are those of a consumer that assigns queues itself
 * @param namesSubscription whether each pull says what is subscribed
 */
public record PullSettings(
        String group,
        Namespace namespace,
        int batchMax,
        Duration suspend,
        Duration timeout,
        Duration interval,
        Duration failurePause,
        boolean isLite,
        boolean namesSubscription) {
    /**
     * How long a broker may hold the pull of a push consumer: as often as members and leases are asked about, so that a
     * group that waits costs its broker little. An official broker, which looks each 5 s, answers in time still.
     */
    public static final Duration PUSH_SUSPEND = Duration.ofSeconds(20);

    public static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);
}
