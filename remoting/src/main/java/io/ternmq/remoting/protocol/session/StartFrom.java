package io.ternmq.remoting.protocol.session;

/** Where a group begins that has read nothing yet; the {@code consumeFromWhere} of the wire, in its order. */
public enum StartFrom {
    CONSUME_FROM_LAST_OFFSET,
    CONSUME_FROM_LAST_OFFSET_AND_FROM_MIN_WHEN_BOOT_FIRST,
    CONSUME_FROM_MIN_OFFSET,
    CONSUME_FROM_MAX_OFFSET,
    CONSUME_FROM_FIRST_OFFSET,
    CONSUME_FROM_TIMESTAMP
}
