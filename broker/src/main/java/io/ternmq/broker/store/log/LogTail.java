package io.ternmq.broker.store.log;

import io.ternmq.broker.store.AppendOutcome.Confirmation;
import io.ternmq.broker.store.AppendOutcome.Stored;
import io.ternmq.common.message.MessageRecord;
import io.ternmq.common.message.MessageRecordEncoder;
import io.ternmq.common.message.RecordForm;
import io.ternmq.common.message.SystemFlags;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The end of the log: gives appends their place and puts them there. Owned by the holder of the writer's pen. Takes only
 * places that the preparer has prepared, so that a store neither allocates nor faults.
 */
final class LogTail {
    private final CommitLog log;
    private final SegmentPreparer preparer;
    private final QueueTails queues;

    private final TailMemory memory;

    private LogSegment segment; // null until the first append
    private long position;
    private boolean isMemoryFull; // found so by the last one that was to be placed

    LogTail(CommitLog log, SegmentPreparer preparer, TailMemory memory, QueueTails queues, long position) {
        this.log = log;
        this.preparer = preparer;
        this.memory = memory;
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
     * Places a unit, if there is room for it. The position may have moved to the next segment even if there is not.
     *
     * @return false if it must wait for the preparer, who has been told up to where, or for the flusher
     */
    boolean place(Append append, long storeMillis) {
        isMemoryFull = false;
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
            if (!blank()) {
                return false;
            }
            position = base;
            enter();
        } else if (!preparer.isPrepared(position + needed)) {
            return false;
        }
        int index = memory.take(position, append.length());
        isMemoryFull = index == TailMemory.NO_ROOM;
        if (isMemoryFull) {
            return false;
        }
        put(append, index, storeMillis);
        return true;
    }

    /** Why the one that could not be placed would wait in vain; empty if it is only the flusher that it waits for. */
    Optional<String> lackOfSpace() {
        return isMemoryFull ? Optional.empty() : preparer.lackOfSpace();
    }

    private void enter() {
        segment = log.segmentAt(position)
                .orElseThrow(() -> new IllegalStateException("no segment at prepared position " + position));
        memory.enter(segment);
    }

    // As for records, the size goes last.
    private boolean blank() {
        int bytes = (int) (segment.end() - position);
        int index = memory.take(position, bytes);
        isMemoryFull = index == TailMemory.NO_ROOM;
        if (isMemoryFull) {
            return false;
        }
        ByteBuffer buffer = memory.buffer();
        for (int i = MessageRecord.BLANK_BYTES; i < bytes; i++) {
            buffer.put(index + i, (byte) 0);
        }
        buffer.putInt(index + Integer.BYTES, MessageRecord.MAGIC_BLANK);
        buffer.putInt(index, bytes);
        return true;
    }

    private void put(Append append, int index, long storeMillis) {
        long[] positions = new long[append.count()];
        long[] tails = queues.of(append.topic(), append.queueId());
        long firstOffset = tails[append.queueId()];
        long nextOffset = append.isAside()
                ? copy(append, index, positions, firstOffset, storeMillis)
                : write(append, index, positions, firstOffset, storeMillis);
        tails[append.queueId()] = nextOffset;
        append.placed(
                new Stored(nextOffset == firstOffset ? 0 : firstOffset, positions, storeMillis, Confirmation.CONFIRMED),
                position + append.length());
        position += append.length();
    }

    // Both ways the first size goes last: where this is the file itself, a process killed in between leaves a zero,
    // which ends the log cleanly.

    private long copy(Append append, int index, long[] positions, long firstOffset, long storeMillis) {
        ByteBuffer records = append.encoder().buffer();
        long offset = firstOffset;
        int at = 0;
        for (int i = 0; i < positions.length; i++) {
            positions[i] = position + at;
            boolean isQueued = isQueued(MessageRecordEncoder.sysFlagAt(records, at));
            MessageRecordEncoder.stamp(records, at, isQueued ? offset : 0, positions[i], storeMillis);
            offset += isQueued ? 1 : 0;
            at += MessageRecordEncoder.sizeAt(records, at);
        }
        ByteBuffer buffer = memory.buffer();
        buffer.put(index + Integer.BYTES, records, Integer.BYTES, append.length() - Integer.BYTES);
        VarHandle.releaseFence();
        buffer.putInt(index, MessageRecordEncoder.sizeAt(records, 0));
        return offset;
    }

    private long write(Append append, int index, long[] positions, long firstOffset, long storeMillis) {
        RecordForm[] forms = append.forms();
        ByteBuffer buffer = memory.buffer();
        long offset = firstOffset;
        int at = 0;
        for (int i = 0; i < positions.length; i++) {
            RecordForm form = forms[i];
            positions[i] = position + at;
            boolean isQueued = isQueued(form.sysFlag());
            form.write(buffer, index + at, isQueued ? offset : 0, positions[i], storeMillis);
            if (i > 0) {
                form.writeSize(buffer, index + at);
            }
            offset += isQueued ? 1 : 0;
            at += form.size();
        }
        VarHandle.releaseFence();
        forms[0].writeSize(buffer, index);
        return offset;
    }

    // Half messages and rollbacks are in no queue and take no offset of one.
    private static boolean isQueued(int sysFlag) {
        int transaction = SystemFlags.transaction(sysFlag);
        return transaction == SystemFlags.TRANSACTION_NONE || transaction == SystemFlags.TRANSACTION_COMMIT;
    }
}
