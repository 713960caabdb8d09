package io.ternmq.client.consumer;

import io.ternmq.client.consumer.consumption.ConsumeSettings;
import io.ternmq.client.consumer.pulling.PullSettings;
import io.ternmq.client.consumer.pulling.QueueLimits;
import io.ternmq.client.exception.ClientErrorCode;
import io.ternmq.client.exception.MQClientException;
import java.time.Duration;

/** Checks what an application has set, and makes of it what the rooms of a running consumer need. Stateless. */
final class RunSettings {
    private static final int RECONSUME_TIMES_MAX = 16;

    private RunSettings() {}

    static ConsumeSettings consume(PushConsumerConfig config) throws MQClientException {
        int times = config.getMaxReconsumeTimes();
        return new ConsumeSettings(
                config.getConsumerGroup(),
                Limits.within("consumeThreadMax", config.getConsumeThreadMax(), Limits.THREADS_MAX),
                Limits.within(
                        "consumeMessageBatchMaxSize", config.getConsumeMessageBatchMaxSize(), Limits.PULL_BATCH_MAX),
                times < 0 ? RECONSUME_TIMES_MAX : times);
    }

    static PullSettings pull(PushConsumerConfig config) throws MQClientException {
        Duration interval = Duration.ofMillis(Math.max(0, config.getPullInterval()));
        return pull(config, PullSettings.PUSH_SUSPEND, PullSettings.CALL_TIMEOUT, interval, false);
    }

    static PullSettings pull(LitePullConsumerConfig config) throws MQClientException {
        long suspendMillis = config.getBrokerSuspendMaxTimeMillis();
        long timeoutMillis = config.getConsumerTimeoutMillisWhenSuspend();
        if (suspendMillis < 0 || timeoutMillis <= suspendMillis) {
            throw new MQClientException(
                    ClientErrorCode.UNKNOWN,
                    "consumerTimeoutMillisWhenSuspend=" + timeoutMillis
                            + " is not valid: expected more than brokerSuspendMaxTimeMillis=" + suspendMillis
                            + ", which is at least 0");
        }
        return pull(config, Duration.ofMillis(suspendMillis), Duration.ofMillis(timeoutMillis), Duration.ZERO, true);
    }

    static QueueLimits limits(PushConsumerConfig config) throws MQClientException {
        return limits(
                config,
                Limits.within("consumeConcurrentlyMaxSpan", config.getConsumeConcurrentlyMaxSpan(), Limits.COUNT_MAX));
    }

    static QueueLimits limits(LitePullConsumerConfig config) throws MQClientException {
        return limits(config, Limits.within("consumeMaxSpan", config.getConsumeMaxSpan(), Limits.COUNT_MAX));
    }

    private static PullSettings pull(
            ConsumerConfig config, Duration suspend, Duration timeout, Duration interval, boolean isLite)
            throws MQClientException {
        return new PullSettings(
                config.getConsumerGroup(),
                Limits.within("pullBatchSize", config.getPullBatchSize(), Limits.PULL_BATCH_MAX),
                suspend,
                timeout,
                interval,
                Duration.ofMillis(Math.max(1, config.getPullTimeDelayMillsWhenException())),
                isLite);
    }

    private static QueueLimits limits(ConsumerConfig config, int span) throws MQClientException {
        return new QueueLimits(
                Limits.within("pullThresholdForQueue", config.getPullThresholdForQueue(), Limits.COUNT_MAX),
                Limits.within("pullThresholdSizeForQueue", config.getPullThresholdSizeForQueue(), Limits.MEBIBYTES_MAX)
                        * Limits.MEBIBYTE,
                span);
    }
}
