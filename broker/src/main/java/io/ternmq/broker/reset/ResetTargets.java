package io.ternmq.broker.reset;

import io.ternmq.broker.offset.ConsumerOffsets;
import io.ternmq.broker.store.MessageStore;
import io.ternmq.broker.store.QueueRange;
import io.ternmq.broker.store.TimeBoundary;
import io.ternmq.broker.store.TopicQueue;
import io.ternmq.remoting.protocol.offset.ResetByTimeRequest;
import java.util.OptionalLong;

/** Where a group is to go on in a queue. Stateless. May wait for the disk. */
public final class ResetTargets {
    private final MessageStore store;
    private final ConsumerOffsets offsets;

    public ResetTargets(MessageStore store, ConsumerOffsets offsets) {
        this.store = store;
        this.offsets = offsets;
    }

    /** An offset of the queue, its end included. Not forced, one that is not above where the group is. */
    long of(ResetByTimeRequest wanted, TopicQueue queue) {
        long target = wished(wanted, queue);
        OptionalLong committed = offsets.committed(wanted.group(), queue.topic(), queue.queueId());
        return wanted.isForced() || committed.isEmpty() ? target : Math.min(target, committed.getAsLong());
    }

    private long wished(ResetByTimeRequest wanted, TopicQueue queue) {
        QueueRange range = store.range(queue);
        if (wanted.offset() >= 0) {
            return within(range, wanted.offset());
        } else if (wanted.timestampMillis() == ResetByTimeRequest.LATEST) {
            return range.maxOffset();
        } else if (wanted.timestampMillis() < 0) {
            return range.minOffset();
        }
        return within(range, store.offsetAt(queue, wanted.timestampMillis(), TimeBoundary.LOWER));
    }

    private static long within(QueueRange range, long offset) {
        return Math.min(Math.max(offset, range.minOffset()), range.maxOffset());
    }
}
