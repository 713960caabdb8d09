package io.ternmq.broker.store;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * What was found in a queue. The records are views of leased log memory (hot) or of pooled copies (cold): whoever gets a
 * result releases it exactly once, also one without records.
 *
 * @param nextOffset where to read next; corrected into the queue's range when the request lay outside
 * @param minOffset first offset that can be read
 * @param maxOffset offset after the last readable message
 * @param records one view a message, in stored form, in order; empty unless {@link Status#FOUND}
 * @param isReaderSlow whether the records lie so far behind the end that they likely are no longer in memory
 * @param onRelease gives leases and pooled memory back
 */
public record ReadResult(
        Status status,
        long nextOffset,
        long minOffset,
        long maxOffset,
        List<ByteBuffer> records,
        boolean isReaderSlow,
        Runnable onRelease) {

    /** The names in brackets are what the protocol's remarks call them. */
    public enum Status {
        FOUND("FOUND"),
        NO_MATCH("NO_MATCHED_MESSAGE"),
        RECORDS_REMOVED("MESSAGE_WAS_REMOVING"),
        UNKNOWN_QUEUE("NO_MATCHED_LOGIC_QUEUE"),
        EMPTY_QUEUE("NO_MESSAGE_IN_QUEUE"),
        AT_END("OFFSET_OVERFLOW_ONE"),
        BEYOND_END("OFFSET_OVERFLOW_BADLY"),
        BEFORE_START("OFFSET_TOO_SMALL");

        private final String wireName;

        Status(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }
    }

    /** The same with another status. */
    public ReadResult as(Status other) {
        return new ReadResult(other, nextOffset, minOffset, maxOffset, records, isReaderSlow, onRelease);
    }

    public void release() {
        onRelease.run();
    }
}
