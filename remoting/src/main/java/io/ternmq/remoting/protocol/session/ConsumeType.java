package io.ternmq.remoting.protocol.session;

/** How a group's members come by messages; named as on the wire. */
public enum ConsumeType {
    /** They ask for them: pull consumers. */
    CONSUME_ACTIVELY,
    /** They are handed them: push consumers. */
    CONSUME_PASSIVELY,
    CONSUME_POP
}
