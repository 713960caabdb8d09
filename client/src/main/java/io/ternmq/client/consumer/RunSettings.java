package io.ternmq.client.consumer;

import io.ternmq.client.consumer.consumption.ConsumeSettings;
import io.ternmq.client.consumer.pulling.PullSettings;
import io.ternmq.client.consumer.pulling.QueueLimits;
import io.ternmq.client.consumer.pulling.TopicLimits;
import io.ternmq.client.exception.MQClientException;
import java.time.Duration;

/** Checks what an application has set, and makes of it what the rooms of a running consumer need. Stateless. */
final class RunSettings {
    private static final int RECONSUME_TIMES_MAX = 16;

    private RunSettings() {}

    static ConsumeSettings consume(PushConsumerConfig config, boolean isOrdered) throws MQClientException {
        int times = config.getMaxReconsumeTimes();
        int threadsMost = Limits.within("consumeThreadMax", config.getConsumeThreadMax(), Limits.THREADS_MAX);
        int threadsLeast = Limits.within("consumeThreadMin", config.getConsumeThreadMin(), Limits.THREADS_MAX);
        return new ConsumeSettings(
                config.namespace().group(config.getConsumerGroup()),
                Math.min(threadsLeast, threadsMost),
                threadsMost,
                Limits.within(
                        "consumeMessageBatchMaxSize", config.getConsumeMessageBatchMaxSize(), Limits.PULL_BATCH_MAX),
                times >= 0 ? times : isOrdered ? Integer.MAX_VALUE : RECONSUME_TIMES_MAX,
                config.isUnitMode(),
                config.namespace(),
                config.getMessageModel() == MessageModel.BROADCASTING,
                Duration.ofMillis(config.getSuspendCurrentQueueTimeMillis()),
                Duration.ofMinutes(Limits.within(
                        "consumeTimeout", config.getConsumeTimeout(), 1, Limits.CONSUME_TIMEOUT_MINUTES_MAX)));
    }

    static PullSettings pull(PushConsumerConfig config) throws MQClientException {
        return new PullSettings(
                config.namespace().group(config.getConsumerGroup()),
                config.namespace(),
                pullBatch(config),
                PullSettings.PUSH_SUSPEND,
                PullSettings.CALL_TIMEOUT,
                Duration.ofMillis(
                        Limits.within("pullInterval", config.getPullInterval(), 0, Limits.PULL_INTERVAL_MILLIS_MAX)),
                failurePause(config),
                false,
                config.isPostSubscriptionWhenPull());
    }

    static PullSettings pull(LitePullConsumerConfig config) throws MQClientException {
        long suspendMillis = config.getBrokerSuspendMaxTimeMillis();
        long timeoutMillis = config.getConsumerTimeoutMillisWhenSuspend();
        Limits.requireLongerThanSuspend(timeoutMillis, suspendMillis);
        return new PullSettings(
                config.namespace().group(config.getConsumerGroup()),
                config.namespace(),
                pullBatch(config),
                Duration.ofMillis(suspendMillis),
                Duration.ofMillis(timeoutMillis),
                Duration.ZERO,
                failurePause(config),
                true,
                true);
    }

    /**
     * How much is held.
     *
     * @param isOrdered then one message at a time holds up the queue, and how far the others are apart says nothing
     */
    static TopicLimits limits(PushConsumerConfig config, boolean isOrdered) throws MQClientException {
        int span =
                Limits.within("consumeConcurrentlyMaxSpan", config.getConsumeConcurrentlyMaxSpan(), Limits.COUNT_MAX);
        int count = config.getPullThresholdForTopic();
        int mebibytes = config.getPullThresholdSizeForTopic();
        return new TopicLimits(
                limits(config, isOrdered ? Integer.MAX_VALUE : span),
                count == -1 ? count : Limits.within("pullThresholdForTopic", count, Limits.TOPIC_COUNT_MAX),
                mebibytes == -1
                        ? mebibytes
                        : Limits.within("pullThresholdSizeForTopic", mebibytes, Limits.TOPIC_MEBIBYTES_MAX)
                                * Limits.MEBIBYTE);
    }

    static QueueLimits limits(LitePullConsumerConfig config) throws MQClientException {
        return limits(config, Limits.within("consumeMaxSpan", config.getConsumeMaxSpan(), Limits.COUNT_MAX));
    }

    /** How many messages may be held of all queues together. */
    static long countOfAll(LitePullConsumerConfig config) throws MQClientException {
        return Limits.within("pullThresholdForAll", config.getPullThresholdForAll(), 1, Limits.TOPIC_COUNT_MAX);
    }

    private static int pullBatch(ConsumerConfig config) throws MQClientException {
        return Limits.within("pullBatchSize", config.getPullBatchSize(), Limits.PULL_BATCH_MAX);
    }

    private static Duration failurePause(ConsumerConfig config) {
        return Duration.ofMillis(Math.max(1, config.getPullTimeDelayMillsWhenException()));
    }

    private static QueueLimits limits(ConsumerConfig config, int span) throws MQClientException {
        return new QueueLimits(
                Limits.within("pullThresholdForQueue", config.getPullThresholdForQueue(), Limits.COUNT_MAX),
                Limits.within("pullThresholdSizeForQueue", config.getPullThresholdSizeForQueue(), Limits.MEBIBYTES_MAX)
                        * Limits.MEBIBYTE,
                span);
    }
}
