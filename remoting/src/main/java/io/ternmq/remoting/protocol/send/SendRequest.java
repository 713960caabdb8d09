package io.ternmq.remoting.protocol.send;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A message on its way to a broker: codes 10, 310, 320 and, as a reply, 324 and 325. One value for the two spellings of
 * its header.
 *
 * @param producerGroup the sender's group
 * @param topic where to
 * @param defaultTopic template for a topic that does not exist yet, mostly {@code TBW102}
 * @param defaultTopicQueues queues of a topic that is made so
 * @param queueId the queue; below 0 the broker chooses one
 * @param sysFlag bits of {@link io.ternmq.common.message.SystemFlags}
 * @param bornMillis wall time of the sender
 * @param flag a number of the user's own
 * @param properties the property string; empty if absent
 * @param reconsumeTimes how often the message has been retried
 * @param isUnit whether the sender belongs to a unit
 * @param reconsumeTimesMax overrides the group's limit of retries, for retry topics
 * @param isBatch whether the body holds several messages
 * @param brokerName the broker it is meant for, where the sender says so
 * @param body message body, or the batch
 */
public record SendRequest(
        String producerGroup,
        String topic,
        String defaultTopic,
        int defaultTopicQueues,
        int queueId,
        int sysFlag,
        long bornMillis,
        int flag,
        String properties,
        int reconsumeTimes,
        boolean isUnit,
        OptionalInt reconsumeTimesMax,
        boolean isBatch,
        Optional<String> brokerName,
        ByteBuffer body) {}
