package io.ternmq.client.consumer;

/** How a pull ended. */
public enum PullStatus {
    FOUND,
    /** There is nothing at or after the offset. */
    NO_NEW_MSG,
    /** Nothing of what was looked at is wanted: go on at the next offset. */
    NO_MATCHED_MSG,
    /** The offset is outside the queue; the next offset is inside. */
    OFFSET_ILLEGAL
}
