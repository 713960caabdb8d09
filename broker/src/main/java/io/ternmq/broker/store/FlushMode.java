package io.ternmq.broker.store;

/** Whether a send waits until the disk has its message. */
public enum FlushMode {
    /** Answered when it is in the log; forced to disk a little later. Survives a killed process. */
    ASYNC_FLUSH,
    /** Answered when the disk has it. Survives a power cut too. */
    SYNC_FLUSH
}
