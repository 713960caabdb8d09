package io.ternmq.broker.store;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * A message on its way into the log: all of its record but what the log itself decides (offset, position, store time).
 *
 * @param topic at most 32767 bytes of UTF-8; over 127 bytes the record takes its second form
 * @param queueId 0 or more
 * @param flag the user's own flag
 * @param sysFlag bits of {@link io.ternmq.common.message.SystemFlags}; the host bits are set by the store
 * @param bornMillis when the producer made it, wall time
 * @param bornHost where the producer is
 * @param reconsumeTimes how often a consumer has sent it back
 * @param preparedPosition commit-log position of the half message that this one commits, else 0
 * @param properties property string, at most 32767 bytes of UTF-8
 * @param body from position to limit, read but not kept by the store
 * @param delayLevel how long the message is held back before its queue gets it, by the number of a delay level; 0 for not
 *     at all
 */
public record MessageDraft(
        String topic,
        int queueId,
        int flag,
        int sysFlag,
        long bornMillis,
        InetSocketAddress bornHost,
        int reconsumeTimes,
        long preparedPosition,
        String properties,
        ByteBuffer body,
        int delayLevel) {

    /** A message that is not held back. */
    public MessageDraft(
            String topic,
            int queueId,
            int flag,
            int sysFlag,
            long bornMillis,
            InetSocketAddress bornHost,
            int reconsumeTimes,
            long preparedPosition,
            String properties,
            ByteBuffer body) {
        this(
                topic,
                queueId,
                flag,
                sysFlag,
                bornMillis,
                bornHost,
                reconsumeTimes,
                preparedPosition,
                properties,
                body,
                0);
    }
}
