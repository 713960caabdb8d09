package io.ternmq.client.consumer;

import io.ternmq.common.message.MessageExt;
import java.util.List;

/** What a pull brought, and where to go on. Immutable. */
public final class PullResult {
    private final PullStatus pullStatus;
    private final long nextBeginOffset;
    private final long minOffset;
    private final long maxOffset;
    private final List<MessageExt> msgFoundList;

    /**
     * Tells of a pull.
     *
     * @param nextBeginOffset offset to ask for next
     * @param minOffset offset of the first message there is
     * @param maxOffset offset that the next message will get
     * @param msgFoundList in the order of the queue; empty unless messages were found
     */
    public PullResult(
            PullStatus pullStatus,
            long nextBeginOffset,
            long minOffset,
            long maxOffset,
            List<MessageExt> msgFoundList) {
        this.pullStatus = pullStatus;
        this.nextBeginOffset = nextBeginOffset;
        this.minOffset = minOffset;
        this.maxOffset = maxOffset;
        this.msgFoundList = List.copyOf(msgFoundList);
    }

    public PullStatus getPullStatus() {
        return pullStatus;
    }

    public long getNextBeginOffset() {
        return nextBeginOffset;
    }

    public long getMinOffset() {
        return minOffset;
    }

    public long getMaxOffset() {
        return maxOffset;
    }

    /** Empty, and never null, unless messages were found. */
    public List<MessageExt> getMsgFoundList() {
        return msgFoundList;
    }

    @Override
    public String toString() {
        return "PullResult [pullStatus=" + pullStatus + ", nextBeginOffset=" + nextBeginOffset + ", minOffset="
                + minOffset + ", maxOffset=" + maxOffset + ", msgFoundList=" + msgFoundList.size() + "]";
    }
}
