package io.ternmq.client.consumer;

/** Where a group begins on a queue that it has never committed an offset of. */
public enum ConsumeFromWhere {
    /** Behind what is there; brokers let new groups begin at the start of young queues all the same. */
    CONSUME_FROM_LAST_OFFSET,
    CONSUME_FROM_FIRST_OFFSET,
    /** At the first message stored at or after the consumer's {@code consumeTimestamp}. */
    CONSUME_FROM_TIMESTAMP
}
