package io.ternmq.broker.store;

/** Which message a search by store time means. */
public enum TimeBoundary {
    /** The first whose store time is at or after the time asked for; the queue's end if there is none. */
    LOWER,
    /** The last whose store time is at or before it. */
    UPPER
}
