package io.ternmq.client.consumer;

import io.ternmq.client.exception.MQClientException;

/**
 * How much of one queue a consumer holds before it stops pulling.
 *
 * @param count messages not done with
 * @param bytes bytes of their bodies
 * @param span offsets between the first and the last of them, for one that stays behind holds back the commit of all
 */
record QueueLimits(int count, long bytes, long span) {

    static QueueLimits of(LitePullConsumerConfig config) throws MQClientException {
        return new QueueLimits(
                Limits.within("pullThresholdForQueue", config.getPullThresholdForQueue(), Limits.COUNT_MAX),
                Limits.within("pullThresholdSizeForQueue", config.getPullThresholdSizeForQueue(), Limits.MEBIBYTES_MAX)
                        * Limits.MEBIBYTE,
                Limits.within("consumeMaxSpan", config.getConsumeMaxSpan(), Limits.COUNT_MAX));
    }
}
