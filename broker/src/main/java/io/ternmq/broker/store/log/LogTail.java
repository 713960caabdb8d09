package io.ternmq.broker.store.log;

import io.ternmq.broker.store.AppendOutcome.Confirmation;
import io.ternmq.broker.store.AppendOutcome.Stored;
import io.ternmq.common.message.MessageRecord;
import io.ternmq.common.message.MessageRecordEncoder;
import io.ternmq.common.message.SystemFlags;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The end of the log: gives appends their place and copies them there. Owned by the holder of the writer's pen. Touches
 * only bytes that the preparer has prepared, so that a copy neither allocates nor faults.
 */
final class LogTail {
    private final CommitLog log;
    private final SegmentPreparer preparer;
    private final QueueTails queues;

    private LogSegment segment; // null until the first append
    private ByteBuffer memory; // of that segment, kept mapped by being the log's last or the one before it
    private long position;

    LogTail(CommitLog log, SegmentPreparer preparer, QueueTails queues, long position) {
        this.log = log;
        this.preparer = preparer;
        this.queues = queues;
        this.position = position;
    }

    /** Position behind the last record. */
    long position() {
        return position;
    }

    QueueTails queues() {
        return queues;
    }

    /**
     * Places a unit, if prepared space is there for it.
     *
     * @return false if it must wait for the preparer, who has been told up to where
     */
    boolean place(Append append, long storeMillis) {
        int needed = append.length() + MessageRecord.BLANK_BYTES;
        // The first append of this process, or the last one ended exactly where its segment does.
        if (segment == null || position == segment.end()) {
            if (!preparer.isPrepared(position + needed)) {
                return false;
            }
            enter();
        }
        if (position + needed > segment.end()) {
            long base = segment.end();
            if (!preparer.isPrepared(base + needed)) {
                return false;
            }
            blank();
            position = base;
            enter();
        } else if (!preparer.isPrepared(position + needed)) {
            return false;
        }
        copy(append, storeMillis);
        return true;
    }

    /** Why the preparer cannot prepare; empty if it can. */
    Optional<String> lackOfSpace() {
        return preparer.lackOfSpace();
    }

    private void enter() {
        segment = log.segmentAt(position).orElseThrow(this::noSegment);
        memory = segment.memory().orElseThrow(this::noSegment).buffer();
    }

    private IllegalStateException noSegment() {
        return new IllegalStateException("no mapped segment at prepared position " + position);
    }

    private void blank() {
        int index = (int) (position - segment.base());
        memory.putInt(index + Integer.BYTES, MessageRecord.MAGIC_BLANK);
        memory.putInt(index, segment.length() - index);
    }

    private void copy(Append append, long storeMillis) {
        ByteBuffer records = append.encoder().buffer();
        long[] positions = new long[append.count()];
        long firstOffset = queues.next(append.topic(), append.queueId());
        long offset = firstOffset;
        int at = 0;
        for (int i = 0; i < positions.length; i++) {
            positions[i] = position + at;
            boolean isQueued = isQueued(MessageRecordEncoder.sysFlagAt(records, at));
            MessageRecordEncoder.stamp(records, at, isQueued ? offset : 0, positions[i], storeMillis);
            if (isQueued) {
                offset++;
            }
            at += MessageRecordEncoder.sizeAt(records, at);
        }
        // The first size goes last: a process killed in between leaves a zero there, which ends the log cleanly.
        int index = (int) (position - segment.base());
        memory.put(index + Integer.BYTES, records, Integer.BYTES, append.length() - Integer.BYTES);
        VarHandle.releaseFence();
        memory.putInt(index, MessageRecordEncoder.sizeAt(records, 0));
        position += append.length();
        if (offset != firstOffset) {
            queues.advance(append.topic(), append.queueId(), offset);
        }
        append.placed(
                new Stored(offset == firstOffset ? 0 : firstOffset, positions, storeMillis, Confirmation.CONFIRMED),
                position);
    }

    // Half messages and rollbacks are in no queue and take no offset of one.
    private static boolean isQueued(int sysFlag) {
        int transaction = SystemFlags.transaction(sysFlag);
        return transaction == SystemFlags.TRANSACTION_NONE || transaction == SystemFlags.TRANSACTION_COMMIT;
    }
}
