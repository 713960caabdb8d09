package io.ternmq.client.consumer;

import io.ternmq.client.exception.MQClientException;
import java.time.Duration;

/**
 * How a push consumer pulls and consumes, as it was set when it started.
 *
 * @param group the consumer group
 * @param threads that may be in the listener at once
 * @param batchMax messages for one call of the listener
 * @param reconsumeTimesMax deliveries after the first
 * @param pulls how queues are pulled
 * @param limits of one queue
 */
record ConsumeSettings(
        String group, int threads, int batchMax, int reconsumeTimesMax, PullSettings pulls, QueueLimits limits) {
    private static final int RECONSUME_TIMES_MAX = 16;

    static ConsumeSettings of(PushConsumerConfig config) throws MQClientException {
        PullSettings pulls = new PullSettings(
                config.getConsumerGroup(),
                Limits.within("pullBatchSize", config.getPullBatchSize(), Limits.PULL_BATCH_MAX),
                PullSettings.PUSH_SUSPEND,
                PullSettings.CALL_TIMEOUT,
                Duration.ofMillis(Math.max(0, config.getPullInterval())),
                Duration.ofMillis(Math.max(1, config.getPullTimeDelayMillsWhenException())),
                false);
        QueueLimits limits = new QueueLimits(
                Limits.within("pullThresholdForQueue", config.getPullThresholdForQueue(), Limits.COUNT_MAX),
                Limits.within("pullThresholdSizeForQueue", config.getPullThresholdSizeForQueue(), Limits.MEBIBYTES_MAX)
                        * Limits.MEBIBYTE,
                Limits.within("consumeConcurrentlyMaxSpan", config.getConsumeConcurrentlyMaxSpan(), Limits.COUNT_MAX));
        int times = config.getMaxReconsumeTimes();
        return new ConsumeSettings(
                config.getConsumerGroup(),
                Limits.within("consumeThreadMax", config.getConsumeThreadMax(), Limits.THREADS_MAX),
                Limits.within(
                        "consumeMessageBatchMaxSize", config.getConsumeMessageBatchMaxSize(), Limits.PULL_BATCH_MAX),
                times < 0 ? RECONSUME_TIMES_MAX : times,
                pulls,
                limits);
    }
}
